"""What became of it: the measures report on their year. Everybody and everything is invented."""

from datetime import timedelta

from app.answers import queries as answers
from app.core.errors import NotFound
from app.core.transactions import transaction
from app.followup import commands, queries
from app.followup.commands import Words
from app.pages.cli import method_round
from app.pages.cli.rounds import begin_round, step
from app.pages.cli.stage import Stage, settle
from app.rounds import commands as rounds
from app.rounds.models import Procedure, RoundKind
from app.rounds.states import Activity

REPORT = Words(
    done="Die erste Gruppe hat ihre Schulung abgeschlossen. Im November haben Sprachlotsinnen und "
    "Sprachlotsen 47 Gespräche begleitet, bei Ämtern und in Arztpraxen.",
    late="In zwei der fünf Stadtbezirke gibt es noch keine Sprechstunde.",
    why="Ein Raum ist erst im Januar frei, für den anderen suchen wir noch.",
    next="Im Januar beginnt die zweite Gruppe. Im Februar sprechen wir mit den Bezirksräten.",
)


def play(stage: Stage) -> None:
    """The round that runs stays the one that is played."""
    playing = stage.round_id
    stage.go(-1.4)
    begin_round(
        stage,
        kind=RoundKind.FOLLOW_UP,
        title="Was ist daraus geworden?",
        summary="Zu jeder Maßnahme berichtet die zuständige Stelle: was erledigt ist, was sich "
        "verspätet und warum, was als Nächstes kommt. Alle können dazu etwas sagen.",
        procedure=Procedure(),
        rules=method_round.give_rules,
        windows={Activity.COMMENT: (-1.3, 30)},
    )
    stage.go(-1.3)
    step(stage, rounds.open_)
    with transaction():
        commands.begin(
            stage.round(),
            year=stage.today.year,
            due_on=stage.today + timedelta(days=20),
            by=stage.actor("moderation"),
        )
    stage.go(-1.2)
    made = answers.of_proposal(stage.proposals["lotsen"])
    report = None
    if made is not None and made.measure_id is not None:
        owed = queries.of_measure(made.measure_id)
        report = queries.get(owed[0].id) if owed else None
    if report is None:
        raise NotFound
    with transaction():
        commands.publish(report, REPORT, edition=report.edition, by=stage.actor("verwaltung"))
    settle()
    stage.round_id = playing
