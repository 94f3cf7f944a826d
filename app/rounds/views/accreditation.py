"""Moderators decide which organisations take part."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.text.numbers import small_number
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.organisations import queries as organisations_
from app.organisations.models import Organisation
from app.rounds import commands, queries
from app.rounds.forms import RefuseForm
from app.rounds.models import Accreditation, Dialogue
from app.rounds.views import bp


@bp.get("/dialogues/<int:id>/accreditations")
@guard("rounds.moderate", dialogue=queries.get_dialogue)
def accreditations(dialogue: Dialogue) -> ResponseReturnValue:
    """Who asks to take part, the oldest wish first."""
    found, following = queries.waiting_accreditations(
        dialogue.id, small_number(request.args.get("after")) or 0
    )
    here = "rounds.accreditations"
    return render_template(
        "rounds/accreditations.html",
        dialogue=dialogue,
        waiting=found,
        total=queries.count_waiting(dialogue.id),
        more=url_for(here, id=dialogue.id, after=following) if following else None,
    )


@bp.post("/accreditations/<int:id>/accredit")
@guard("rounds.accredit", asked=queries.get_accreditation)
def accredit(asked: Accreditation) -> ResponseReturnValue:
    with transaction(asking="rounds.accredit", of=asked):
        commands.accredit(asked, by=actor())
    flash(_("Done."))
    return redirect(url_for("rounds.accreditations", id=asked.dialogue_id), 303)


@bp.route("/accreditations/<int:id>/refuse", methods=["GET", "POST"])
@guard("rounds.accredit", asked=queries.get_accreditation)
def refuse(asked: Accreditation) -> ResponseReturnValue:
    """With a reason, which the organisation reads."""
    form = RefuseForm()
    if form.validate_on_submit():
        with transaction(asking="rounds.accredit", of=asked):
            commands.refuse_accreditation(asked, form.reason.data, by=actor())
        flash(_("Done."))
        return redirect(url_for("rounds.accreditations", id=asked.dialogue_id), 303)
    page = render_template("rounds/refuse.html", asked=asked, form=form)
    return page, 422 if form.errors else 200


@bp.route(
    "/dialogues/<int:dialogue_id>/organisations/<int:organisation_id>/ask", methods=["GET", "POST"]
)
@guard("rounds.ask-accreditation", dialogue=queries.get_dialogue, organisation=organisations_.get)
def ask(dialogue: Dialogue, organisation: Organisation) -> ResponseReturnValue:
    """Ask for one's organisation; the moderators decide."""
    if request.method == "POST":
        with transaction(asking="rounds.ask-accreditation", of=dialogue):
            commands.ask_accreditation(dialogue, organisation, by=actor())
        flash(_("The moderators have been asked. You will be told what they decide."))
        return redirect(url_for("rounds.dialogue", id=dialogue.id), 303)
    return render_template(
        "rounds/ask.html",
        dialogue=dialogue,
        organisation=organisation,
        asked=queries.accreditation_of(dialogue.id, organisation.id),
    )
