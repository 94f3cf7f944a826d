"""Several organisations stand behind a proposal: one asks, the others accept or decline."""

from typing import TypeVar

from flask_babel import lazy_gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict
from app.core.events import emit
from app.core.policy import Actor
from app.organisations.models import Organisation
from app.proposals.events import (
    CosponsorAccepted,
    CosponsorAsked,
    CosponsorDeclined,
    CosponsorEvent,
    CosponsorLeft,
)
from app.proposals.models import Cosponsor, Proposal
from app.proposals.queries import cosponsors as queries
from app.proposals.states import COSPONSOR, CosponsorState

E = TypeVar("E", bound=CosponsorEvent)


def ask_cosponsor(proposal: Proposal, organisation: Organisation, *, by: Actor) -> None:
    """Ask an organisation of the dialogue. Twice is once; who declined can be asked again."""
    known = queries.cosponsor(proposal.id, organisation.id)
    if known is not None and known.state in (CosponsorState.ASKED, CosponsorState.ACCEPTED):
        return
    if organisation.id not in {one.id for one in queries.can_be_asked(proposal)}:
        raise Conflict(_("This organisation cannot be asked."))
    if known is None:
        known = Cosponsor(proposal_id=proposal.id, organisation_id=organisation.id)
        db.session.add(known)
    else:
        known.state = COSPONSOR.after(known.state, "ask")
    known.note, known.answered_at = "", None
    known.asked_by_id, known.asked_at = by.person_id or 0, clock.now()
    db.session.flush()
    emit(_fact(CosponsorAsked, proposal, organisation.id, by))


def answer_cosponsor(
    proposal: Proposal, organisation_id: int, *, accept: bool, note: str, by: Actor
) -> None:
    """Accept or decline, with a note for those who asked. The same again changes nothing."""
    known = queries.cosponsor(proposal.id, organisation_id)
    wanted = CosponsorState.ACCEPTED if accept else CosponsorState.DECLINED
    if known is None:
        raise Conflict(_("Your organisation is not asked any more."))
    if known.state is wanted:
        return
    known.state = COSPONSOR.after(known.state, "accept" if accept else "decline")
    known.note, known.answered_at = note, clock.now()
    db.session.flush()
    kind = CosponsorAccepted if accept else CosponsorDeclined
    emit(_fact(kind, proposal, organisation_id, by))


def leave_cosponsors(proposal: Proposal, organisation_id: int, *, by: Actor) -> None:
    """Do not stand behind it any more. Twice is once."""
    known = queries.cosponsor(proposal.id, organisation_id)
    if known is None or known.state is CosponsorState.LEFT:
        return
    known.state = COSPONSOR.after(known.state, "leave")
    known.answered_at = clock.now()
    db.session.flush()
    emit(_fact(CosponsorLeft, proposal, organisation_id, by))


def _fact(kind: type[E], proposal: Proposal, cosponsor_id: int, by: Actor) -> E:
    return kind(
        by=by,
        proposal_id=proposal.id,
        round_id=proposal.round_id,
        organisation_id=proposal.organisation_id,
        cosponsor_id=cosponsor_id,
    )
