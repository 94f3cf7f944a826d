"""The texts of a dialogue in other languages: what is missing, and where it is written."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.answers import queries as answers
from app.core.errors import Conflict, Invalid
from app.core.languages import LANGUAGES, SIMPLE, TO_COME, name_of
from app.core.subjects import describe_kinds
from app.core.text.markdown import summary as beginning
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.moderation.queries import summaries
from app.rounds import commands, queries
from app.rounds.forms import TEXTS, TranslationForm, translation_form
from app.rounds.models import Dialogue, Round
from app.rounds.queries import translations
from app.rounds.queries.translations import Lack, Source, Told
from app.rounds.states import RoundState
from app.rounds.views import bp


@bp.get("/dialogues/<int:id>/translations")
@guard("rounds.moderate", dialogue=queries.get_dialogue)
def lacking(dialogue: Dialogue) -> ResponseReturnValue:
    """By promised language: what is missing, and what was translated from older words."""
    found = lacks(dialogue, queries.rounds_of(dialogue.id, actor()))
    by_language: dict[str, list[Lack]] = {}
    for one in found:
        by_language.setdefault(one.language, []).append(one)
    return render_template(
        "rounds/translations.html",
        dialogue=dialogue,
        languages=[(tag, name_of(tag), by_language[tag]) for tag in by_language],
    )


def lacks(dialogue: Dialogue, rounds: list[Round]) -> list[Lack]:
    """Of the dialogue, its rounds, their summaries and answers (three statements)."""
    public = [one for one in rounds if one.state is not RoundState.DRAFT]
    promised = dict.fromkeys(tag for one in public for tag in one.procedure.languages)
    texts: list[Any] = [
        (dialogue.id, dialogue.title, translations.words_of_dialogue(dialogue), promised)
    ]
    titles = {one.id: one for one in public}
    wide = [one.id for one in public if translations.promises_more(one.procedure.languages)]
    texts += [
        (one.id, one.title, translations.words_of_round(one), one.procedure.languages)
        for one in public
    ]
    texts += [
        (
            one.id,
            _("Summary of “%(title)s”", title=_called(paragraph) or titles[one.round_id].title),
            words,
            titles[one.round_id].procedure.languages,
        )
        for one, paragraph, words in (summaries.words_in(wide) if wide else [])
    ]
    given = answers.published_in(wide) if wide else []
    texts += [
        (
            one.id,
            _("Answer to “%(title)s”", title=one.proposal.title),
            one.words,
            answers.wanted(one, titles[one.proposal.round_id].procedure.languages),
        )
        for one in given
    ]
    # There the unit finds the page on which it writes; nobody else does.
    there = {
        one.id: url_for("proposals.show", id=one.proposal_id, _anchor="answer") for one in given
    }
    found = translations.lacking(texts)
    return [one._replace(url=there.get(one.source_id, "")) for one in found]


def _called(paragraph: str | None) -> str:
    return beginning(paragraph, 80) if paragraph else ""


@bp.route(
    "/subjects/<int:id>/translations/<string(maxlength=12):language>", methods=["GET", "POST"]
)
@guard("rounds.translate", source=translations.source)
def translate(source: Source, language: str) -> ResponseReturnValue:
    """The original beside the fields for the other language."""
    if language not in (*LANGUAGES, SIMPLE, *TO_COME) or language == source.language:
        abort(404)
    kept = translations.translation(source.id, language)
    values = {**(kept.words if kept is not None else {}), "of": translations.digest(source.words)}
    form = translation_form(source.words, values)
    if not form.validate_on_submit():
        return _page(source, language, form, 422 if form.errors else 200)
    back = _back(source)
    try:
        with transaction(asking="rounds.translate", of=source.thing):
            words, of = form.words(), form.of.data or ""
            commands.translate(source, language, words, of=of, by=actor())
    except Conflict as changed:
        return _again(source.id, language, form, str(changed))
    except Invalid as wrong:
        form.form_errors.append(str(wrong))
        return _page(source, language, form, 422)
    flash(_("Saved."))
    return redirect(back, 303)


def _back(source: Source) -> str:
    """To what else is missing, or, of what others than the moderators translate, to its page."""
    about = describe_kinds({source.id: source.kind}).get(source.id)
    if source.rule and about is not None:
        return about.url
    return url_for("rounds.lacking", id=source.dialogue_id)


def _again(id: int, language: str, form: TranslationForm, why: str) -> ResponseReturnValue:
    """The original has moved on: it is shown as it is now, and what was typed stays."""
    fresh = translations.source(id)
    if fresh is None:
        abort(404)
    form.of.data = translations.digest(fresh.words)
    form.form_errors.append(why)
    return _page(fresh, language, form, 409)


def _page(source: Source, language: str, form: TranslationForm, status: int) -> ResponseReturnValue:
    kept = translations.translation(source.id, language)
    html = render_template(
        "rounds/translate.html",
        source=source,
        about=describe_kinds({source.id: source.kind}).get(source.id),
        fields=[(form[name], words) for name, words in source.words.items() if name in form],
        form=form,
        back=_back(source),
        labels=TEXTS,
        language_tag=language,
        language_name=name_of(language),
        kept=kept,
        outdated=kept is not None and kept.of_digest != translations.digest(source.words),
        right_to_left=language in LANGUAGES and LANGUAGES[language].dir == "rtl",
    )
    return html, status


def told(subject_id: int, original: translations.Words) -> Told:
    """The words in the reader's language, unless they want to read the original."""
    if "original" in request.args:
        return Told(original)
    return translations.told(subject_id, original, actor().language)
