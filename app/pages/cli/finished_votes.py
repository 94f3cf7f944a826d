"""Two more questions of the finished round: a ranking with a draw for ties, and money by equal
shares. Everything is invented.
"""

from typing import Any, NamedTuple

from app.core.transactions import transaction
from app.pages.cli import acts, votes
from app.pages.cli.stage import Stage, settle
from app.voting import commands as voting
from app.voting.commands import Draft, Variant
from app.voting.states import Tie

PLACES = ("Im Roderbruch", "In Linden", "Auf dem Sahlkamp")
AS_IT_IS = "Es bleibt bei den Sprechstunden im Rathaus"
SPENT_ON = {
    "Bänke vor dem Nachbarschaftstreff": 2_400,
    "Ein Sommerfest mit Kinderbetreuung": 3_500,
    "Spiele und Bälle zum Ausleihen": 900,
    "Eine Wanderausstellung mit Fotos": 4_200,
    "Kochabende in vier Küchen": 1_600,
}

RANKED = {
    "lindenblatt": "bac-",
    "maschsee": "ab-",
    "yasmin": "ab-c",
    "grace": "ca-b",
    "ahmet": "ab-c",
    "kroepcke": "-",
    "leine": "ba-",
    "omar": "ac-b",
    "roderbruch": "a-",
    "tilda": "bc-a",
    "vahrenheide": "ca-",
    "stoecken": "cab-",
    "bruecken": "ab-c",
    "frauen": "ba-c",
    "wohlfahrt": "a-",
    "freiwillig": "ac-b",
    "nachbarn": "ca-",
}
"""Best first: a, b, c are the places in their order, - is that nothing changes."""

TICKED = {
    "lindenblatt": (0, 4),
    "maschsee": (2, 4),
    "yasmin": (1, 4),
    "grace": (3,),
    "ahmet": (1, 2),
    "leine": (0, 2),
    "omar": (1, 4),
    "roderbruch": (1,),
    "tilda": (3, 0),
    "vahrenheide": (2, 1),
    "stoecken": (1, 4),
    "person": (0, 1),
    "bruecken": (1, 4),
    "frauen": (4, 3),
    "familie": (1, 2),
    "nachbarn": (0, 1),
    "freiwillig": (0, 4),
}


class Asked(NamedTuple):
    ranking: int
    money: int


def ask(stage: Stage) -> Asked:
    ranking = Draft(
        method="schulze",
        title="Wo sollen die Sprachlotsinnen und Sprachlotsen anfangen?",
        text="Ordnen Sie die Orte nach Ihrer Wahl. Das Ergebnis ist eine Empfehlung; die "
        "Verwaltung entscheidet und begründet es.",
        reason="Nur ein Ort kann der erste sein. Eine Rangliste sagt, was man lieber hätte.",
        variants=[Variant(title=place) for place in PLACES],
        status_quo=AS_IT_IS,
        tie=Tie.LOT,
        draw="Gewinnzahlen der Beispiel-Lotterie vom Tag nach der Abstimmung, aufsteigend",
        draw_at=stage.moment(-65.9),
    )
    money = Draft(
        method="equal-shares",
        title="Wofür geben wir 7.000 Euro für kleine Anlässe aus?",
        text="Kreuzen Sie alles an, was Sie gut finden. Jede Stimme hat denselben Anteil am Geld.",
        budget=7_000,
        measured_in="Euro",
        variants=[Variant(title=title, cost=cost) for title, cost in SPENT_ON.items()],
    )
    return Asked(votes.ask(stage, ranking), votes.ask(stage, money))


def cast(stage: Stage, asked: Asked) -> None:
    places = [option.id for option in votes.question(asked.ranking).options]
    for who, wish in RANKED.items():
        ranking = [[places["abc-".index(letter)]] for letter in wish]
        _cast(stage, asked.ranking, who, {"ranking": ranking})
    projects = [option.id for option in votes.question(asked.money).options]
    for who, ticked in TICKED.items():
        _cast(stage, asked.money, who, {"approved": [projects[n] for n in ticked]})


def _cast(stage: Stage, question_id: int, who: str, content: dict[str, Any]) -> None:
    """By a person for themselves, or by who represents the organisation of that name."""
    person = acts.REPRESENTS.get(who)
    by = stage.actor(person, who) if person is not None else stage.actor(who)
    votes.cast(stage, question_id, content, by)


def draw(stage: Stage, asked: Asked) -> None:
    """What the lottery has drawn, once it is published; only now the ranking is counted."""
    stage.go(-65.8)
    with transaction():
        found = votes.question(asked.ranking)
        voting.enter_draw(found, "3 11 19 27 38 44", by=stage.actor("moderation"))
    settle()
