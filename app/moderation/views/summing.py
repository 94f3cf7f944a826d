"""Moderators sum up what was said in a round, or about one paragraph of a text under review."""

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.errors import Conflict
from app.core.subjects import describe
from app.core.text.markdown import to_html
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.moderation import commands
from app.moderation.forms.summaries import (
    PARTS,
    ParagraphSummaryForm,
    RoundSummaryForm,
    SummaryForm,
)
from app.moderation.models import COLUMNS
from app.moderation.queries import summaries
from app.moderation.views import bp
from app.moderation.views.summaries import About
from app.proposals.queries import texts
from app.proposals.queries.texts import DraftParagraph
from app.rounds import queries as rounds
from app.rounds.models import Round


@bp.route("/rounds/<int:id>/summary/edit", methods=["GET", "POST"])
@guard("moderation.sum-up", round_=rounds.get)
def edit_summary(round_: Round) -> ResponseReturnValue:
    """The first one, or a new edition; the earlier ones stay readable."""
    form, id, done = _form(RoundSummaryForm, About(round_)), round_.id, About(round_).url()
    if _ready(form, round_):
        try:
            with transaction(asking="moderation.sum-up", of=round_):
                commands.publish_summary(
                    round_, form.words, form.sources, edition=form.edition, by=actor()
                )
            return _done(done)
        except Conflict as refused:
            form.form_errors.append(str(refused))
    return _page(form, About(rounds.get(id) or round_))


@bp.route("/draft-paragraphs/<int:id>/summary/edit", methods=["GET", "POST"])
@guard("moderation.sum-up-paragraph", paragraph=texts.get)
def edit_paragraph_summary(paragraph: DraftParagraph) -> ResponseReturnValue:
    """The same of one paragraph."""
    round_, id = paragraph.proposal.round, paragraph.id
    about = About(round_, paragraph)
    form, done = _form(ParagraphSummaryForm, about), about.url()
    if _ready(form, round_):
        try:
            with transaction(asking="moderation.sum-up-paragraph", of=round_):
                commands.publish_summary(
                    round_,
                    form.words,
                    form.sources,
                    edition=form.edition,
                    by=actor(),
                    paragraph=paragraph,
                )
            return _done(done)
        except Conflict as refused:
            form.form_errors.append(str(refused))
    paragraph = texts.get(id) or paragraph
    return _page(form, About(paragraph.proposal.round, paragraph))


def _form(kind: type[SummaryForm], about: About) -> SummaryForm:
    """With what it says now."""
    found = about.summary
    if found is None:
        return kind(seen=0)
    last, sources = summaries.versions(found.id)[0], summaries.source_ids(found.id)
    known = describe([id for ids in sources.values() for id in ids])
    said = {part.value: getattr(last, COLUMNS[part]) for part in about.parts}
    rests_on = {
        f"{part.value}_sources": "\n".join(str(id) for id in sources[part] if id in known)
        for part in about.parts
    }
    return kind(seen=found.edition, **said, **rests_on)


def _ready(form: SummaryForm, round_: Round) -> bool:
    if not form.validate_on_submit():
        return False
    named = [source for ids in form.sources.values() for source in ids]
    return not form.refuse(summaries.within(round_.id, named))


def _done(page: str) -> ResponseReturnValue:
    flash(_("Published."))
    return redirect(page, 303)


def _page(form: SummaryForm, about: About) -> ResponseReturnValue:
    now = summaries.words_of(about.summary) if form.form_errors and about.summary else {}
    page = render_template(
        "moderation/edit_summary.html",
        about=about,
        quoted=to_html(about.paragraph.block.words) if about.paragraph else None,
        form=form,
        now=[(part, now[column]) for part, column in COLUMNS.items() if column in now],
        parts=PARTS,
    )
    return page, 422 if form.errors else 200
