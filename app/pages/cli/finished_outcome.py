"""How the finished round was voted on and answered. Everybody and everything is invented."""

from typing import NamedTuple

from app.answers.states import Outcome

SHORTLIST = ("lotsen", "umzug", "schulung", "rad", "eltern")

SECRET = {
    "lindenblatt": "lotsen umzug",
    "maschsee": "lotsen schulung rad",
    "yasmin": "lotsen rad eltern",
    "grace": "lotsen rad",
    "ahmet": "umzug schulung",
    "kroepcke": "schulung lotsen umzug",
    "leine": "lotsen rad",
    "omar": "lotsen eltern",
    "roderbruch": "umzug rad lotsen",
    "tilda": "lotsen rad umzug",
    "vahrenheide": "rad schulung",
    "stoecken": "umzug eltern",
    "neu": "lotsen umzug",
    "person": "lotsen schulung",
}

OPEN = {
    "bruecken": ("lotsen umzug", "Sprache ist der Anfang von allem anderen."),
    "frauen": ("rad lotsen eltern", "Bewegung macht Mut. Und Mut braucht man beim Ankommen."),
    "wohlfahrt": ("umzug lotsen schulung", "Diese drei lassen sich sofort umsetzen."),
    "freiwillig": ("schulung lotsen", "Ehrenamt trägt vieles. Es muss auch getragen werden."),
    "nachbarn": ("umzug schulung", "Das hilft in unserer Straße am meisten."),
    "familie": ("eltern lotsen", "Eltern, die Deutsch lernen, helfen ihren Kindern."),
}


class Given(NamedTuple):
    """An answer; with `title` and `text` it makes a measure of the plan.

    Where organisations and people differed, each gets words of its own.
    """

    unit: str
    outcome: Outcome
    reason: str
    title: str = ""
    text: str = ""
    follows: bool = False
    days: int = 0
    organisations: str = ""
    persons: str = ""
    comments: tuple[str, ...] = ()  # what else led to the text


ANSWERS = {
    "patenschaft": Given(
        "bildung",
        Outcome.RETURNED,
        "Die Idee gefällt uns. Bitte klären Sie mit der Bücherei, wie viele Ausweise im Jahr "
        "gebraucht werden, und schlagen Sie es noch einmal vor.",
    ),
    "wlan": Given(
        "soziales",
        Outcome.DECLINED,
        "Die Verträge über das Netz schließt nicht die Stadt. Tagsüber bleibt es wie bisher. Wir "
        "haben den Wunsch an die Betreiber gemeldet.",
    ),
    "eltern": Given(
        "bildung",
        Outcome.RECOMMENDED,
        "Über die Anerkennung der Kurse entscheidet das Land. Wir haben ihm den Vorschlag mit "
        "unserer Unterstützung weitergegeben.",
    ),
    "rad": Given(
        "stadtteile",
        Outcome.ELSEWHERE,
        "Die Kurse werden aus der Sportförderung bezahlt und beginnen im Frühjahr. Dafür braucht "
        "es keine eigene Maßnahme in diesem Plan.",
        organisations="Sie haben anderes nach vorn gewählt. Dafür bleibt das Geld: Die "
        "Kurse kommen aus der Sportförderung.",
        persons="Die Hälfte von Ihnen wollte die Kurse. Sie finden im Frühjahr statt.",
    ),
    "schulung": Given(
        "stadtteile",
        Outcome.ADOPTED,
        "Acht Abende im Jahr sind möglich. Räume stellt die Stadt.",
        "Abendreihe für Ehrenamtliche (Beispiel)",
        "Acht Abende im Jahr zu Recht, Trauma und zu Nähe und Distanz. Diese Maßnahme "
        "ist erfunden.",
        organisations="Sie haben die Abende nach vorn gewählt. Bitte sagen Sie uns, welche Themen "
        "zuerst kommen.",
        persons="Sie haben anderes nach vorn gewählt. Die Abende kosten wenig, die Räume gibt es "
        "schon: Deshalb kommen sie trotzdem.",
    ),
    "treff": Given(
        "stadtteile",
        Outcome.DEFERRED,
        "Für den Laden liegt noch kein Mietangebot vor. Sobald es da ist, entscheiden wir.",
        days=120,
    ),
    "umzug": Given(
        "soziales",
        Outcome.ADOPTED_WITH_CHANGES,
        "Die Mappe kommt, zuerst aber in vier Sprachen. Für sieben reicht das Geld in diesem Jahr "
        "nicht. Das Merkblatt zur Mülltrennung wird ein Teil davon.",
        "Umzugsmappe für die erste eigene Wohnung (Beispiel)",
        "Eine Mappe mit Bildern und in einfacher Sprache, zuerst in vier Sprachen. Diese Maßnahme "
        "ist erfunden.",
    ),
    "lotsen": Given(
        "soziales",
        Outcome.ADOPTED,
        "Wir übernehmen den Vorschlag ganz. Beide Kammern haben ihn nach vorn gewählt. Er führt "
        "die Arbeit der Anlaufstellen fort. Die Schulungen beginnen mit zwei Gruppen.",
        "Sprachlotsinnen und Sprachlotsen in den Stadtteilen (Beispiel)",
        "Geschulte Sprachlotsinnen und Sprachlotsen begleiten Menschen zum Amt, zur Schule und in "
        "die Arztpraxis. Diese Maßnahme ist erfunden: Sie zeigt, wie aus einem Vorschlag ein Teil "
        "des Plans wird.",
        follows=True,
        comments=("c1", "c5"),
    ),
}
"""In the order in which they are published: the start page shows the last ones."""
