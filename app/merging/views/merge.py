"""Merging two proposals: pick the other one, see both side by side, write the joint text."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.errors import Invalid, NotFound
from app.core.policy import require
from app.core.text.diff import pieces
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.merging import commands, queries
from app.merging.forms import MergeFields, merge_form
from app.merging.views import bp
from app.proposals import queries as proposals
from app.proposals.commands import Overtaken
from app.proposals.models import Proposal
from app.rounds.commands import catch_up


@bp.get("/proposals/<int:id>/merge")
@guard("merging.start", proposal=proposals.get)
def pick(proposal: Proposal) -> ResponseReturnValue:
    """Which other one of the round? Searched by its title."""
    q = request.args.get("q", "")[:100].strip()
    return render_template(
        "merging/pick.html",
        proposal=proposal,
        q=q,
        others=queries.can_be_merged_with(proposal, q),
    )


@bp.get("/proposals/<int:id>/merge/<int:other_id>")
@guard("merging.start", proposal=proposals.get)
def compare(proposal: Proposal, other_id: int) -> ResponseReturnValue:
    other = _other(proposal, other_id)
    values = {
        "target": str(other.id),
        "title": other.title,
        "body": other.body,
        "editions": _editions(proposal, other),
    }
    return _page(proposal, other, _form(proposal, other, values))


@bp.post("/proposals/<int:id>/merge/<int:other_id>")
@guard("merging.start", proposal=proposals.get)
def merge(proposal: Proposal, other_id: int) -> ResponseReturnValue:
    other = _other(proposal, other_id)
    form = _form(proposal, other)
    if not form.validate_on_submit():
        return _page(proposal, other, form, 422)
    ids = proposal.id, other.id
    source_id, target_id = ids if form.target.data == str(other.id) else ids[::-1]
    in_order = sorted((proposal, other), key=lambda one: one.id)  # two at once never wait crosswise
    try:
        with transaction(asking="merging.start", of=in_order):
            source, target = _both(source_id, target_id)
            for one in (source, target):
                require("merging.start", actor(), one)
            catch_up(source.round)
            made = commands.merge(
                source,
                target,
                title=form.title.data or "",
                body=form.body.data or "",
                reason=form.reason.data or "",
                edition=form.edition_of(target.id),
                by=actor(),
            )
            merging_id = made.id
    except Overtaken:
        return _again(*ids, form)
    except Invalid as wrong:
        form.body.errors = [str(wrong)]
        return _page(*_both(*ids), form, 422)
    flash(_("Merged. Those who made and support the proposals are told, and can object."))
    return redirect(url_for("merging.show", id=merging_id), 303)


def _other(proposal: Proposal, id: int) -> Proposal:
    other = proposals.get(id)
    if other is None or other.id == proposal.id or other.round_id != proposal.round_id:
        raise NotFound
    require("merging.start", actor(), other)
    return other


def _both(id: int, other_id: int) -> tuple[Proposal, Proposal]:
    proposal, other = proposals.get(id), proposals.get(other_id)
    if proposal is None or other is None:
        raise NotFound
    return proposal, other


def _form(proposal: Proposal, other: Proposal, values: dict[str, str] | None = None) -> MergeFields:
    more = {"data": values} if values is not None else {}
    return merge_form(proposal.round.procedure, (proposal, other), **more)


def _editions(*two: Proposal) -> str:
    return ",".join(f"{one.id}:{one.edition}" for one in two)


def _again(id: int, other_id: int, form: MergeFields) -> ResponseReturnValue:
    """A newer version was published since: what was typed stays, beside the texts of now."""
    proposal, other = _both(id, other_id)
    form.editions.data = _editions(proposal, other)
    return _page(proposal, other, form, 409, overtaken=True)


def _page(
    proposal: Proposal,
    other: Proposal,
    form: MergeFields,
    status: int = 200,
    *,
    overtaken: bool = False,
) -> ResponseReturnValue:
    html = render_template(
        "merging/merge.html",
        proposal=proposal,
        other=other,
        form=form,
        overtaken=overtaken,
        both=[(proposal.title, other.title), (proposal.body, other.body)],
        changes=pieces(proposal.body, other.body),
        days=commands.OPEN_FOR.days,
    )
    return html, status
