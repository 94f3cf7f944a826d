"""Writing the plan in other languages, piece beside piece, and what was written before."""

from typing import Any, NamedTuple

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.core.errors import Invalid
from app.core.languages import LANGUAGES, name_of
from app.core.text.diff import Piece as Changed
from app.core.text.diff import pieces as compared
from app.core.text.numbers import small_number
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.core.web.languages import current
from app.core.web.shared import shared_by_strangers
from app.plan import commands, queries
from app.plan.forms.translations import TranslationForm, translation_form
from app.plan.models import Field, Measure, PlanTranslation
from app.plan.queries import field_history
from app.plan.queries import translations as reading
from app.plan.queries.translations import Source
from app.plan.views import bp
from app.plan.views.told import plan_language
from app.plan.views.words import PARTS

LABELS: dict[str, LazyString] = {
    **PARTS,
    "goals_lead": _l("How the sentences of its goals begin"),
    "goals": _l("Goals"),
}


class Offered(NamedTuple):
    """A language into which a thing can be translated, and how far it is (None: all is there)."""

    tag: str
    name: str
    url: str
    state: str | None


def offered(owner: Measure | Field, language: str) -> list[Offered]:
    """For those who write (one statement)."""
    found = {one.language: one for one in reading.all_of(owner.id)}
    return [
        Offered(tag, other.native_name, _here(owner, tag), _state(found.get(tag), owner))
        for tag, other in LANGUAGES.items()
        if tag != language
    ]


def _state(kept: PlanTranslation | None, owner: Measure | Field) -> str | None:
    if kept is None:
        return _("missing")
    if kept.of_version != owner.version_number:
        return _("the original has changed since")
    return None if kept.complete else _("not all of it yet")


@bp.route("/measures/<int:id>/translations/<string:language>", methods=["GET", "POST"])
@guard("plan.responsible", measure=queries.measure)
def translate(measure: Measure, language: str) -> ResponseReturnValue:
    """A measure, completed ones too: a translation changes nothing of what it says."""
    return _write(reading.source_of(measure, measure.language), language, "plan.responsible")


@bp.route("/fields/<int:id>/translations/<string:language>", methods=["GET", "POST"])
@guard("plan.edit-field", field=field_history.get)
def translate_field(field: Field, language: str) -> ResponseReturnValue:
    """A field of action with its overarching goals."""
    return _write(reading.source_of(field, plan_language()), language, "plan.edit-field")


@bp.get("/measures/<int:id>/translations/<string:language>/versions")
@shared_by_strangers
@guard("plan.show", measure=queries.measure)
def translated(measure: Measure, language: str) -> ResponseReturnValue:
    """What was written when and by whom, word by word."""
    return _versions(measure, measure.language, language)


@bp.get("/fields/<int:id>/translations/<string:language>/versions")
@shared_by_strangers
@guard("plan.field", field=field_history.get)
def translated_field(field: Field, language: str) -> ResponseReturnValue:
    return _versions(field, plan_language(), language)


def _here(owner: Measure | Field, language: str, *, versions: bool = False) -> str:
    what = "translated" if versions else "translate"
    name = f"plan.{what}_field" if isinstance(owner, Field) else f"plan.{what}"
    return url_for(name, id=owner.id, language=language)


def versions_url(owner: Measure | Field) -> str:
    return _here(owner, current().tag, versions=True)


def write_url(owner: Measure | Field) -> str:
    return _here(owner, current().tag)


def _back(owner: Measure | Field, **values: Any) -> str:
    endpoint = "plan.field" if isinstance(owner, Field) else "plan.show"
    return url_for(endpoint, id=owner.id, **values)


def _write(source: Source, language: str, asking: str) -> ResponseReturnValue:
    if language not in LANGUAGES or language == source.language:
        abort(404)
    kept = reading.newest(source.owner.id, language)
    form = translation_form(source, kept)
    if not form.validate_on_submit():
        return _page(source, language, kept, form), 422 if form.errors else 200
    try:
        with transaction(asking=asking, of=source.owner):
            made = commands.translate(
                source,
                language,
                form.words(),
                of=form.of.data or "",
                edition=small_number(form.edition.data or "") or 0,
                by=actor(),
            )
    except commands.Moved as moved:
        return _again(source, language, form, str(moved))
    except Invalid as empty:
        form.form_errors.append(str(empty))
        return _page(source, language, kept, form), 422
    if made is None:
        flash(_("Nothing was different, so nothing was changed."), "info")
    else:
        flash(_("Saved. Whoever reads this language sees it now."))
    return redirect(_back(source.owner, lang=language), 303)


def _again(source: Source, language: str, form: TranslationForm, why: str) -> tuple[str, int]:
    """The originals as they are now, beside all that was typed."""
    owner: Any
    if isinstance(source.owner, Field):
        owner = field_history.get(source.owner.id)
    else:
        owner = queries.measure(source.owner.id)
    if owner is None:
        abort(404)
    fresh = reading.source_of(owner, source.language)
    kept = reading.newest(owner.id, language)
    again = translation_form(fresh, kept, typed=form.words())
    again.form_errors.append(why)
    return _page(fresh, language, kept, again), 409


def _page(
    source: Source, language: str, kept: PlanTranslation | None, form: TranslationForm
) -> str:
    known = kept.words if kept is not None else {}
    return render_template(
        "plan/translate.html",
        source=source,
        owner=source.owner,
        kept=kept,
        form=form,
        rows=[
            (piece, form[piece.name], _moved(known.get(piece.name), piece.words))
            for piece in source.pieces
        ],
        labels=LABELS,
        language_tag=language,
        language_name=name_of(language),
        back=_back(source.owner),
        history=_here(source.owner, language, versions=True) if kept is not None else "",
    )


def _moved(said: dict[str, str] | None, now: str) -> list[Changed]:
    """How the original has changed since it was translated, if it has."""
    return compared(said["of"], now) if said is not None and said["of"] != now else []


class Step(NamedTuple):
    """A version of a translation, and what it says otherwise than the one before."""

    version: PlanTranslation
    changes: list[list[Changed]]


def _versions(owner: Measure | Field, original: str, language: str) -> ResponseReturnValue:
    if language not in LANGUAGES or language == original:
        abort(404)
    found = reading.versions(owner.id, language, small_number(request.args.get("before")) or 0)
    shown = found[: reading.MOST]
    before = [*found[1:], None][: len(shown)]
    steps = [Step(new, _changes(old, new)) for new, old in zip(shown, before, strict=True)]
    following = found[reading.MOST].number if len(found) > reading.MOST else 0
    return render_template(
        "plan/translated.html",
        owner=owner,
        steps=steps,
        language_tag=language,
        language_name=name_of(language),
        back=_back(owner),
        next_url=f"{_here(owner, language, versions=True)}?before={following}" if following else "",
    )


def _changes(old: PlanTranslation | None, new: PlanTranslation) -> list[list[Changed]]:
    was = old.words if old is not None else {}
    names = [*new.words, *(name for name in was if name not in new.words)]
    found = []
    for name in names:
        pair = [said.get(name, {}).get("words", "") for said in (was, new.words)]
        if pair[0] != pair[1]:
            found.append(compared(*pair))
    return found
