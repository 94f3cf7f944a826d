"""The rules of a dialogue: every version for everybody, and how moderators change them."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from app.core.errors import Invalid, NotFound
from app.core.languages import LANGUAGES, SIMPLE
from app.core.text.diff import pieces
from app.core.text.markdown import to_html
from app.core.text.numbers import small_number
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.core.web.languages import current
from app.core.web.shared import shared_by_strangers
from app.moderation import commands
from app.moderation.forms.rules import RulesForm, language_name
from app.moderation.models import Rulebook
from app.moderation.queries import rulebooks
from app.moderation.queries.rulebooks import WRITTEN_IN
from app.moderation.views import bp
from app.pages.queries import legal
from app.rounds.models import Dialogue
from app.rounds.queries import get_dialogue


@bp.get("/dialogues/<int:id>/rules")
@shared_by_strangers
@guard("moderation.rules", dialogue=get_dialogue)
def rules(dialogue: Dialogue) -> ResponseReturnValue:
    """The version in force, or an earlier one, in the reader's language or a simple one."""
    versions = rulebooks.versions(dialogue.id)
    newest = versions[0].number if versions else None
    wanted = small_number(request.args.get("version")) or newest
    found = rulebooks.get(dialogue.id, wanted) if versions else None
    if versions and found is None:
        raise NotFound
    before = rulebooks.get(dialogue.id, found.number - 1) if found is not None else None
    text = rulebooks.text_for(found, *_reading()) if found is not None else None
    old = rulebooks.text_for(before, text.language) if before is not None and text else None
    return render_template(
        "moderation/rules.html",
        dialogue=dialogue,
        found=found,
        newest=newest,
        versions=versions,
        text=text,
        html=to_html(text.body, start_level=2) if text else None,
        changed=pieces(old.body, text.body)
        if text is not None and old is not None and old.language == text.language
        else [],
        has_simple=found is not None and any(one.language == SIMPLE for one in found.texts),
        simple=SIMPLE,
        simple_name=language_name(SIMPLE),
        locale=_locale(text.language) if text else None,
        language_name=language_name,
    )


def _reading() -> tuple[str, ...]:
    """The languages in which the reader likes to read, the best first."""
    default = current_app.config["SETTINGS"].default_language
    simple = (SIMPLE,) if request.args.get("in") == SIMPLE else ()
    return (*simple, current().tag, default)


def _locale(tag: str) -> str:
    return LANGUAGES[tag].locale if tag in LANGUAGES else "de"


@bp.route("/dialogues/<int:id>/rules/edit", methods=["GET", "POST"])
@guard("moderation.change-rules", dialogue=get_dialogue)
def edit_rules(dialogue: Dialogue) -> ResponseReturnValue:
    """Every language on one page; a preview, then a new version in force at once."""
    number = rulebooks.number_in_force(dialogue.id)
    known = {"seen": str(number or 0), **_texts(dialogue, number)}
    form = RulesForm(data=known if request.method == "GET" else None)
    previews = []
    if form.validate_on_submit():
        if "preview" not in request.form:
            if _changed(dialogue, form):
                flash(_("The new version is in force."))
                return redirect(url_for("moderation.rules", id=dialogue.id), 303)
        else:
            previews = [
                (language_name(tag), to_html(text, start_level=4), _locale(tag))
                for tag, text in form.texts.items()
                if text
            ]
    html = render_template(
        "moderation/edit_rules.html",
        dialogue=dialogue,
        form=form,
        number=number,
        previews=previews,
    )
    return html, 422 if form.errors else 200


def _changed(dialogue: Dialogue, form: RulesForm) -> bool:
    """Whether the new version is in force; else the form says what is missing."""
    try:
        with transaction(asking="moderation.change-rules", of=dialogue):
            commands.change_rules(
                dialogue.id,
                form.texts,
                reason=form.reason.data or "",
                seen=form.seen_number,
                by=actor(),
            )
    except Invalid as missing:
        wrong = form.reason if any(form.texts.values()) else form.fields[0]
        wrong.errors = [str(missing)]
        return False
    return True


def _texts(dialogue: Dialogue, number: int | None) -> dict[str, str]:
    """What stands in the form first: the version in force, else the platform's general rules."""
    found: Rulebook | None = rulebooks.get(dialogue.id, number) if number is not None else None
    if found is not None:
        return {RulesForm.name_of(text.language): text.body for text in found.texts}
    return {RulesForm.name_of(tag): _general(tag) for tag in WRITTEN_IN if tag != SIMPLE}


def _general(tag: str) -> str:
    written = legal.general_rules(tag)
    if written:
        return written
    with force_locale(LANGUAGES[tag].locale):
        return render_template("pages/legal/rules.md", settings=current_app.config["SETTINGS"])
