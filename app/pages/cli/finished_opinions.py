"""What people thought at the beginning of the vote. Everybody and everything is invented."""

from app.core.transactions import transaction
from app.insights import commands as insights
from app.insights import queries
from app.insights.models import Statement
from app.insights.states import Opinion
from app.pages.cli.stage import Stage
from app.rounds import commands as rounds

STATEMENTS = (
    "Niemand soll allein zum ersten Termin im Amt gehen müssen.",
    "Jeder Stadtteil braucht einen Ort, der auch am Wochenende offen ist.",
    "Deutsch lernt man am besten im Verein oder im Betrieb.",
    "Kurse sollen vor allem abends stattfinden.",
    "Wer anderen hilft, soll dafür bezahlt werden.",
    "Bestehende Angebote zu stärken ist besser, als neue zu gründen.",
    "Kinder sollen während der Kurse betreut werden.",
)

# + agrees, - disagrees, o passes, in the order of the statements.
OPINIONS = {
    "lindenblatt": "++-+++o",
    "maschsee": "++-++-+",
    "yasmin": "++-+o-+",
    "grace": "+o-++-+",
    "kroepcke": "++-++-o",
    "leine": "++o++-+",
    "omar": "++-+--+",
    "ahmet": "++++-++",
    "roderbruch": "+++--+o",
    "tilda": "+o+--++",
    "vahrenheide": "-++--++",
    "stoecken": "+++-o+-",
    "neu": "+++--++",
    "person": "+-+--+o",
}
SIDES = {"+": Opinion.AGREE, "-": Opinion.DISAGREE, "o": Opinion.PASS}


def begin(stage: Stage) -> int:
    """Set up and published; its id."""
    by = stage.actor("moderation")
    with transaction():
        made = insights.create_landscape(
            stage.round(),
            title="Was hilft beim Ankommen am meisten?",
            text="Ein Meinungsbild zum Einstieg. Es entscheidet nichts: Es zeigt, worin sich alle "
            "einig sind und worüber wir noch sprechen müssen.",
            statements=STATEMENTS,
            open_to_statements=True,
            smallest_group=5,
            by=by,
        )
        id = made.id
    with transaction():
        found = queries.get(id)
        if found is not None:
            insights.publish_landscape(found, by=by)
    return id


def answer(stage: Stage, landscape_id: int) -> None:
    """Everybody says what they think; the map is drawn by itself after the close."""
    ids = list(queries.texts(landscape_id))
    for who, signs in OPINIONS.items():
        with transaction() as session:
            rounds.catch_up(stage.round())
            found = queries.get(landscape_id)
            if found is None:
                return
            for id, sign in zip(ids, signs, strict=True):
                statement = session.get_one(Statement, id)
                insights.give_opinion(found, statement, SIDES[sign], by=stage.actor(who))
