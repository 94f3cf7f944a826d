"""The finished round: called, discussed, voted on, counted, answered and archived."""

from datetime import timedelta

from app.answers import commands as answers
from app.answers import queries as answer_queries
from app.answers.commands import PlanText
from app.core.errors import NotFound
from app.core.transactions import transaction
from app.moderation.models import Action, BrokenRule
from app.pages.cli import (
    acts,
    finished_opinions,
    finished_texts,
    finished_votes,
    method_round,
    partners,
    votes,
)
from app.pages.cli.finished_outcome import ANSWERS, OPEN, SECRET, SHORTLIST, Given
from app.pages.cli.rounds import begin_round, step
from app.pages.cli.stage import Stage, settle
from app.plan import commands as plan
from app.plan import queries as plans
from app.plan.models import MeasureState
from app.proposals import commands as proposals
from app.rounds import commands as rounds
from app.rounds.models import Procedure
from app.rounds.states import Activity
from app.voting.commands import Draft


def play(stage: Stage) -> None:
    stage.go(-140.4)
    begin_round(
        stage,
        title="Vorschläge für das Ankommen",
        summary="Was fehlt im Stadtteil, wenn Menschen aus der Unterkunft in eine eigene Wohnung "
        "ziehen? Organisationen und Einzelne machen Vorschläge.",
        procedure=Procedure(),
        rules=method_round.give_rules,
        windows={
            Activity.PROPOSE: (-130, -100),
            Activity.COMMENT: (-130, -86),
            Activity.SUPPORT: (-130, -86),
            Activity.AMEND: (-130, -86),
            Activity.VOTE: (-82, -66),
            Activity.ANSWER: (-64, -20),
        },
    )
    method_round.finish(stage)
    stage.go(-130.0)
    step(stage, rounds.open_)
    written: list[acts.Written | acts.Said] = [*finished_texts.PROPOSALS, *finished_texts.COMMENTS]
    acts.play(stage, [act for act in written if act.day < -124])
    stage.go(-123.9)
    acts.decide(stage, stage.comments["c4"], Action.PUBLISH)  # the guest waited for half a day
    acts.play(stage, [act for act in written if act.day >= -124])
    stage.go(-101.5)
    _keep_order(stage)
    for proposal in finished_texts.PROPOSALS:
        if proposal.people or proposal.partners:
            acts.support(stage, proposal)
    with transaction():
        withdrawn = stage.proposal("sport")
        proposals.withdraw(withdrawn, by=stage.actor("jugend", "jugend"))
    _vote(stage)
    stage.go(-65.6)
    step(stage, rounds.close)
    _answer(stage)
    stage.go(-37.5)
    step(stage, rounds.mark_answered)
    stage.go(-35.5)
    step(stage, rounds.archive)
    _go_on(stage)


def _keep_order(stage: Stage) -> None:
    acts.decide(
        stage,
        stage.proposals["werbung"],
        Action.HIDE,
        BrokenRule.ADVERTISING,
        "Der Beitrag wirbt für ein Unternehmen und schlägt nichts für den Plan vor.",
    )
    acts.decide(
        stage,
        stage.proposals["kurz"],
        Action.RETURN,
        BrokenRule.INCOMPLETE,
        "Bitte schreiben Sie, was genau geschehen soll und wem es hilft.",
    )


def _vote(stage: Stage) -> None:
    stage.go(-84.5)
    question_id = votes.ask(
        stage,
        Draft(
            method="approval",
            title="Welche drei Vorschläge sollen zuerst kommen?",
            text="Kreuzen Sie alles an, was Sie gut finden. Die drei Vorschläge mit den meisten "
            "Stimmen empfehlen wir der Verwaltung. Sie entscheidet und antwortet mit Gründen.",
            seats=3,
            proposal_ids=[stage.proposals[name] for name in SHORTLIST],
        ),
    )
    asked = finished_votes.ask(stage)
    landscape_id = finished_opinions.begin(stage)
    stage.go(-81.5)
    finished_opinions.answer(stage, landscape_id)
    stage.go(-77.4)  # until then one can object to the methods
    finished_votes.cast(stage, asked)
    number = {o.proposal_id: o.id for o in votes.question(question_id).options}

    def chosen(names: str) -> dict[str, list[int]]:
        return {"approved": [number[stage.proposals[name]] for name in names.split()]}

    for who, names in SECRET.items():
        votes.cast(stage, question_id, chosen(names), stage.actor(who))
    for which, (names, reason) in OPEN.items():
        by = stage.actor(acts.REPRESENTS[which], which)
        votes.cast(stage, question_id, chosen(names), by, reason)
    stage.go(-66.0)
    settle()
    finished_votes.draw(stage, asked)


def _answer(stage: Stage) -> None:
    stage.go(-62.6)
    for name, given in ANSWERS.items():
        with transaction():
            answers.owe(
                stage.proposal(name),
                partners.unit(stage, given.unit),
                answer_queries.due_on(stage.round()),
                by=stage.actor("moderation"),
            )
    for number, (name, given) in enumerate(ANSWERS.items()):
        stage.go(-48.6 + number)
        _publish(stage, name, given)
    settle()


def _publish(stage: Stage, name: str, given: Given) -> None:
    by = stage.actor("verwaltung")
    text = PlanText(
        title=given.title,
        description=given.text,
        field_ids=(stage.field_id,),
        predecessor_id=stage.measure_id if given.follows else None,
        because_ids=[stage.comments[name] for name in given.comments],
    )
    with transaction():
        owed = answer_queries.of_proposal(stage.proposals[name])
        answer = answer_queries.get(owed.id) if owed is not None else None
        if answer is None:
            raise NotFound
        answers.prepare(
            answer,
            given.outcome,
            given.reason,
            edition=answer.edition,
            deferred_until=stage.today + timedelta(days=given.days) if given.days else None,
            text=text if given.title else None,
            to_organisations=given.organisations,
            to_persons=given.persons,
            by=by,
        )
        answers.publish(answer, by=by)


def _go_on(stage: Stage) -> None:
    """The new measure begins: one thing is done, the next has its day."""
    made = answer_queries.of_proposal(stage.proposals["lotsen"])
    measure = plans.measure(made.measure_id) if made is not None and made.measure_id else None
    if measure is None:
        raise NotFound
    done, coming = stage.today - timedelta(days=24), stage.today + timedelta(days=75)
    stage.go(-24.5)
    with transaction():
        plan.change_measure(
            measure,
            state=MeasureState.RUNNING,
            timeline=[
                {
                    "text": "Die erste Gruppe hat ihre Schulung abgeschlossen",
                    "qualifier": "on",
                    "date": done.isoformat(),
                    "state": "done",
                },
                {
                    "text": "Sprachlotsinnen und Sprachlotsen in fünf Stadtbezirken",
                    "qualifier": "until",
                    "date": coming.isoformat(),
                    "state": "planned",
                },
            ],
            costs=[
                {"amount": 48000, "currency": "EUR", "period": "per-year", "kind": "approved"},
                {"amount": "12650.50", "currency": "EUR", "period": "once", "kind": "spent"},
            ],
            indicators=[
                {
                    "title": "Begleitete Gespräche bei Ämtern und in Praxen",
                    "counted_in": "Gespräche im Monat",
                    "baseline": 0,
                    "target": {"value": 120, "date": str(stage.today.year + 1)},
                    "source": "Zählung der Sprachlotsinnen und Sprachlotsen (erfunden)",
                    "actual": [
                        {"date": (done + timedelta(days=7 * week)).isoformat(), "value": count}
                        for week, count in enumerate((18, 31, 47))
                    ],
                }
            ],
            reason="Die Schulungen haben begonnen.",
            by=stage.actor("verwaltung"),
        )
