"""Those in charge make a meeting, publish it, move it, call it off."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.db import db
from app.core.errors import Invalid
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.core.web.languages import current
from app.meetings import commands, queries
from app.meetings.forms import MeetingForm, ReasonForm, meeting_form
from app.meetings.models import Meeting
from app.meetings.queries import listing
from app.meetings.views import bp, words
from app.plan import queries as plans
from app.plan.models import Measure
from app.rounds import queries as rounds
from app.rounds.models import Dialogue


@bp.get("/my/meetings")
@guard("meetings.mine")
def mine() -> ResponseReturnValue:
    """What the actor is in charge of and has still to see to."""
    found = listing.mine(actor())
    return render_template(
        "meetings/mine.html",
        rows=[(one, one.said(current().tag), words.line(one), words.badges(one)) for one in found],
        dialogues=rounds.dialogues_by_id(actor().places("moderator")),
        measures=listing.measures_of(actor()),
    )


@bp.route("/measures/<int:id>/meetings/new", methods=["GET", "POST"])
@guard("meetings.new-for-measure", measure=plans.measure)
def new_for_measure(measure: Measure) -> ResponseReturnValue:
    form = _form(None, measure, None)
    return _make(
        form,
        "meetings.new-for-measure",
        measure,
        lambda: commands.create_meeting(form.facts(), measure=measure, by=actor()),
        back=url_for("plan.show", id=measure.id),
        of=(measure.title, url_for("plan.show", id=measure.id)),
    )


@bp.route("/dialogues/<int:id>/meetings/new", methods=["GET", "POST"])
@guard("meetings.new-for-dialogue", dialogue=rounds.get_dialogue)
def new_for_dialogue(dialogue: Dialogue) -> ResponseReturnValue:
    form = _form(None, None, dialogue)
    return _make(
        form,
        "meetings.new-for-dialogue",
        dialogue,
        lambda: commands.create_meeting(form.facts(), dialogue=dialogue, by=actor()),
        back=url_for("rounds.dialogue", id=dialogue.id),
        of=(dialogue.title, url_for("rounds.dialogue", id=dialogue.id)),
    )


def _form(
    meeting: Meeting | None, measure: Measure | None, dialogue: Dialogue | None
) -> MeetingForm:
    milestones = plans.parts_of(measure.id).milestones if measure is not None else []
    of_dialogue = rounds.rounds_of(dialogue.id, actor()) if dialogue is not None else []
    return meeting_form(meeting, milestones, of_dialogue)


def _make(
    form: MeetingForm,
    rule: str,
    place: Measure | Dialogue,
    create: Callable[[], Meeting],
    *,
    back: str,
    of: tuple[str, str],
) -> ResponseReturnValue:
    if form.validate_on_submit():
        try:
            with transaction(asking=rule, of=place):
                made_id = create().id
            flash(_("The draft is kept. Only those in charge see it until it is published."))
            return redirect(url_for("meetings.show", id=made_id), 303)
        except Invalid as wrong:
            form.title.errors = [str(wrong.message)]
    return _page(form, None, back=back, of=of)


@bp.route("/meetings/<int:id>/edit", methods=["GET", "POST"])
@guard("meetings.edit", meeting=queries.get)
def edit(meeting: Meeting) -> ResponseReturnValue:
    form, id = _form(meeting, meeting.measure, meeting.dialogue), meeting.id
    if form.validate_on_submit():
        try:
            with transaction(asking="meetings.edit", of=meeting):
                commands.change_meeting(_again(id), form.facts(), by=actor())
            flash(_("Saved."))
            return redirect(url_for("meetings.show", id=id), 303)
        except Invalid as wrong:
            form.title.errors = [str(wrong.message)]
    found = _again(id)
    here = url_for("meetings.show", id=id)
    return _page(form, found, back=here, of=(found.said(current().tag).title, here))


def _again(id: int) -> Meeting:
    found = queries.get(id)
    if found is None:
        raise LookupError(f"the guard has loaded meeting {id}")
    return found


def _page(
    form: MeetingForm, meeting: Meeting | None, *, back: str, of: tuple[str, str]
) -> ResponseReturnValue:
    page: Any = render_template("meetings/edit.html", form=form, meeting=meeting, back=back, of=of)
    return page, 422 if form.errors else 200


@bp.post("/meetings/<int:id>/publish")
@guard("meetings.publish", meeting=queries.get)
def publish(meeting: Meeting) -> ResponseReturnValue:
    id = meeting.id
    try:
        with transaction(asking="meetings.publish", of=meeting):
            commands.publish_meeting(meeting, by=actor())
        flash(_("It is published: everybody can read it and sign up."))
    except Invalid as wrong:
        db.session.rollback()
        flash(str(wrong.message), "error")
        return redirect(url_for("meetings.edit", id=id), 303)
    return redirect(url_for("meetings.show", id=id), 303)


@bp.route("/meetings/<int:id>/cancel", methods=["GET", "POST"])
@guard("meetings.cancel", meeting=queries.get)
def cancel(meeting: Meeting) -> ResponseReturnValue:
    """Asks for the reason that everybody will read."""
    form, id = ReasonForm(), meeting.id
    if form.validate_on_submit():
        with transaction(asking="meetings.cancel", of=meeting):
            commands.cancel_meeting(meeting, because=form.reason.data, by=actor())
        flash(_("The meeting is cancelled. Everybody who signed up is told."))
        return redirect(url_for("meetings.show", id=id), 303)
    page = render_template(
        "meetings/cancel.html",
        meeting=meeting,
        said=meeting.said(current().tag),
        form=form,
        places=queries.places([id])[id],
    )
    return page, 422 if form.errors else 200
