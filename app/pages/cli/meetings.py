"""Trainings that the plan calls for: one that was, one that is nearly full, and a meeting."""

from datetime import timedelta

from app.answers import queries as answers
from app.comments.commands import Words
from app.comments.models import Stance
from app.comments.queries import targets
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.policy import ANYBODY, Actor
from app.core.transactions import transaction
from app.meetings import commands, queries
from app.meetings.commands import Facts
from app.meetings.models import Meeting, Said
from app.meetings.queries import listing, seats
from app.meetings.queries.listing import Filter
from app.meetings.states import Counts, MeetingKind
from app.pages.cli.stage import Stage, settle
from app.plan import commands as plan
from app.plan import queries as plans
from app.plan.models import Measure
from app.rounds.models import Dialogue

PEOPLE = ("lindenblatt", "maschsee", "tilda", "leine", "roderbruch", "omar", "grace")

MINUTES = """Vierzehn Menschen aus fünf Vereinen waren da.

- Wir haben drei Fälle besprochen.
- Viele wünschen sich eine **feste Ansprechperson**, die man anrufen kann.
- Beim nächsten Mal geht es um Recht im Alltag.
"""


def begin(stage: Stage) -> None:
    """The first training of the measure that an earlier round brought into the plan.

    An entry of its timeline says how many evenings there are to be.
    """
    measure = _measure(stage)
    entry = {
        "text": "Abende für Ehrenamtliche",
        "qualifier": "until",
        "date": (stage.today + timedelta(days=300)).isoformat(),
        "state": "running",
        "target": {"least": 6, "most": 8},
    }
    with transaction():
        plan.change_measure(
            measure,
            timeline=[entry],
            reason="Die Abende haben begonnen.",
            by=stage.actor("verwaltung"),
        )
    _first(stage, measure)


def go_on(stage: Stage) -> None:
    """Who was there, what was said, and what comes next."""
    measure = _measure(stage)
    _was(stage, measure)
    _comes(stage, measure)
    _meets(stage)
    _on_paper(stage)
    settle()


def _measure(stage: Stage) -> Measure:
    made = answers.of_proposal(stage.proposals["schulung"])
    measure = plans.measure(made.measure_id) if made is not None and made.measure_id else None
    if measure is None:
        raise NotFound
    return measure


def _milestone(measure: Measure) -> int:
    return plans.parts_of(measure.id).milestones[0].id


def _facts(stage: Stage, day: float, hours: float, **more: object) -> Facts:
    start = stage.moment(day)
    given: dict[str, object] = {
        "kind": MeetingKind.TRAINING,
        "language": "de",
        "description": "",
        "starts_at": start,
        "ends_at": start + timedelta(hours=hours),
    }
    return Facts(**{**given, **more})  # type: ignore[arg-type]  # names as in the class


def _announce(
    facts: Facts, *, by: Actor, measure: Measure | None = None, dialogue: Dialogue | None = None
) -> Meeting:
    with transaction():
        made = commands.create_meeting(facts, measure=measure, dialogue=dialogue, by=by)
        commands.publish_meeting(made, by=by)
    found = queries.get(made.id)
    if found is None:
        raise NotFound
    return found


def _first(stage: Stage, measure: Measure) -> None:
    facts = _facts(
        stage,
        -6.25,
        2,
        title="Erster Abend: Nähe und Distanz (Beispiel)",
        description="Wie viel Nähe tut gut, und wem? Ein Abend mit Fällen aus der Praxis.",
        place="Beispielhaus, Musterstraße 3, Raum 2",
        district=10,
        spoken=["de"],
        access=["step-free", "childcare"],
        capacity=16,
        milestone_id=_milestone(measure),
        counts=Counts.HELD,
    )
    coming = _announce(facts, measure=measure, by=stage.actor("verwaltung"))
    for who in PEOPLE:
        with transaction(of=coming):
            commands.join(coming, by=stage.actor(who))


def _was(stage: Stage, measure: Measure) -> None:
    by = stage.actor("verwaltung")
    held = listing.listing(Filter(past=True, measure_id=measure.id)).items[0]
    with transaction(of=held):
        there = [one.id for one in seats.confirmed(held.id)][:-1]
        commands.record_attendance(held, seat_ids=there, walk_ins=8, by=by)
        commands.keep_minutes(held, language="de", body=MINUTES, public=True, by=by)


def _comes(stage: Stage, measure: Measure) -> None:
    """Nearly full, so that whoever tries it out gets the last place or waits."""
    facts = _facts(
        stage,
        9.75,
        2.5,
        title="Zweiter Abend: Recht im Alltag (Beispiel)",
        description="Was darf ich als Ehrenamtliche, wofür hafte ich, wen frage ich?\n\n"
        "Für Ehrenamtliche und Hauptamtliche. Mit Bescheinigung.",
        place="Beispielhaus, Musterstraße 3, Saal",
        district=10,
        spoken=["de", "ar"],
        access=["step-free", "childcare", "interpretation"],
        access_note="Dolmetschen in weitere Sprachen: bitte eine Woche vorher Bescheid sagen.",
        capacity=8,
        milestone_id=_milestone(measure),
        counts=Counts.HELD,
        further=[
            Said(
                "ar",
                "الأمسية الثانية: القانون في الحياة اليومية (مثال)",
                "ماذا يحق لي بصفتي متطوعًا؟ وعمّ أكون مسؤولًا؟ ومن أسأل؟\n\n"
                "للمتطوعين والموظفين، مع شهادة حضور. ترجمة شفوية إلى العربية.",
            ),
            Said("en", "Second evening: law in everyday life (example)", ""),
        ],
    )
    coming = _announce(facts, measure=measure, by=stage.actor("verwaltung"))
    for who in PEOPLE:
        with transaction(of=coming):
            commands.join(coming, by=stage.actor(who))


def _meets(stage: Stage) -> None:
    """A meeting of the dialogue, at a place and online, with a guest from the public."""
    facts = _facts(
        stage,
        5.75,
        1.5,
        kind=MeetingKind.MEETING,
        title="Offener Abend zu den neuen Vorschlägen (Beispiel)",
        description="Wer Vorschläge gemacht hat, stellt sie vor. Alle können fragen.",
        place="Freizeitheim Beispiel, Saal 1",
        district=13,
        online_url="https://example.org/offener-abend",
        spoken=["de", "en", "tr"],
        access=["step-free", "sign-language"],
        round_id=stage.round_id,
    )
    dialogue = db.session.get_one(Dialogue, stage.dialogue_id)
    open_evening = _announce(facts, dialogue=dialogue, by=stage.actor("moderation"))
    with transaction(of=open_evening):
        seat, _new = commands.sign_up(
            open_evening,
            name="Nachbarin aus der Nordstadt",
            email="nachbarin@example.org",
            language="de",
            hours=24,
            by=ANYBODY,
        )
        commands.confirm_seat(seat, open_evening, by=ANYBODY)


def _on_paper(stage: Stage) -> None:
    """What somebody handed in on paper stands with the other comments."""
    target = targets.target(stage.proposals["gaerten"])
    if target is None:
        raise NotFound
    words = Words(
        body="Meine Mutter gärtnert jeden Tag. Sie wünscht sich hohe Beete, damit sie sich nicht "
        "bücken muss.",
        form_key="demonstration paper",
        stance=Stance.FOR,
    )
    origin = commands.Origin(name="Frau T. aus Kleefeld", on=clock.today() - timedelta(days=1))
    with transaction(of=target.thing):
        commands.bring_in_comment(
            target.id, target.round, words, origin, by=stage.actor("moderation")
        )
