"""Moderators put an amendment to the vote: a question of one of the dialogue's rounds."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from app.amendments import queries as amendments
from app.amendments.models import Amendment
from app.core.languages import locale_of
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.rounds import queries as rounds
from app.rounds.models import Round
from app.voting import commands
from app.voting.commands import Draft
from app.voting.commands.drafts import ABOUT_ONE
from app.voting.forms import QuestionForm
from app.voting.queries.amendments import rounds_for
from app.voting.views import bp, words
from app.voting.views.prepare import caught_up, filled, form_page


@bp.route("/rounds/<int:id>/questions/about/<int:amendment_id>", methods=["GET", "POST"])
@guard("voting.new-about", round_=rounds.get, amendment=amendments.get)
def new_about(round_: Round, amendment: Amendment) -> ResponseReturnValue:
    """The form of every question, filled in as far as the amendment says it."""
    form = QuestionForm(_method(), round_, _first(amendment))
    if not filled(form):
        others = [one for one in rounds_for(amendment, actor()) if one.id != round_.id]
        return form_page(form, round_, change=words.change_by(amendment), others=others)
    caught_up(round_)
    locked = [amendment.proposal, amendment, round_]
    with transaction(asking="voting.new-about", of=locked):
        question = commands.create_question(round_, form.draft(), by=actor())
        question_id = question.id
    flash(_("The draft is kept. Only moderators see it."))
    return redirect(url_for("voting.preview", id=question_id), 303)


def _method() -> str:
    """Yes or no, unless the other method that asks about one thing was chosen."""
    chosen = request.values.get("method", "")
    return chosen if chosen in ABOUT_ONE else ABOUT_ONE[0]


def _first(amendment: Amendment) -> Draft:
    """In the proposal's language, as everybody will read it."""
    title = amendment.proposal.title
    with force_locale(locale_of(amendment.proposal.language)):
        return Draft(
            method=ABOUT_ONE[0],
            title=_("Should “%(title)s” be changed like this?", title=title)[:200],
            text=_(
                "If yes wins, the words of the proposal change at once; if no wins, they stay. "
                "Where organisations and people differ, those who made the proposal decide and "
                "say why."
            ),
            amendment_id=amendment.id,
        )
