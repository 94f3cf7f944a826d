"""Moderators say from when until when something is possible, move it and take it back."""

from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.errors import Invalid, NotFound
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.rounds import commands, queries
from app.rounds.forms import (
    RemoveWindowForm,
    RoughWindowForm,
    RunningRemoveWindowForm,
    RunningWindowForm,
    WindowForm,
)
from app.rounds.models import Round
from app.rounds.states import NOT_BEGUN, Activity, RoundState
from app.rounds.views import bp, words


def _activity(name: str) -> Activity:
    if name not in set(Activity):
        raise NotFound
    return Activity(name)


@bp.route("/rounds/<int:id>/windows/<string:name>", methods=["GET", "POST"])
@guard("rounds.run", round_=queries.get)
def window(round_: Round, name: str) -> ResponseReturnValue:
    """Set or move; once the round has begun with a reason that is published."""
    activity, id = _activity(name), round_.id
    form = _window_form(round_, activity)
    if form.validate_on_submit():
        try:
            with transaction(asking="rounds.run", of=round_):
                commands.set_window(
                    round_,
                    activity,
                    opens_at=form.opens_at.data,
                    closes_at=form.closes_at.data,
                    because=form.reason.data or "",
                    by=actor(),
                )
            flash(_("Saved."))
            return redirect(url_for("rounds.manage", id=id), 303)
        except Invalid as refused:
            form.form_errors.append(str(refused))
    return _page("rounds/window.html", id, activity, form)


@bp.post("/rounds/<int:id>/windows/<string:name>/roughly")
@guard("rounds.run", round_=queries.get)
def roughly(round_: Round, name: str) -> ResponseReturnValue:
    """In a draft, words are enough until the announcement."""
    activity, id, form = _activity(name), round_.id, RoughWindowForm()
    if form.validate_on_submit():
        with transaction(asking="rounds.run", of=round_):
            commands.set_roughly(round_, activity, form.words.data, by=actor())
        flash(_("Saved."))
        return redirect(url_for("rounds.manage", id=id), 303)
    opens_at, closes_at = _times(round_, activity)
    exact = WindowForm(formdata=None, opens_at=opens_at, closes_at=closes_at)
    return _page("rounds/window.html", id, activity, exact, form)


def _window_form(round_: Round, activity: Activity) -> WindowForm:
    """With its present times; a new one with those of the round's first."""
    kind = WindowForm if round_.state in NOT_BEGUN else RunningWindowForm
    opens_at, closes_at = _times(round_, activity)
    return kind(opens_at=opens_at, closes_at=closes_at)


def _times(round_: Round, activity: Activity) -> tuple[datetime | None, datetime | None]:
    known = round_.window(activity) or next(iter(round_.windows), None)
    return (known.opens_at, known.closes_at) if known is not None else (None, None)


@bp.route("/rounds/<int:id>/windows/<string:name>/remove", methods=["GET", "POST"])
@guard("rounds.run", round_=queries.get)
def remove_window(round_: Round, name: str) -> ResponseReturnValue:
    """Ask first; possible until the opening has come."""
    activity, id = _activity(name), round_.id
    form = RemoveWindowForm() if round_.state in NOT_BEGUN else RunningRemoveWindowForm()
    if form.validate_on_submit():
        with transaction(asking="rounds.run", of=round_):
            commands.remove_window(round_, activity, because=form.reason.data or "", by=actor())
        flash(_("Done."))
        return redirect(url_for("rounds.manage", id=id), 303)
    return _page("rounds/remove_window.html", id, activity, form)


def _page(
    template: str,
    id: int,
    activity: Activity,
    form: WindowForm | RemoveWindowForm,
    rough: RoughWindowForm | None = None,
) -> ResponseReturnValue:
    """The round is read again: a refused change has let go of it."""
    round_ = queries.get(id)
    if round_ is None:
        raise NotFound
    draft = round_.state is RoundState.DRAFT
    said = queries.rough_windows(id).get(activity) if draft else None
    if draft and rough is None:
        rough = RoughWindowForm(formdata=None, words=said)
    page = render_template(
        template,
        round=round_,
        activity=activity,
        label=words.ACTIVITIES[activity],
        hint=words.ACTIVITY_HINTS[activity],
        window=round_.window(activity),
        public=not draft,
        said=said,
        form=form,
        rough=rough,
    )
    wrong = form.errors or (rough is not None and rough.errors)
    return page, 422 if wrong else 200
