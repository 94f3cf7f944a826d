"""The running round: everybody has something to do in it at once."""

import secrets
from datetime import timedelta

from app.answers import commands as answers
from app.comments.models import Stance
from app.core.transactions import transaction
from app.moderation.models import BrokenRule
from app.notifications.jobs import speaking
from app.pages import commands as pages
from app.pages.cli import (
    acts,
    meetings,
    method_round,
    partners,
    plan_paragraphs,
    questions,
    rules,
    running_changes,
    text_review,
    votes,
)
from app.pages.cli.acts import Said, Written
from app.pages.cli.rounds import begin_round, step
from app.pages.cli.stage import Stage, settle
from app.rounds import commands as rounds
from app.rounds.models import Procedure
from app.rounds.states import Activity
from app.voting import commands as voting
from app.voting.commands import Draft

PROPOSALS = [
    Written(
        key="sprechstunde",
        day=-8.5,
        who="wohlfahrt",
        of="wohlfahrt",
        title="Eine Sprechstunde im Stadtteil, jeden Dienstag",
        body="Beratung soll dort sein, wo Menschen wohnen. Jeden Dienstag kommt eine Beraterin in "
        "einen anderen Stadtbezirk, immer an denselben Ort und zur selben Zeit.",
        goal="Kurze Wege zur Beratung.",
        euros=18_000,
        districts=(3, 5, 9),
        people=("lindenblatt", "tilda", "vahrenheide", "person"),
        partners=("nachbarn", "bruecken"),
    ),
    Written(
        key="gaerten",
        day=-7.4,
        who="nachbarn",
        of="nachbarn",
        title="Gemeinschaftsgärten neben den Unterkünften",
        body="Gemüse, Kräuter und eine lange Bank. Wer gärtnert, kommt ins Gespräch, auch ohne "
        "viele Worte. Werkzeug und Erde stellen wir.",
        goal="Ein gemeinsamer Grund, sich zu treffen.",
        euros=6_000,
        districts=(4,),
        people=("maschsee", "roderbruch", "leine"),
        partners=("familie",),
    ),
    Written(
        key="hochbeete",
        day=-6.9,
        who="familie",
        of="familie",
        title="Hochbeete im Hof der Unterkunft",
        body="Zehn Hochbeete, an denen Kinder und Eltern zusammen gärtnern. Wir bringen die "
        "Setzlinge mit.",
        goal="Etwas wachsen sehen, gemeinsam.",
        euros=2_500,
        districts=(4,),
        people=("maschsee", "stoecken"),
    ),
    Written(
        key="proben",
        day=-6.4,
        who="jugend",
        of="jugend",
        title="Proberäume für junge Bands aus aller Welt",
        body="Musik verbindet. Wir suchen zwei Räume mit Anlage, die an drei Abenden offen sind.",
        euros=11_000,
        districts=(12, 13),
        people=("grace", "omar"),
        in_field=False,
    ),
    Written(
        key="english",
        day=-5.5,
        who="grace",
        of="",
        title="Welcome walks through the neighbourhood",
        body="A two-hour walk for newcomers, once a month: the library, the market, the clinic, "
        "the playground. Guides are people who arrived a few years ago.",
        goal="Feel at home faster.",
        language="en",
        people=("yasmin", "tilda", "leine"),
        partners=("freiwillig",),
    ),
    Written(
        key="arabisch",
        day=-4.5,
        who="yasmin",
        of="",
        title="قصص بلغتين للأطفال في مكتبات الأحياء",
        body="أقترح ساعة قراءة كل أسبوع باللغة العربية والألمانية للأطفال وأهلهم في مكتبة الحي.",
        goal="أن يحب الأطفال اللغتين معا.",
        language="ar",
        people=("omar", "lindenblatt"),
        partners=("bruecken", "familie"),
    ),
]

COMMENTS = [
    Said(
        key="r1",
        day=-7.6,
        on="sprechstunde",
        who="vahrenheide",
        body="Endlich! Von uns aus sind es vierzig Minuten bis zur nächsten Beratung.",
        stance=Stance.FOR,
    ),
    Said(
        key="r2",
        day=-6.5,
        on="sprechstunde",
        who="ahmet",
        body="Salı günü herkes çalışıyor. Akşam da olabilir mi?",
        stance=Stance.QUESTION,
        language="tr",
    ),
    Said(
        key="r3",
        day=-5.4,
        on="sprechstunde",
        who="wohlfahrt",
        of="wohlfahrt",
        body="Gute Frage: Wir planen bis 19 Uhr, damit es auch nach der Arbeit geht.",
        to="r2",
    ),
    Said(
        key="r4",
        day=-4.4,
        on="gaerten",
        who="kroepcke",
        body="Und wer macht im Winter sauber? Am Ende wieder die, die immer alles machen. "
        "Das ist doch alles Unsinn von Träumern.",
        stance=Stance.AGAINST,
    ),
    Said(
        key="r8",
        day=-3.9,
        on="hochbeete",
        who="stoecken",
        body="Bei uns im Hof ist genug Platz, und die Sonne scheint bis zum Abend.",
        stance=Stance.FOR,
    ),
    Said(
        key="r5",
        day=-3.4,
        on="english",
        who="person",
        body="I would love to join as a guide. Can it be on Saturdays?",
        stance=Stance.SUGGESTION,
        language="en",
    ),
    Said(
        key="r6",
        day=-0.3,
        on="arabisch",
        guest="أم سامر",
        body="ابنتي في الصف الثاني وتنتظر شيئا كهذا منذ وقت طويل. متى تبدأ القراءة؟",
        stance=Stance.FOR,
        language="ar",
    ),
    Said(
        key="r7",
        day=-0.2,
        on="gaerten",
        guest="Gärtnerin vom Balkon",
        body="Ich habe Saatgut übrig und bringe es gern vorbei.",
        stance=Stance.FOR,
    ),
]

IN_OTHER_LANGUAGES = (
    ("de", "Dienstags arbeiten alle. Geht es auch abends?", "frauen"),
    ("ar", "يوم الثلاثاء يعمل الجميع. هل يمكن أن يكون مساءً أيضًا؟", "omar"),
)
"""What r2 is in them."""

DRAFT = Written(
    key="entwurf",
    day=-1,
    who="vertretung",
    of="bruecken",
    title="Formulare zum Mitnehmen in einfacher Sprache",
    body="Viele Formulare versteht man erst nach dem dritten Lesen. Wir möchten mit Menschen, die "
    "sie ausfüllen müssen, bessere Fassungen schreiben. Hier fehlt noch: welche zuerst, und was "
    "es kostet.",
)

DUE = {"sprechstunde": ("soziales", -2), "gaerten": ("stadtteile", 5), "proben": ("stadtteile", 20)}
"""Which unit answers, and in how many days: one is late already."""


def play(stage: Stage) -> None:
    stage.go(-14.5)
    begin_round(
        stage,
        title="Begegnung im Stadtteil",
        summary="Die ersten neuen Maßnahmen stehen im Plan. Jetzt geht es um Orte und Anlässe, "
        "an denen sich Menschen im Stadtteil begegnen.",
        procedure=Procedure(),
        rules=method_round.give_rules,
        windows={
            Activity.PROPOSE: (-9, 12.75),
            Activity.COMMENT: (-9, 12.75),
            Activity.SUPPORT: (-9, 12.75),
            Activity.AMEND: (-9, 12.75),
            Activity.VOTE: (-2, 12.75),
        },
    )
    meetings.begin(stage)
    box = questions.begin(stage)
    question_id = _ask(stage)
    stage.go(-9.0)
    rules.change(stage)
    step(stage, rounds.open_)
    text_id = text_review.begin(stage)
    acts.play(stage, [*PROPOSALS, *(c for c in COMMENTS if c.day < -1)])
    for language, body, who in IN_OTHER_LANGUAGES:
        acts.translate(stage, "r2", language, body, who=who)
    said = plan_paragraphs.talk(stage)
    stage.go(-2.4)
    for written in PROPOSALS:
        acts.support(stage, written)
    plan_paragraphs.change(stage, said)
    meetings.go_on(stage)
    questions.go_on(stage, box)
    running_changes.play(stage)
    _owe(stage)
    _vote(stage, question_id)
    text_review.go_on(stage, text_id)


def _owe(stage: Stage) -> None:
    for name, (unit, days) in DUE.items():
        with transaction():
            answers.owe(
                stage.proposal(name),
                partners.unit(stage, unit),
                stage.today + timedelta(days=days),
                by=stage.actor("moderation"),
            )


def _ask(stage: Stage) -> int:
    """Announced early enough: for seven days one can object to the method, and one does."""
    question_id = votes.ask(
        stage,
        Draft(
            method="yes-no",
            title="Soll es im nächsten Jahr ein Stadtteilfest des Ankommens geben?",
            text="Es geht um ein Fest in einem Stadtbezirk, jedes Jahr in einem anderen. Das "
            "Ergebnis ist eine Empfehlung an die Stadt. Über das Geld entscheidet der Rat.",
        ),
    )
    stage.go(-12.0)
    with transaction():
        voting.object_to_method(
            votes.question(question_id),
            "consent",
            reason="Ein Fest gelingt nur, wenn niemand ernsthaft dagegen ist.",
            by=stage.actor("vertretung", "bruecken"),
        )
    return question_id


def _vote(stage: Stage, question_id: int) -> None:
    stage.go(-1.6)
    by = stage.actor("nachbarn", "nachbarn")
    reason = "Beim Feiern lernt man sich kennen."
    votes.cast(stage, question_id, {"choice": "yes"}, by, reason)


def today(stage: Stage) -> None:
    """What came in during the last hours and waits for somebody."""
    acts.play(stage, [c for c in COMMENTS if c.day >= -1])
    acts.draft(stage, DRAFT)
    _report(stage)
    partners.register(stage, "neu")
    partners.verify(stage, "neu")
    partners.ask(stage, "neu")
    partners.register(stage, "wartet")
    with speaking("de"), transaction():
        pages.report_barrier(
            words="Beim Vergrößern auf 400 Prozent sehe ich im Kalender der Runde nicht, welcher "
            "Tag gemeint ist. (Erfundene Meldung)",
            page="/de/dialogues",
            contact="",
            by=stage.actor("maschsee"),
        )
    settle()


def _report(stage: Stage) -> None:
    acts.report(
        stage,
        stage.comments["r4"],
        BrokenRule.INSULT,
        "Hier werden Leute als Träumer beschimpft, die sich Mühe geben.",
        receipt=secrets.token_urlsafe(24),
        who="leine",
    )
    acts.report(
        stage,
        stage.proposals["proben"],
        BrokenRule.OFF_TOPIC,
        "Ich sehe nicht, was Proberäume mit dem Ankommen zu tun haben.",
        receipt=secrets.token_urlsafe(24),
    )
