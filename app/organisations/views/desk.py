"""The members' desk: what needs the organisation now, and what it is working on."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.amendments import queries as amendments
from app.answers import queries as answers
from app.core import clock
from app.core.subjects import describe
from app.core.text.markdown import summary
from app.core.web import actor, guard
from app.core.web.context import localdate, localdatetime
from app.merging import queries as mergings
from app.organisations import queries
from app.organisations.forms import DUTIES, ROLES, STANDS
from app.organisations.models import Organisation
from app.organisations.queries import inside, releases
from app.organisations.views import bp
from app.organisations.views.releases import shown_all
from app.proposals.queries import cosponsors, own
from app.voting.queries import organisations as voting

RECENT = timedelta(days=60)
"""How long an answer counts as news."""
SOON = timedelta(days=30)
"""How long before its end a mandate is spoken of."""


class Entry(NamedTuple):
    title: str
    url: str
    line: str
    badge: tuple[LazyString | str, str] | None = None


@bp.get("/organisations/<int:id>/desk")
@guard("organisations.desk", organisation=queries.get)
def desk(organisation: Organisation) -> ResponseReturnValue:
    """As many statements for a full desk as for an empty one."""
    unfinished = own.unfinished_of(organisation.id)
    needs = [(str(title), found(organisation.id)) for title, found in _NEEDS]
    returned = [one for one in unfinished if one.returned]
    needs.insert(0, (_("Waits for a second person"), _releases(organisation.id)))
    needs.insert(1, (_("Given back to us by the moderators"), [_draft(one) for one in returned]))
    mandates = queries.mandates(organisation.id)
    me = actor().person_id
    return render_template(
        "organisations/desk.html",
        organisation=organisation,
        needs=[(title, entries) for title, entries in needs if entries],
        drafts=[_draft(one) for one in unfinished if not one.returned],
        talks=_talks(organisation.id),
        mine=[one for one in mandates if one.person_id == me],
        ending=[one for one in mandates if one.ends_on and one.ends_on <= clock.today() + SOON],
        roles=ROLES,
        duties=DUTIES,
    )


def _releases(organisation_id: int) -> list[Entry]:
    return [
        Entry(
            one.about or one.act,
            url_for(
                "organisations.show_release",
                organisation_id=organisation_id,
                release_id=one.release.id,
            ),
            _(
                "%(act)s · prepared by %(name)s",
                act=one.act,
                name=one.release.prepared_by.display_name or _("Deleted account"),
            ),
        )
        for one in shown_all(releases.waiting(organisation_id))
    ]


def _asked(organisation_id: int) -> list[Entry]:
    """Who may answer sees it: others could not read a draft."""
    if not actor().speaks_for(organisation_id):
        return []
    return [
        Entry(
            one.proposal.title or _("Draft without a title"),
            url_for(
                "proposals.answer_cosponsor",
                proposal_id=one.proposal_id,
                organisation_id=organisation_id,
            ),
            _("asked on %(day)s", day=localdate(one.asked_at)),
        )
        for one in cosponsors.asked([organisation_id])
    ]


def _votes(organisation_id: int) -> list[Entry]:
    return [
        Entry(
            one.title,
            url_for("voting.show", id=one.id),
            _("Open until %(moment)s.", moment=localdatetime(one.until)) if one.until else "",
        )
        for one in voting.not_cast(organisation_id)
    ]


def _amendments(organisation_id: int) -> list[Entry]:
    return [
        Entry(
            one.proposal.title,
            url_for("amendments.show", id=one.id),
            _(
                "%(name)s suggests: %(words)s",
                name=one.organisation.name
                if one.organisation
                else one.author.display_name or _("Deleted account"),
                words=summary(one.reason, 100),
            ),
        )
        for one in amendments.waiting_for(organisation_id)
    ]


def _mergings(organisation_id: int) -> list[Entry]:
    return [
        Entry(
            one.source.title,
            url_for("merging.show", id=one.id),
            _("You can object until %(moment)s.", moment=localdatetime(one.open_until)),
        )
        for one in mergings.objectable(organisation_id, clock.now())
    ]


def _answers(organisation_id: int) -> list[Entry]:
    return [
        Entry(
            one.proposal.title,
            url_for("proposals.show", id=one.proposal_id),
            localdate(one.published_at),
            (one.outcome.label, one.outcome.tone) if one.outcome else None,
        )
        for one in answers.received(organisation_id, clock.now() - RECENT)
    ]


_NEEDS: list[tuple[LazyString, Callable[[int], list[Entry]]]] = [
    (_l("Votes not cast yet"), _votes),
    (_l("Asked to stand behind proposals"), _asked),
    (_l("Changes that others suggest to our proposals"), _amendments),
    (_l("Our proposals that were merged or split"), _mergings),
    (_l("Answers to our proposals"), _answers),
]


def _draft(one: own.Unfinished) -> Entry:
    return Entry(
        one.title or _("Draft without a title"),
        url_for("proposals.show", id=one.id),
        _(
            "kept on %(moment)s by %(name)s",
            moment=localdatetime(one.kept_at),
            name=one.kept_by or _("Deleted account"),
        ),
        (_l("returned"), "warning") if one.returned else None,
    )


def _talks(organisation_id: int) -> list[tuple[str, str, str, int]]:
    """Title, address, position and number of notes of what the members talk about."""
    found = inside.talks(organisation_id, most=10)
    known = describe([one.subject_id for one in found])
    return [
        (
            known[one.subject_id].title or _("Draft without a title"),
            url_for("organisations.talk", id=organisation_id, subject_id=one.subject_id),
            str(STANDS[one.stand]) if one.stand else "",
            one.notes,
        )
        for one in found
        if one.subject_id in known
    ]
