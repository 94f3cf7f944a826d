"""The page of a proposal."""

from datetime import timedelta
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.amendments import queries as amendments
from app.answers import queries as answers
from app.comments.forms import talk
from app.comments.queries.targets import Target
from app.core import cuts
from app.core.errors import NotFound, SignInFirst
from app.core.languages import name_of
from app.core.policy import verdict
from app.core.states import Visibility
from app.core.text.markdown import to_html
from app.core.text.numbers import small_number
from app.core.web import actor, can, guard
from app.core.web.shared import shared_by_strangers
from app.merging import queries as mergings
from app.notifications import queries as notifications
from app.organisations.models import Organisation
from app.proposals import queries
from app.proposals.models import Proposal
from app.proposals.queries import cosponsors
from app.proposals.states import CosponsorState, ProposalState
from app.proposals.views import bp
from app.proposals.views.words import (
    differences,
    district_words,
    rules_words,
    settings,
    state_badge,
)
from app.rounds.models import Audience
from app.rounds.views.translations import told
from app.trace import queries as trace

_NOTHING_AROUND = mergings.Around(0, 0, False)


@bp.get("/proposals/<int:id>")
@shared_by_strangers
@guard("proposals.show", proposal=queries.get)
def show(proposal: Proposal) -> ResponseReturnValue:
    """The text, what one can do, what became of it; only the reason where it is hidden."""
    if proposal.published_at is not None and not can("proposals.read", proposal):
        return render_template("proposals/hidden.html", proposal=proposal)
    found = cosponsors.cosponsors(proposal.id)
    answered = _answer(proposal)
    speakers = queries.speakers(proposal.round.dialogue_id, actor())
    around = mergings.around(proposal.id) if proposal.published_at else _NOTHING_AROUND
    return render_template(
        "proposals/show.html",
        proposal=proposal,
        cosponsors=found,
        together=[one for one in found if one.state is CosponsorState.ACCEPTED],
        draft=proposal.state is ProposalState.DRAFT,
        forgotten_on=proposal.discarded_at + timedelta(days=settings().retention_discarded_days)
        if proposal.discarded_at is not None
        else None,
        returned=proposal.visibility is Visibility.RETURNED,
        **text_of(proposal),
        **_support(proposal, speakers),
        **answered,
        **notifications.mine(actor(), proposal.id)._asdict(),
        around=around,
        mergings=mergings.of_proposal(proposal.id) if around.merged else [],
        path=trace.path_of(proposal, answered["answer"]),
        talk=talk(
            Target("proposal", proposal),
            here=url_for("proposals.show", id=proposal.id),
            total=proposal.comment_count,
            args=request.args,
            speakers=speakers,
        )
        if proposal.published_at is not None
        else None,
    )


@bp.get("/proposals/<int:id>/versions")
@shared_by_strangers
@guard("proposals.read", proposal=queries.get)
def versions(proposal: Proposal) -> ResponseReturnValue:
    """Every text that was public, with its day."""
    return render_template(
        "proposals/versions.html",
        proposal=proposal,
        versions=[(one, to_html(one.body)) for one in queries.versions(proposal.id)],
        because_of=amendments.of_version(proposal.id),
        rewritten=cuts.last_number(proposal.id, cuts.Cause.REWRITTEN) > 0,
    )


@bp.get("/proposals/<int:id>/versions/<int:number>")
@shared_by_strangers
@guard("proposals.read", proposal=queries.get)
def compare(proposal: Proposal, number: int) -> ResponseReturnValue:
    """A version beside an earlier one (`since`, or the one before it), word by word."""
    known = {one.number: one for one in queries.versions(proposal.id)}
    since = small_number(request.args.get("since")) or number - 1
    if number not in known or since not in known or since >= number:
        raise NotFound
    old, new = known[since], known[number]
    side = request.args.get("view") == "side"
    return render_template(
        "proposals/compare.html",
        proposal=proposal,
        old=old,
        new=new,
        earlier=[one for one in sorted(known) if one < number],
        side=side,
        changes=differences(old, new),
    )


def text_of(proposal: Proposal) -> dict[str, Any]:
    """What the page and the preview show of a proposal's text."""
    return {
        "body": to_html(proposal.body),
        "goal": to_html(proposal.goal),
        "carried_by": to_html(proposal.carried_by),
        "districts": district_words(proposal.city_wide, [d.district for d in proposal.districts]),
        "would_apply": rules_words(proposal.procedure),
        "state": state_badge(proposal),
        "organisation_url": url_for("organisations.show", id=proposal.organisation_id)
        if proposal.organisation_id is not None
        else None,
    }


def _support(proposal: Proposal, speakers: list[Organisation]) -> dict[str, Any]:
    """Who the actor may support as, who has done so, and why not where it is not possible."""
    may = verdict("proposals.could-support", actor(), proposal)
    given = queries.my_support(proposal.id, actor())
    organisations = speakers if may is True or given.organisations else []
    oneself = proposal.round.procedure.who_supports is not Audience.ORGANISATIONS
    supporters = [(o.id, o.name, given.organisations.get(o.id)) for o in organisations]
    open_to = [{"value": "", "label": _("Myself")}] if oneself and given.oneself is None else []
    open_to += [
        {"value": str(id), "label": name} for id, name, version in supporters if version is None
    ]
    taken = [("", "", given.oneself)] if given.oneself is not None else []
    taken += [(str(id), name, version) for id, name, version in supporters if version is not None]
    asks_sign_in = may is not True and may.error is SignInFirst
    return {
        "may_support": may is True,
        "support_options": open_to if may is True else [],
        "supported_as": taken,
        "sign_in_to_support": asks_sign_in,
        "support_refusal": "" if may is True or asks_sign_in else may.message,
        "here": url_for("proposals.show", id=proposal.id),
    }


def _answer(proposal: Proposal) -> dict[str, Any]:
    """The official answer, or by when it is due."""
    if proposal.published_at is None:
        return {"answer": None, "answer_due_on": None}
    answer = answers.of_proposal(proposal.merged_into_id or proposal.id)
    given = answer is not None and answer.published_at is not None
    owed = not given and answers.is_needed(proposal)
    due_on = answer.due_on if answer is not None else answers.due_on(proposal.round)
    found: dict[str, Any] = {"answer": answer, "answer_due_on": due_on if owed else None}
    if answer is not None and given:
        found["answer_told"] = told(answer.id, answer.words)
        if answer.unit_id in actor().places("unit"):
            lacks = answers.lacks_of(answer)
            found["answer_lacks"] = [(name_of(one.language), one) for one in lacks]
    return found
