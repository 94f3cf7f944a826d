"""Other rules for a procedure that is proposed in a method round: suggested, and taken over."""

from collections.abc import Collection, Mapping
from typing import Any

from flask_babel import lazy_gettext as _

from app.amendments import queries
from app.amendments.commands.amendment import check_version, hand_in
from app.amendments.commands.deciding import check_read, decided, make_version
from app.amendments.models import Amendment
from app.amendments.queries import ruling
from app.amendments.states import AMENDMENT
from app.core.errors import Conflict, Invalid, SignInFirst
from app.core.policy import Actor
from app.proposals.models import Proposal
from app.rounds import queries as rounds
from app.rounds.models import IN_WORDS, Procedure


def make_rules(
    proposal: Proposal,
    wanted: Procedure,
    *,
    version: int,
    reason: str,
    language: str,
    form_key: str,
    by: Actor,
) -> Amendment:
    """Suggest other rules in place of those of the version that is public now (it is locked).

    Only what is different is asked for. The same form sent again gives the same one. Raises
    Conflict where the text has moved on since the form was opened, Invalid where nothing changes,
    where no reason is given, or where the rules would not be complete any more.
    """
    if by.person_id is None:
        raise SignInFirst
    known = queries.by_form(by.person_id, form_key)
    if known is not None:
        return known
    check_version(proposal, version)
    present = proposal.procedure
    if present is None:
        raise Conflict(_("This proposal has no rules."))
    rules = ruling.between(present, wanted)
    if not rules:
        raise Invalid(_("Nothing has been changed yet."))
    if not reason:
        raise Invalid(_("Please say why the rules should change."))
    for missing in rounds.missing_in_rules(wanted):
        raise Invalid(missing)
    made = Amendment(
        version_number=version,
        paragraph=0,
        old=_typed(rules, "old"),
        new=_typed(rules, "new"),
        rules=rules,
        reason=reason,
        language=language,
        form_key=form_key,
    )
    return hand_in(made, proposal, author_id=by.person_id, by=by)


def _typed(rules: Mapping[str, Mapping[str, Any]], side: str) -> str:
    """What is said in words of one's own, for moderators and for search."""
    return "\n\n".join(one[side] for name, one in rules.items() if name in IN_WORDS)


def accept_rules(
    amendment: Amendment,
    names: Collection[str],
    *,
    edition: int,
    checked: bool = False,
    note: str = "",
    by: Actor,
) -> None:
    """Take over the rules with these `names`: a new version that names the amendment.

    Raises as `deciding.accept` does, and Invalid where none is chosen.
    """
    if not ruling.names(amendment) & set(names):
        raise Invalid(_("Please choose what is taken over, or decline."))
    now = check_read(amendment, edition=edition, checked=checked, note=note)
    if now.at is None:
        raise Conflict(_("These rules stand there already. The amendment can only be declined."))
    whole = ruling.names(amendment) <= set(names)
    state = AMENDMENT.after(amendment.state, "accept" if whole else "accept in part")
    put_rules_in(amendment, names, by=by)
    decided(amendment, state, note, by)


def put_rules_in(
    amendment: Amendment,
    names: Collection[str],
    *,
    author_id: int | None = None,
    by_vote: bool = False,
    by: Actor,
) -> None:
    """Make the next version of the proposal, with these of the rules."""
    rules = amendment.rules or {}
    changed = {"procedure": ruling.with_rules(amendment, names)}
    make_version(amendment, changed, author_id=author_id, by_vote=by_vote, by=by)
    amendment.rules = {name: {**one, "taken": name in names} for name, one in rules.items()}
