"""What readers see of a proposal's facts, in their language."""

from collections.abc import Iterable
from typing import NamedTuple

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString
from markupsafe import Markup

from app.core.districts import DISTRICTS
from app.core.states import Visibility
from app.core.text.diff import Piece, pieces
from app.core.web.context import listed, money
from app.organisations.models import OrganisationKind
from app.proposals.models import Proposal, ProposalChange, ProposalVersion
from app.proposals.states import ProposalState
from app.rounds.models import Procedure
from app.rounds.views.words import limits, rules
from config import Settings

STATES: dict[ProposalState, tuple[LazyString, str]] = {
    ProposalState.DRAFT: (_l("draft"), "warning"),
    ProposalState.SUBMITTED: (_l("handed in"), "info"),
    ProposalState.PUBLISHED: (_l("open"), "info"),
    ProposalState.WITHDRAWN: (_l("withdrawn"), "plain"),
    ProposalState.MERGED: (_l("merged"), "plain"),
    ProposalState.SPLIT: (_l("split up"), "plain"),
    ProposalState.SHORTLISTED: (_l("put to the vote"), "info"),
    ProposalState.DECIDED: (_l("decided"), "success"),
}

KINDS: dict[OrganisationKind, LazyString] = {
    OrganisationKind.MIGRANT: _l("Migrant organisations"),
    OrganisationKind.WELFARE: _l("Welfare organisations"),
    OrganisationKind.VOLUNTEER_CENTRE: _l("Volunteer centres"),
    OrganisationKind.NEIGHBOURHOOD: _l("Neighbourhood groups"),
    OrganisationKind.FAMILY_CENTRE: _l("Family centres"),
}


def settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def state_badge(proposal: Proposal) -> tuple[LazyString, str]:
    """The word for where a proposal stands, and its tone."""
    if proposal.discarded_at is not None:
        return _l("discarded"), "plain"
    if proposal.visibility is Visibility.HIDDEN:
        return _l("hidden"), "danger"
    if proposal.visibility is Visibility.RETURNED:
        return _l("returned"), "warning"
    if proposal.visibility is Visibility.HELD and proposal.state is not ProposalState.DRAFT:
        return _l("waits for the moderators"), "warning"
    return STATES[proposal.state]


def district_words(city_wide: bool, numbers: Iterable[int]) -> list[str]:
    """The names of districts, or that it concerns the whole city."""
    return [_("City-wide")] if city_wide else [DISTRICTS[n] for n in numbers if n in DISTRICTS]


def rules_words(procedure: Procedure | None) -> list[tuple[str, str]]:
    """Rules that are proposed, as name and plain words; nothing where none are."""
    return [] if procedure is None else rules(procedure) + limits(procedure)


def differences(
    old: Proposal | ProposalVersion | ProposalChange,
    new: Proposal | ProposalVersion | ProposalChange,
) -> list[tuple[str, list[Piece]]]:
    """(name of the part, what changed in it) of each part that differs. Both need `field`."""
    before, after = _parts(old), _parts(new)
    return [
        (label, pieces(before.get(label, ""), after.get(label, "")))
        for label in {**before, **after}
        if before.get(label, "") != after.get(label, "")
    ]


def _parts(one: Proposal | ProposalVersion | ProposalChange) -> dict[str, str]:
    return {
        _("Title"): one.title,
        _("What is it about?"): one.body,
        _("What should be reached?"): one.goal,
        _("Who would carry it out?"): one.carried_by,
        _("Estimated cost in euros"): money(one.cost_cents) if one.cost_cents is not None else "",
        _("Field of action"): one.field.title if one.field is not None else "",
        _("Districts"): listed(
            district_words(not one.district_numbers, sorted(one.district_numbers))
        ),
        **{name: _plain(words) for name, words in rules_words(one.procedure)},
    }


def _plain(words: str) -> str:
    """Without the tags that keep a direction apart."""
    return words.striptags() if isinstance(words, Markup) else words


class Card(NamedTuple):
    """A proposal in a list: `cards.entry` in `proposals/_list.html` shows it."""

    proposal: Proposal
    badges: list[tuple[str | LazyString, str]]
    figures: list[tuple[int, str]]


def card(proposal: Proposal) -> Card:
    """Needs organisation, author, field and districts loaded."""
    places = district_words(proposal.city_wide, [row.district for row in proposal.districts])
    badges: list[tuple[str | LazyString, str]] = [(place, "plain") for place in places[:2]]
    if len(places) > 2:
        badges.append((f"+ {len(places) - 2}", "plain"))
    if proposal.field is not None:
        badges.append((proposal.field.title, "plain"))
    if proposal.state is not ProposalState.PUBLISHED:
        badges.append(state_badge(proposal))
    supports, comments = proposal.support_count, proposal.comment_count
    return Card(
        proposal,
        badges,
        [
            (supports, ngettext("support", "supports", supports)),
            (comments, ngettext("comment", "comments", comments)),
        ],
    )


def comment_badge(visibility: Visibility) -> tuple[LazyString, str]:
    """The same words for a comment of one's own."""
    return _COMMENTS[visibility]


_COMMENTS: dict[Visibility, tuple[LazyString, str]] = {
    Visibility.HELD: (_l("waits for the moderators"), "warning"),
    Visibility.VISIBLE: (_l("published"), "info"),
    Visibility.RETURNED: (_l("returned"), "warning"),
    Visibility.HIDDEN: (_l("hidden"), "danger"),
}
