"""The words of a proposal: what is written, kept as a version, and said about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.policy import Actor
from app.proposals.events import ProposalEvent
from app.proposals.models import Proposal, ProposalChange, ProposalDistrict, ProposalVersion
from app.rounds import queries as rounds
from app.rounds.models import Procedure, Round, RoundKind

E = TypeVar("E", bound=ProposalEvent)


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a person writes. Without districts it concerns the whole city. `procedure` are the rules
    that are proposed in a method round.
    """

    title: str
    body: str
    goal: str = ""
    carried_by: str = ""
    cost_cents: int | None = None
    field_id: int | None = None
    districts: Iterable[int] = ()
    language: str = "de"
    procedure: Procedure | None = None


class Overtaken(Conflict):
    """Somebody saved a newer text since this one was opened."""

    default = _("In the meantime a newer text was saved. Please compare the two.")


def words_of(text: Proposal | ProposalChange) -> Words:
    """What stands there now (a proposal needs `districts`)."""
    return words_in(text, text.language)


def words_in(text: Proposal | ProposalChange | ProposalVersion, language: str) -> Words:
    """The same; a version has the language of its proposal."""
    return Words(
        title=text.title,
        body=text.body,
        goal=text.goal,
        carried_by=text.carried_by,
        cost_cents=text.cost_cents,
        field_id=text.field_id,
        districts=tuple(text.district_numbers),
        language=language,
        procedure=text.procedure,
    )


def says(text: Proposal | ProposalChange, words: Words) -> bool:
    """Whether these words are kept already, so that there is nothing to save."""
    kept = words_of(text)
    return (
        kept.title == words.title
        and kept.body == words.body
        and kept.goal == words.goal
        and kept.carried_by == words.carried_by
        and kept.cost_cents == words.cost_cents
        and kept.field_id == words.field_id
        and set(kept.districts) == set(words.districts)
        and kept.procedure == words.procedure
    )


def check_words(procedure: Procedure, title: str, body: str) -> None:
    """Complete, and within the round's limits; raises Invalid."""
    if not title or not body:
        raise Invalid(_("A proposal needs a title and a text."))
    if len(title) > procedure.title_length or len(body) > procedure.text_length:
        raise Invalid(_("The title or the text is longer than this round allows."))


def check_rules(round_: Round, rules: Procedure | None) -> None:
    """In a method round whole rules are proposed; raises Invalid where something is missing."""
    if round_.kind is not RoundKind.METHOD:
        return
    if rules is None:
        raise Invalid(_("In this round rules are proposed: please fill them in."))
    for missing in rounds.missing_in_rules(rules):
        raise Invalid(missing)


def write(proposal: Proposal, words: Words) -> None:
    """Put the words in place of those that stand there."""
    proposal.title = words.title
    proposal.body = words.body
    proposal.goal = words.goal
    proposal.carried_by = words.carried_by
    proposal.cost_cents = words.cost_cents
    proposal.field_id = words.field_id
    proposal.language = words.language
    proposal.procedure_data = rules_to_keep(words)
    wanted = set(words.districts)
    kept = [row for row in proposal.districts if row.district in wanted]
    new = sorted(wanted - {row.district for row in kept})
    proposal.districts = [*kept, *(ProposalDistrict(district=number) for number in new)]
    proposal.city_wide = not wanted


def rules_to_keep(words: Words) -> dict[str, Any] | None:
    return None if words.procedure is None else words.procedure.to_json()


def keep_version(proposal: Proposal, *, by_id: int, reason: str = "") -> None:
    """Keep the text as it stands as the next public version: support so far is for earlier ones."""
    proposal.earlier_support_count = proposal.support_count
    proposal.version_number += 1
    db.session.add(
        ProposalVersion(
            proposal_id=proposal.id,
            number=proposal.version_number,
            title=proposal.title,
            body=proposal.body,
            goal=proposal.goal,
            carried_by=proposal.carried_by,
            cost_cents=proposal.cost_cents,
            field_id=proposal.field_id,
            district_numbers=sorted(proposal.district_numbers),
            procedure_data=proposal.procedure_data,
            by_id=by_id,
            at=clock.now(),
            reason=reason,
        )
    )


def fact(kind: type[E], proposal: Proposal, by: Actor, **more: int | tuple[int, ...]) -> E:
    """What happened to the proposal, as an event."""
    return kind(
        by=by,
        proposal_id=proposal.id,
        round_id=proposal.round_id,
        organisation_id=proposal.organisation_id,
        **more,
    )
