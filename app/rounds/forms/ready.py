"""Rules to begin with: one set for each kind of work, to be changed freely."""

from typing import NamedTuple

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.rounds.models import Audience, ModerationMode, Procedure, RoundKind


class Ready(NamedTuple):
    """What one chooses by, the kind of round it is for, and the rules."""

    label: LazyString
    hint: LazyString
    kind: RoundKind
    rules: Procedure


ORGANISATIONS, PERSONS = Audience.ORGANISATIONS, Audience.PERSONS

READY: dict[str, Ready] = {
    "call": Ready(
        _l("Call for proposals"),
        _l("Organisations propose, everybody comments, registered people support."),
        RoundKind.CALL,
        Procedure(),
    ),
    "text-review": Ready(
        _l("Work on a text"),
        _l("A text stands there; registered people and organisations suggest other words."),
        RoundKind.TEXT_REVIEW,
        Procedure(
            who_proposes=ORGANISATIONS,
            who_amends=PERSONS,
            stance=False,
            proposals_per_author=1,
            text_length=10_000,
        ),
    ),
    "prioritising": Ready(
        _l("Put in order of importance"),
        _l("Proposals are there; registered people and organisations say what comes first."),
        RoundKind.VOTE,
        Procedure(who_proposes=ORGANISATIONS, who_votes=PERSONS, proposals_per_author=1),
    ),
    "variants": Ready(
        _l("Decide between variants"),
        _l("Few worked-out variants, argued for and against, then one vote."),
        RoundKind.VOTE,
        Procedure(
            who_proposes=ORGANISATIONS,
            who_amends=ORGANISATIONS,
            stance=True,
            proposals_per_author=1,
            cosponsors=1,
            answer_days=28,
        ),
    ),
    "budget": Ready(
        _l("Share out a budget"),
        _l("Registered people propose what costs money, and share out a sum by vote."),
        RoundKind.CALL,
        Procedure(
            who_proposes=PERSONS,
            moderation=ModerationMode.BEFORE,
            reaction_hours=72,
            proposals_per_author=3,
            text_length=3_000,
            answer_days=56,
        ),
    ),
    "opinions": Ready(
        _l("Hear opinions"),
        _l("Everybody says what they think; nothing is decided."),
        RoundKind.DISCUSSION,
        Procedure(who_proposes=ORGANISATIONS, who_comments=Audience.PUBLIC, answer_days=28),
    ),
    "organisations": Ready(
        _l("Consult organisations only"),
        _l("Only organisations that take part in the dialogue write and vote; everybody reads."),
        RoundKind.DISCUSSION,
        Procedure(
            who_proposes=ORGANISATIONS,
            who_comments=ORGANISATIONS,
            who_supports=ORGANISATIONS,
            who_amends=ORGANISATIONS,
            who_votes=ORGANISATIONS,
        ),
    ),
}
