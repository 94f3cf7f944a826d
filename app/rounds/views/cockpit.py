"""One page for a dialogue's moderators: what is open, what comes, what waits, who is missing."""

from collections import Counter
from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.answers import queries as answers
from app.core import clock
from app.core.districts import DISTRICTS
from app.core.languages import LANGUAGES, name_of
from app.core.text.numbers import small_number
from app.core.transactions import transaction
from app.core.web import actor, guard
from app.insights import queries as insights
from app.moderation.queries import disputes, register, waiting
from app.organisations.forms import KINDS
from app.rounds import commands, queries
from app.rounds.forms import Known, ModeratorNoteForm, hopes_form
from app.rounds.models import Dialogue, ModeratorNote, Round, Side
from app.rounds.states import NOT_BEGUN
from app.rounds.views import bp, translations, words
from app.voting.queries import contests

MEASURED = timedelta(days=90)
"""Over so long a time the reaction is measured."""

SIDES = {
    Side.KIND: _l("Organisations that have contributed, by kind"),
    Side.DISTRICT: _l("Public proposals, by district"),
    Side.LANGUAGE: _l("Public proposals and comments, by language"),
}


@bp.get("/dialogues/<int:id>/moderate")
@guard("rounds.moderate", dialogue=queries.get_dialogue)
def moderate(dialogue: Dialogue) -> ResponseReturnValue:
    """Each round with what is open and comes next, the queue, the answers, who takes part."""
    rounds = queries.rounds_of(dialogue.id, actor())
    owed = answers.owed_in([one.id for one in rounds])
    disputed = disputes.open_disputes(dialogue.id)
    contested = contests.of_dialogue(dialogue.id)
    desk = queries.on_desk(dialogue.id)
    return render_template(
        "rounds/moderate.html",
        dialogue=dialogue,
        rounds=[
            {
                **_round(one, rounds, owed.get(one.id, (0, 0))),
                "disputed": [d for d in disputed if d.round_id == one.id],
                "contested": [c for c in contested if c.question.round_id == one.id],
            }
            for one in rounds
        ],
        waiting=desk.waiting,
        queue=waiting.standing(dialogue.id, clock.now()),
        reaction=register.reaction(dialogue.id, clock.now() - MEASURED),
        sides=_sides(dialogue.id, rounds),
        notes=desk.notes,
        lacks=[
            (name_of(tag), number)
            for tag, number in Counter(
                one.language for one in translations.lacks(dialogue, rounds)
            ).items()
        ],
    )


def _round(round_: Round, rounds: list[Round], owed: tuple[int, int]) -> dict[str, Any]:
    """What the page says of a round: no query."""
    proposals, missing = owed
    due = answers.due_on(round_)
    over = round_.state in words.OVER
    return {
        "round": round_,
        "state": words.STATES[round_.state],
        "open": [one for one in words.activities(round_) if one["open"]],
        "coming": words.coming(round_),
        "warnings": [] if over else queries.contradictions(round_, rounds),
        "begun": round_.state not in NOT_BEGUN,
        "proposals": proposals,
        "missing": missing,
        "due": due,
        "late": missing > 0 and over and due < clock.today(),
    }


def _sides(dialogue_id: int, rounds: list[Round]) -> list[dict[str, Any]]:
    """Who takes part, beside what is hoped for."""
    there, hopes = insights.taking_part(dialogue_id), queries.hopes(dialogue_id)
    return [
        {
            "label": SIDES[side],
            "rows": [
                {
                    "name": name,
                    "number": (number := there[side].get(which, 0)),
                    "hoped": (hoped := hopes.get((side, which), 0)),
                    "missing": max(0, hoped - number),
                }
                for which, name in those
            ],
        }
        for side, those in _known(rounds, there[Side.LANGUAGE])
    ]


def _known(rounds: list[Round], spoken: dict[str, int]) -> Known:
    """Every kind and district there is, and the languages that are promised or spoken."""
    promised = dict.fromkeys(tag for one in rounds for tag in one.procedure.languages)
    tags = dict.fromkeys([*LANGUAGES, *promised, *spoken])
    return [
        (Side.KIND, [(kind.value, str(name)) for kind, name in KINDS.items()]),
        (
            Side.DISTRICT,
            [
                (insights.CITY, _("The whole city")),
                *((str(number), name) for number, name in DISTRICTS.items()),
            ],
        ),
        (
            Side.LANGUAGE,
            [(tag, name_of(tag)) for tag in tags],
        ),
    ]


@bp.route("/dialogues/<int:id>/hoped-for", methods=["GET", "POST"])
@guard("rounds.moderate", dialogue=queries.get_dialogue)
def hopes(dialogue: Dialogue) -> ResponseReturnValue:
    """How many of each the moderators hope for; only they see it."""
    id = dialogue.id
    known = _known(queries.rounds_of(id, actor()), insights.taking_part(id)[Side.LANGUAGE])
    form = hopes_form(known, queries.hopes(id))
    if form.validate_on_submit():
        with transaction(asking="rounds.moderate", of=dialogue):
            commands.hope_for(dialogue, form.numbers(), by=actor())
        flash(_("Saved."))
        return redirect(url_for("rounds.moderate", id=id, _anchor="who"), 303)
    page = render_template("rounds/hopes.html", dialogue=dialogue, form=form, sides=SIDES)
    return page, 422 if form.errors else 200


@bp.route("/dialogues/<int:id>/notes", methods=["GET", "POST"])
@guard("rounds.moderate", dialogue=queries.get_dialogue)
def notes(dialogue: Dialogue) -> ResponseReturnValue:
    """What the moderators tell each other."""
    form, id = ModeratorNoteForm(), dialogue.id
    if form.validate_on_submit():
        with transaction(asking="rounds.moderate", of=dialogue):
            commands.write_note(dialogue, form.body.data, by=actor())
        flash(_("The note is kept. Only the moderators see it."))
        return redirect(url_for("rounds.notes", id=id), 303)
    found = queries.notes(id, small_number(request.args.get("after")))
    page = render_template(
        "rounds/notes.html", dialogue=dialogue, form=form, notes=found.notes, after=found.after
    )
    return page, 422 if form.errors else 200


@bp.post("/dialogues/<int:dialogue_id>/notes/<int:note_id>/remove")
@guard("rounds.remove-note", dialogue=queries.get_dialogue, note=queries.note)
def remove_note(dialogue: Dialogue, note: ModeratorNote) -> ResponseReturnValue:
    id = dialogue.id
    with transaction(asking="rounds.remove-note", of=note):
        commands.remove_note(note, by=actor())
    flash(_("The note is removed."))
    return redirect(url_for("rounds.notes", id=id), 303)
