"""The amendments of a proposal, and the page of one."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.amendments import queries
from app.amendments.models import Amendment
from app.amendments.states import BADGES, LEFT_FOR, AmendmentState
from app.amendments.views import bp
from app.amendments.views.words import change_by, taken_over
from app.comments.forms import talk
from app.comments.queries.targets import Target
from app.core.errors import SignInFirst
from app.core.policy import verdict
from app.core.text.numbers import small_number
from app.core.web import actor, can, guard
from app.core.web.shared import shared_by_strangers
from app.notifications import queries as notifications
from app.proposals import queries as proposals
from app.proposals.models import Proposal
from app.rounds.models import Audience
from app.voting.queries import amendments as votes


@bp.get("/proposals/<int:id>/amendments")
@shared_by_strangers
@guard("amendments.index", proposal=proposals.get)
def index(proposal: Proposal) -> ResponseReturnValue:
    """Every change that was suggested, with what became of it; of one state if wanted."""
    wanted = request.args.get("state", "")
    state = AmendmentState(wanted) if wanted in set(AmendmentState) else None
    after = small_number(request.args.get("after"))
    found = queries.listing(proposal.id, actor(), state=state, after=after)
    names: list[tuple[AmendmentState | None, Any]] = [(None, _("All"))]
    names += [(one, BADGES[one][0]) for one in AmendmentState if one in found.counts]
    return render_template(
        "amendments/index.html",
        proposal=proposal,
        found=found,
        entries=[(one, one.badge, change_by(one)) for one in found.amendments],
        tabs=[
            {
                "label": label,
                "url": url_for("amendments.index", id=proposal.id, state=one),
                "current": one == state,
            }
            for one, label in names
        ],
        further=request.args.get("after", ""),
        next_url=url_for("amendments.index", id=proposal.id, state=state, after=found.after)
        if found.after
        else "",
        may_make=can("amendments.start", proposal),
        asks_sign_in=_asks_sign_in("amendments.start", proposal),
    )


@bp.get("/amendments/<int:id>")
@shared_by_strangers
@guard("amendments.show", amendment=queries.get)
def show(amendment: Amendment) -> ResponseReturnValue:
    """What would change and why, who supports it, what became of it, what is said about it."""
    if not can("amendments.read", amendment):
        return render_template("amendments/hidden.html", amendment=amendment)
    speakers = proposals.speakers(amendment.proposal.round.dialogue_id, actor())
    public = queries.is_public(amendment)
    return render_template(
        "amendments/show.html",
        amendment=amendment,
        proposal=amendment.proposal,
        state=amendment.badge,
        change=change_by(amendment),
        taken=taken_over(amendment) if amendment.state is AmendmentState.IN_PART else None,
        **notifications.mine(actor(), amendment.id)._asdict(),
        public=public,
        left_until=amendment.voted_at + LEFT_FOR if amendment.voted_at else None,
        vote=votes.about_amendment(amendment.id),
        **_putting(amendment),
        **_ended(amendment),
        talk=talk(
            Target("amendment", amendment),
            here=url_for("amendments.show", id=amendment.id),
            total=amendment.comment_count,
            args=request.args,
            speakers=speakers,
        )
        if public
        else None,
        **_support(amendment, [(one.id, one.name) for one in speakers]),
    )


def _putting(amendment: Amendment) -> dict[str, Any]:
    """For moderators: in which round it can be put to the vote, and what is begun already."""
    if not can("amendments.put-to-vote", amendment):
        return {}
    found = votes.rounds_for(amendment, actor())
    return {"put_in": found[0] if found else None, "drafts": votes.drafts_about(amendment.id)}


def _ended(amendment: Amendment) -> dict[str, Any]:
    """Where its proposal goes on, and whether its author may take it there or has."""
    if amendment.state is not AmendmentState.CLOSED:
        return {}
    moved = queries.moved_to(amendment.id)
    return {
        "into": queries.went_into(amendment.proposal),
        "may_move": can("amendments.move", amendment),
        "moved_to": moved if moved is not None and moved.published_at is not None else None,
    }


def _support(amendment: Amendment, speakers: list[tuple[int, str]]) -> dict[str, Any]:
    """As whom the actor may support it, and as whom they do."""
    may = verdict("amendments.could-support", actor(), amendment)
    oneself, organisations = queries.my_support(amendment.id, actor())
    alone = amendment.proposal.round.procedure.who_supports is not Audience.ORGANISATIONS
    options = [{"value": "", "label": _("Myself")}] if alone and not oneself else []
    options += [
        {"value": str(id), "label": name} for id, name in speakers if id not in organisations
    ]
    taken = [("", "")] if oneself else []
    taken += [(str(id), name) for id, name in speakers if id in organisations]
    return {
        "may_support": may is True,
        "support_options": options if may is True else [],
        "supported_as": taken,
        "asks_sign_in": may is not True and may.error is SignInFirst,
    }


def _asks_sign_in(name: str, *objects: object) -> bool:
    may = verdict(name, actor(), *objects)
    return may is not True and may.error is SignInFirst
