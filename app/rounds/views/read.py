"""Dialogues and rounds as everybody reads them."""

from dataclasses import replace

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.languages import SIMPLE
from app.core.text.markdown import to_html
from app.core.text.numbers import small_number
from app.core.web import actor, guard
from app.core.web.shared import shared_by_strangers
from app.followup import queries as followup
from app.insights import queries as insights
from app.meetings import queries as meetings
from app.notifications import queries as notifications
from app.rounds import queries
from app.rounds.models import Dialogue, Procedure, Round, RoundKind
from app.rounds.queries import translations
from app.rounds.states import RoundState
from app.rounds.views import acts, bp, easy, words
from app.rounds.views.proposals import first_page
from app.rounds.views.translations import told
from app.voting import queries as votes
from app.voting.queries import contests


@bp.get("/dialogues")
@shared_by_strangers
@guard("rounds.index")
def index() -> ResponseReturnValue:
    """Each dialogue with its current round and one button."""
    found, following = queries.dialogues(actor(), small_number(request.args.get("before")))
    rounds = queries.rounds_of_all([one.id for one in found], actor())
    return render_template(
        "rounds/index.html",
        dialogues=[(one, queries.current_of(rounds[one.id])) for one in found],
        states=words.STATES,
        more=url_for("rounds.index", before=following) if following else None,
    )


@bp.get("/dialogues/<int:id>")
@shared_by_strangers
@guard("rounds.dialogue", dialogue=queries.get_dialogue)
def dialogue(dialogue: Dialogue) -> ResponseReturnValue:
    """Question, summary, the rounds in time, who decides and who takes part."""
    rounds = queries.rounds_of(dialogue.id, actor())
    current = queries.current_of(rounds)
    here = told(dialogue.id, translations.words_of_dialogue(dialogue))
    return render_template(
        "rounds/dialogue.html",
        dialogue=dialogue,
        current=current,
        timeline=words.timeline(rounds),
        told=here,
        summary=to_html(here.words.get("summary", "")),
        organisations=queries.count_accredited(dialogue.id),
        following=notifications.follows(actor().person_id, dialogue.id),
        mine=queries.may_ask(dialogue.id, actor()) if dialogue.published_at else [],
        wishes=queries.wishes_of(dialogue.id, actor()),
        meetings=meetings.coming(dialogue_id=dialogue.id),
        over=any(one.state in words.OVER for one in rounds),
    )


@bp.get("/dialogues/<int:id>/organisations")
@shared_by_strangers
@guard("rounds.dialogue", dialogue=queries.get_dialogue)
def organisations(dialogue: Dialogue) -> ResponseReturnValue:
    """Who takes part, twenty at a time."""
    found, following = queries.accredited_page(
        dialogue.id, small_number(request.args.get("after")) or 0
    )
    more = url_for("rounds.organisations", id=dialogue.id, after=following) if following else None
    return render_template(
        "rounds/organisations.html",
        dialogue=dialogue,
        organisations=found,
        total=queries.count_accredited(dialogue.id),
        more=more,
    )


@bp.get("/rounds/<int:id>")
@shared_by_strangers
@guard("rounds.show", round_=queries.get)
def show(round_: Round) -> ResponseReturnValue:
    """What one can do here now, until when, and by which rules."""
    rounds = queries.rounds_of(round_.dialogue_id, actor())
    rough = queries.rough_windows(round_.id) if round_.state is RoundState.DRAFT else {}
    questions = votes.of_round(round_.id, actor())
    here = told(round_.id, translations.words_of_round(round_))
    year = followup.of_rounds([round_.id]).get(round_.id) if _looks_back(round_) else None
    return render_template(
        "rounds/show.html",
        round=round_,
        timeline=words.timeline(rounds, round_),
        told=here,
        summary=to_html(here.words.get("summary", "")),
        state=words.STATES[round_.state],
        note=words.NOTES.get(round_.state),
        activities=words.activities(round_),
        act=acts.reports(round_, year.year)
        if year
        else acts.best(round_, [q.id for q in questions if q.state == "open"]),
        coming=words.coming(round_),
        rough=words.roughly(rough),
        after=words.round_after(round_, rounds),
        rules=words.short_rules(with_words(round_.procedure, here.words)),
        changes=[(words.ACTIVITIES[c.activity], c) for c in queries.window_changes(round_.id)],
        following=notifications.follows(actor().person_id, round_.id),
        questions=questions,
        landscapes=insights.of_round(round_.id, actor()),
        proposals=first_page(round_),
        looks_back=_looks_back(round_),
    )


def _looks_back(round_: Round) -> bool:
    return round_.kind is RoundKind.FOLLOW_UP


@bp.get("/rounds/<int:id>/easy-rules")
@shared_by_strangers
@guard("rounds.show", round_=queries.get)
def easy_rules(round_: Round) -> ResponseReturnValue:
    """The same in Leichte Sprache."""
    text = translations.translation(round_.id, SIMPLE)
    written = easy.parts(round_, text.words if text is not None else {})
    return render_template("rounds/easy.html", round=round_, parts=written)


@bp.get("/rounds/<int:id>/procedure")
@shared_by_strangers
@guard("rounds.show", round_=queries.get)
def procedure(round_: Round) -> ResponseReturnValue:
    """All rules of the round in words, and how they changed after its opening."""
    here = told(round_.id, translations.words_of_round(round_))
    said = with_words(round_.procedure, here.words)
    rules = words.rules(said) + words.limits(said)
    changes = [
        (one, words.differences(Procedure.from_json(one.old), Procedure.from_json(one.new)))
        for one in queries.procedure_changes(round_.id)
    ]
    others = [one for one in queries.rounds_of(round_.dialogue_id, actor()) if one.id != round_.id]
    contested = contests.of_dialogue(round_.dialogue_id)
    return render_template(
        "rounds/procedure.html",
        round=round_,
        rules=rules,
        told=here,
        changes=changes,
        others=others,
        contested=[one for one in contested if one.question.round_id == round_.id],
    )


def with_words(rules: Procedure, said: translations.Words) -> Procedure:
    """The rules with what they say in words of their own as it is said to the reader."""
    typed = {name: said[name] for name in translations.words_of_rules(rules) if name in said}
    return replace(rules, **typed)  # type: ignore[arg-type]  # all of them are words
