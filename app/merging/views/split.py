"""Splitting a proposal up: two titles, and to which part each paragraph goes."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.errors import Invalid, NotFound
from app.core.text import amending
from app.core.text.markdown import to_html
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.merging import commands
from app.merging.forms import SplitFields, split_form
from app.merging.views import bp
from app.proposals import queries as proposals
from app.proposals.commands import Overtaken
from app.proposals.models import Proposal
from app.rounds.commands import catch_up


@bp.get("/proposals/<int:id>/split")
@guard("merging.start", proposal=proposals.get)
def ask_split(proposal: Proposal) -> ResponseReturnValue:
    parts = amending.paragraphs(proposal.body)
    form = split_form(proposal.round.procedure, len(parts), data={"edition": str(proposal.edition)})
    return _page(proposal, form)


@bp.post("/proposals/<int:id>/split")
@guard("merging.start", proposal=proposals.get)
def split(proposal: Proposal) -> ResponseReturnValue:
    parts = amending.paragraphs(proposal.body)
    form = split_form(proposal.round.procedure, len(parts))
    if not form.validate_on_submit():
        return _page(proposal, form, 422)
    texts = [_text(form, parts, "one"), _text(form, parts, "two")]
    proposal_id = proposal.id
    try:
        with transaction(asking="merging.start", of=proposal):
            catch_up(proposal.round)
            made = commands.split(
                proposal,
                [(form.title_one.data or "", texts[0]), (form.title_two.data or "", texts[1])],
                reason=form.reason.data or "",
                edition=form.read_edition,
                by=actor(),
            )
            merging_id = made.id
    except Overtaken:
        return _again(proposal_id, form)
    except Invalid as wrong:
        form.title_two.errors = [str(wrong)]
        return _page(proposals.get(proposal_id) or proposal, form, 422)
    flash(_("Split up. Those who made and support the proposal are told, and can object."))
    return redirect(url_for("merging.show", id=merging_id), 303)


def _text(form: SplitFields, parts: list[str], name: str) -> str:
    return "\n\n".join(
        words for index, words in enumerate(parts) if form.part_of(index) in (name, "both")
    )


def _again(proposal_id: int, form: SplitFields) -> ResponseReturnValue:
    """A newer version was published since: the choices stay as far as there are paragraphs."""
    fresh = proposals.get(proposal_id)
    if fresh is None:
        raise NotFound
    parts = amending.paragraphs(fresh.body)
    again = split_form(fresh.round.procedure, len(parts))
    again.edition.data = str(fresh.edition)
    return _page(fresh, again, 409, overtaken=True)


def _page(
    proposal: Proposal, form: SplitFields, status: int = 200, *, overtaken: bool = False
) -> ResponseReturnValue:
    html = render_template(
        "merging/split.html",
        proposal=proposal,
        form=form,
        overtaken=overtaken,
        parts=[
            (form[f"paragraph_{index}"], to_html(words))
            for index, words in enumerate(amending.paragraphs(proposal.body))
        ],
        days=commands.OPEN_FOR.days,
    )
    return html, status
