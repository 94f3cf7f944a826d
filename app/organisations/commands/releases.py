"""Four eyes: acts in an organisation's name wait for a second person."""

import hashlib
import json
from datetime import timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy.exc import IntegrityError

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict
from app.core.events import emit
from app.core.limits import hit
from app.core.policy import Actor, Sent
from app.core.releases import Act
from app.organisations.events import (
    FourEyesSet,
    ReleaseAsked,
    ReleaseDone,
    ReleaseRefused,
    ReleaseTakenBack,
)
from app.organisations.models import Organisation, Release
from app.organisations.queries import releases as queries
from app.organisations.states import RELEASE, ReleaseState

MOST_AN_HOUR = 60


class Gone(Conflict):
    default = _("This does not wait for a second person any more.")


def set_four_eyes(organisation: Organisation, wanted: bool, *, by: Actor) -> None:
    """Switched on where there are two who could release. (Switched off it waits for the second,
    as every act does.)
    """
    if organisation.four_eyes == wanted:
        return
    if wanted and not queries.count_speakers(organisation.id, but=by.person_id):
        raise Conflict(
            _("You are the only one who speaks for the organisation. Invite a deputy first.")
        )
    organisation.four_eyes = wanted
    emit(FourEyesSet(by=by, organisation_id=organisation.id, wanted=wanted))


class Keeper:
    """What core.releases asks."""

    def wants(self, organisation_id: int) -> bool:
        return queries.wants_second(organisation_id)

    def keep(self, act: Act) -> None:
        hit("release.ask", str(act.by.person_id), most=MOST_AN_HOUR, per=timedelta(hours=1))
        print_ = _fingerprint(act.sent)
        if queries.waiting_twin(act.organisation_id, print_) is not None:
            return
        kept = Release(
            organisation_id=act.organisation_id,
            endpoint=act.sent.endpoint,
            arguments=act.sent.arguments,
            fields=[list(field) for field in act.sent.fields],
            fingerprint=print_,
            subject_id=act.subject_id,
            prepared_by_id=act.by.person_id or 0,
            prepared_at=clock.now(),
            state=RELEASE.initial,
        )
        try:
            with db.session.begin_nested():
                db.session.add(kept)
        except IntegrityError:  # sent twice at the same moment
            return
        emit(
            ReleaseAsked(
                by=act.by,
                release_id=kept.id,
                organisation_id=kept.organisation_id,
                endpoint=kept.endpoint,
            )
        )

    def release(self, release_id: int, act: Act) -> None:
        """Within the transaction of the act itself: both happen, or neither."""
        found = db.session.get(Release, release_id, populate_existing=True, with_for_update=True)
        ours = found is not None and found.organisation_id == act.organisation_id
        if found is None or not ours or found.state is not ReleaseState.WAITING:
            raise Gone
        if found.prepared_by_id == act.by.person_id:
            raise Conflict(_("You prepared this yourself. Somebody else has to release it."))
        _decide(found, "release", act.by)
        emit(
            ReleaseDone(
                by=act.by,
                release_id=found.id,
                organisation_id=found.organisation_id,
                prepared_by_id=found.prepared_by_id,
            )
        )


def refuse_release(release: Release, reason: str, *, by: Actor) -> None:
    """A second person does not want it to go out."""
    _decide(release, "refuse", by, reason)
    emit(
        ReleaseRefused(
            by=by,
            release_id=release.id,
            organisation_id=release.organisation_id,
            prepared_by_id=release.prepared_by_id,
        )
    )


def take_back_release(release: Release, *, by: Actor) -> None:
    """Who prepared it does not want it any more."""
    _decide(release, "take-back", by)
    emit(ReleaseTakenBack(by=by, release_id=release.id, organisation_id=release.organisation_id))


def _decide(release: Release, action: str, by: Actor, reason: str = "") -> None:
    release.state = RELEASE.after(release.state, action)
    release.decided_by_id, release.decided_at, release.reason = by.person_id, clock.now(), reason
    db.session.flush()


def _fingerprint(sent: Sent) -> str:
    """Of all that was sent but the form's own key, which is another in each window."""
    fields = [field for field in sent.fields if field[0] != "form_key"]
    packed = json.dumps([sent.endpoint, sent.arguments, fields], sort_keys=True)
    return hashlib.sha256(packed.encode()).hexdigest()
