"""Four eyes: what waits for a second person, and the setting."""

from collections.abc import Callable
from typing import NamedTuple

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.core.policy import Sent
from app.core.releases import Waits, releasing
from app.core.subjects import describe
from app.core.text.numbers import small_number
from app.core.transactions import transaction
from app.core.web import actor, can, guard
from app.core.web.sending import send
from app.organisations import commands, queries
from app.organisations.forms import FourEyesForm, ReasonForm
from app.organisations.models import Organisation, Release
from app.organisations.queries import releases as reading
from app.organisations.states import ReleaseState
from app.organisations.views import bp
from app.organisations.views.acts import ACTS, LOOK_AT, words

STATES: dict[ReleaseState, tuple[LazyString, str]] = {
    ReleaseState.WAITING: (_l("waits for a second person"), "warning"),
    ReleaseState.RELEASED: (_l("released"), "success"),
    ReleaseState.REFUSED: (_l("not released"), "danger"),
    ReleaseState.TAKEN_BACK: (_l("taken back"), "plain"),
}


class Shown(NamedTuple):
    """A release with what it does and what it is about."""

    release: Release
    act: str
    about: str
    state: tuple[LazyString, str]


@bp.app_errorhandler(Waits)
def waits(waits: Waits) -> ResponseReturnValue:
    """Whoever acted reads that a second person comes next."""
    flash(
        _(
            "This is kept and not public yet: a second person of your organisation has to "
            "release it. They have been told."
        ),
        "info",
    )
    return redirect(url_for("organisations.releases", id=waits.organisation_id), 303)


@bp.get("/organisations/<int:id>/releases")
@guard("organisations.desk", organisation=queries.get)
def releases(organisation: Organisation) -> ResponseReturnValue:
    """What waits, and what became of the rest."""
    waiting = reading.waiting(organisation.id)
    done = reading.decided(organisation.id, small_number(request.args.get("after")))
    shown = shown_all([*waiting, *done.releases])
    return render_template(
        "organisations/releases.html",
        organisation=organisation,
        waiting=shown[: len(waiting)],
        done=shown[len(waiting) :],
        next_url=url_for("organisations.releases", id=organisation.id, after=done.after)
        if done.after
        else "",
    )


def shown_all(found: list[Release]) -> list[Shown]:
    """In words; as many statements for many as for few."""
    known = describe([one.subject_id for one in found if one.subject_id is not None])

    def about(one: Release) -> str:
        described = known.get(one.subject_id) if one.subject_id is not None else None
        return described.title if described else ""

    return [
        Shown(
            one,
            str(ACTS.get(one.endpoint, _l("Something in our name"))),
            about(one),
            STATES[one.state],
        )
        for one in found
    ]


@bp.get("/organisations/<int:organisation_id>/releases/<int:release_id>")
@guard("organisations.see-release", organisation=queries.get, release=reading.get)
def show_release(organisation: Organisation, release: Release) -> ResponseReturnValue:
    return _page(organisation, release, ReasonForm(formdata=None))


@bp.post("/organisations/<int:organisation_id>/releases/<int:release_id>/release")
@guard("organisations.release", organisation=queries.get, release=reading.get)
def release(organisation: Organisation, release: Release) -> ResponseReturnValue:
    """Send the form once more, as oneself: what it does is checked as if it were one's own."""
    sent = Sent(release.endpoint, dict(release.arguments), [(n, v) for n, v in release.fields])
    with releasing(release.id):
        return send(sent)


@bp.post("/organisations/<int:organisation_id>/releases/<int:release_id>/refuse")
@guard("organisations.release", organisation=queries.get, release=reading.get)
def refuse_release(organisation: Organisation, release: Release) -> ResponseReturnValue:
    form = ReasonForm()
    if not form.validate_on_submit():
        return _page(organisation, release, form)
    with transaction(asking="organisations.release", of=release):
        commands.refuse_release(release, form.reason.data, by=actor())
    flash(_("It does not go out. Who prepared it is told why."))
    return redirect(url_for("organisations.releases", id=organisation.id), 303)


@bp.post("/organisations/<int:organisation_id>/releases/<int:release_id>/take-back")
@guard("organisations.take-back-release", organisation=queries.get, release=reading.get)
def take_back_release(organisation: Organisation, release: Release) -> ResponseReturnValue:
    with transaction(asking="organisations.take-back-release", of=release):
        commands.take_back_release(release, by=actor())
    flash(_("It is taken back and does not go out."))
    return redirect(url_for("organisations.releases", id=organisation.id), 303)


@bp.route("/organisations/<int:id>/four-eyes", methods=["GET", "POST"])
@guard("organisations.four-eyes", organisation=queries.get)
def four_eyes(organisation: Organisation) -> ResponseReturnValue:
    """Whether a second person releases what goes out in the organisation's name."""
    form = FourEyesForm(wanted="yes" if organisation.four_eyes else "no")
    if not form.validate_on_submit():
        others = reading.count_speakers(organisation.id, but=actor().person_id)
        html = render_template(
            "organisations/four_eyes.html", organisation=organisation, form=form, others=others
        )
        return html, 422 if form.errors else 200
    with transaction(asking="organisations.four-eyes", of=organisation):
        commands.set_four_eyes(organisation, form.chosen, by=actor())
    flash(
        _("From now on a second person releases what goes out in your name.")
        if form.chosen
        else _("What goes out in your name goes out at once.")
    )
    return redirect(url_for("organisations.members", id=organisation.id), 303)


def _page(organisation: Organisation, release: Release, form: ReasonForm) -> ResponseReturnValue:
    found = shown_all([release])[0]
    about = describe([release.subject_id]) if release.subject_id is not None else {}
    look: Callable[..., str] | None = LOOK_AT.get(release.endpoint)
    html = render_template(
        "organisations/release.html",
        organisation=organisation,
        found=found,
        words=words(release),
        about=next(iter(about.values()), None),
        look_url=look(release) if look else "",
        form=form,
        may_release=can("organisations.release", organisation, release),
        may_take_back=can("organisations.take-back-release", organisation, release),
    )
    return html, 422 if form.errors else 200
