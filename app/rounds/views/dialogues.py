"""Dialogues are made, their words changed, published; operators say who moderates."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import queries as accounts
from app.accounts.models import Person
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.core.web.actors import actor_again
from app.plan import queries as plans
from app.rounds import commands, queries
from app.rounds.forms import AppointForm, DialogueForm, dialogue_form, new_dialogue_form
from app.rounds.models import Dialogue
from app.rounds.views import bp


@bp.route("/dialogues/new", methods=["GET", "POST"])
@guard("rounds.create-dialogue")
def new_dialogue() -> ResponseReturnValue:
    """A draft about a plan. A moderator goes on with its rounds, operators appoint somebody."""
    known = plans.plans()
    form = new_dialogue_form(known)
    if form.validate_on_submit():
        plan = next(one for one in known if one.id == form.plan.data)
        try:
            with transaction(asking="rounds.create-dialogue", of=plan):
                made = commands.create_dialogue(plan, **_words_of(form), by=actor())
            if made.id in actor_again().places("moderator"):
                flash(_("The dialogue is there as a draft, and you moderate it. Add its rounds."))
                return redirect(url_for("rounds.moderate", id=made.id), 303)
            flash(_("The dialogue is there as a draft. Please appoint somebody to moderate it."))
            return redirect(url_for("rounds.moderators", id=made.id), 303)
        except commands.TitleTaken as taken:
            form.title.errors = [str(taken)]
            known = plans.plans()
    page = render_template("rounds/edit_dialogue.html", form=form, dialogue=None, plans=known)
    return page, 422 if form.errors else 200


@bp.route("/dialogues/<int:id>/edit", methods=["GET", "POST"])
@guard("rounds.change-dialogue", dialogue=queries.get_dialogue)
def edit_dialogue(dialogue: Dialogue) -> ResponseReturnValue:
    """Title, question and summary, also after the publication."""
    form, id = dialogue_form(dialogue), dialogue.id
    if form.validate_on_submit():
        try:
            with transaction(asking="rounds.change-dialogue", of=dialogue):
                commands.change_dialogue(dialogue, **_words_of(form), by=actor())
            flash(_("Saved."))
            return redirect(url_for("rounds.dialogue", id=id), 303)
        except commands.TitleTaken as taken:
            form.title.errors = [str(taken)]
    page = render_template(
        "rounds/edit_dialogue.html", form=form, dialogue=queries.get_dialogue(id), plans=[]
    )
    return page, 422 if form.errors else 200


def _words_of(form: DialogueForm) -> dict[str, str]:
    return {
        "title": form.title.data,
        "question": form.question.data or "",
        "summary": form.summary.data or "",
    }


@bp.get("/dialogues/<int:id>/publish")
@guard("rounds.change-dialogue", dialogue=queries.get_dialogue)
def ask_publish_dialogue(dialogue: Dialogue) -> ResponseReturnValue:
    """Ask first: it stays public."""
    return render_template("rounds/publish_dialogue.html", dialogue=dialogue)


@bp.post("/dialogues/<int:id>/publish")
@guard("rounds.change-dialogue", dialogue=queries.get_dialogue)
def publish_dialogue(dialogue: Dialogue) -> ResponseReturnValue:
    with transaction(asking="rounds.change-dialogue", of=dialogue):
        commands.publish_dialogue(dialogue, by=actor())
    flash(_("The dialogue is public now."))
    return redirect(url_for("rounds.dialogue", id=dialogue.id), 303)


@bp.get("/dialogues/<int:id>/moderators")
@guard("rounds.appoint", dialogue=queries.get_dialogue)
def moderators(dialogue: Dialogue) -> ResponseReturnValue:
    """Who moderates; people are appointed by the address of their account."""
    return _moderators(dialogue, AppointForm())


def _moderators(dialogue: Dialogue, form: AppointForm) -> ResponseReturnValue:
    page = render_template(
        "rounds/moderators.html",
        dialogue=dialogue,
        form=form,
        moderators=queries.moderators(dialogue.id),
    )
    return page, 422 if form.errors else 200


@bp.post("/dialogues/<int:id>/moderators")
@guard("rounds.appoint", dialogue=queries.get_dialogue)
def appoint_moderator(dialogue: Dialogue) -> ResponseReturnValue:
    form = AppointForm()
    if not form.validate_on_submit():
        return _moderators(dialogue, form)
    person = _account(form.email.data)
    if person is None:
        form.email.errors = [
            _("Nobody has a confirmed account with this address. Please ask the person to sign up.")
        ]
        return _moderators(dialogue, form)
    with transaction(asking="rounds.appoint", of=dialogue):
        commands.appoint_moderator(dialogue, person, by=actor())
    flash(_("The person moderates the dialogue from now on."))
    return redirect(url_for("rounds.moderators", id=dialogue.id), 303)


def _account(email: str) -> Person | None:
    person = accounts.by_email(email)
    return person if person is not None and person.email_confirmed_at is not None else None


@bp.get("/dialogues/<int:dialogue_id>/moderators/<int:person_id>/end")
@guard("rounds.end-moderator", dialogue=queries.get_dialogue, person=accounts.get)
def ask_end_moderator(dialogue: Dialogue, person: Person) -> ResponseReturnValue:
    """Ask first, and say what it means where nobody else is left."""
    others = [one for one in queries.moderators(dialogue.id) if one.id != person.id]
    return render_template(
        "rounds/end_moderator.html", dialogue=dialogue, person=person, others=others
    )


@bp.post("/dialogues/<int:dialogue_id>/moderators/<int:person_id>/end")
@guard("rounds.end-moderator", dialogue=queries.get_dialogue, person=accounts.get)
def end_moderator(dialogue: Dialogue, person: Person) -> ResponseReturnValue:
    with transaction(asking="rounds.end-moderator", of=dialogue):
        commands.end_moderator(dialogue, person, by=actor())
    flash(_("The person does not moderate the dialogue any more."))
    return redirect(url_for("rounds.moderators", id=dialogue.id), 303)
