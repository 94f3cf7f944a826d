"""The plan, the organisations, the units, and the dialogue with who takes part in it."""

from pathlib import Path
from typing import NamedTuple

from app.accounts.models import Person
from app.core.db import db
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.organisations import commands as organisations
from app.organisations.commands import Profile
from app.organisations.models import MandateRole, Organisation, OrganisationKind, Unit
from app.pages.cli import rules
from app.pages.cli.stage import Stage
from app.plan import commands as plan
from app.plan import queries as plans
from app.plan.models import Plan
from app.rounds import commands as rounds
from app.rounds import queries as round_queries

PLAN = Path(plan.__file__).parents[1] / "plans" / "lokaler-integrationsplan-hannover.yaml"
MEASURE = "integrationskonzept-fluechtlinge"


class Partner(NamedTuple):
    """An organisation that does not exist; `who` registers and represents it."""

    who: str
    name: str
    kind: OrganisationKind
    description: str
    languages: tuple[str, ...] = ("de",)
    districts: tuple[int, ...] = ()


PARTNERS = {
    "bruecken": Partner(
        "vertretung",
        "Musterverein Brücken bauen",
        OrganisationKind.MIGRANT,
        "Wir beraten Menschen, die neu in der Stadt sind, in ihrer Sprache. Wir sind ein "
        "erfundener Verein für diese Vorführung.",
        ("de", "ar", "tr"),
        (1, 13),
    ),
    "frauen": Partner(
        "frauen",
        "Beispielinitiative Frauen lernen gemeinsam",
        OrganisationKind.MIGRANT,
        "Frauen lernen von Frauen: Deutsch, Fahrrad fahren, Bewerbungen schreiben. Erfunden.",
        ("de", "ar", "fa"),
        (2, 3),
    ),
    "wohlfahrt": Partner(
        "wohlfahrt",
        "Muster-Wohlfahrtsverband Hannover",
        OrganisationKind.WELFARE,
        "Wir betreiben Beratungsstellen in mehreren Stadtbezirken. Erfunden für die Vorführung.",
    ),
    "freiwillig": Partner(
        "freiwillig",
        "Beispiel-Freiwilligenagentur",
        OrganisationKind.VOLUNTEER_CENTRE,
        "Wir bringen Menschen, die helfen wollen, mit Aufgaben zusammen. Erfunden.",
        ("de", "en"),
    ),
    "nachbarn": Partner(
        "nachbarn",
        "Nachbarschaftskreis Musterstraße",
        OrganisationKind.NEIGHBOURHOOD,
        "Nachbarinnen und Nachbarn einer Unterkunft, die es nicht gibt, an einer Straße, die es "
        "auch nicht gibt.",
        ("de",),
        (4,),
    ),
    "familie": Partner(
        "familie",
        "Beispiel-Familienzentrum Regenbogen",
        OrganisationKind.FAMILY_CENTRE,
        "Kita, Elterncafé und Sprachkurs unter einem Dach. Erfunden für diese Vorführung.",
        ("de", "tr", "ru"),
        (10,),
    ),
    "jugend": Partner(
        "jugend",
        "Musterjugend Hannover-Nord",
        OrganisationKind.MIGRANT,
        "Junge Menschen mit und ohne Fluchterfahrung machen Sport, Musik und Politik. Erfunden.",
        ("de", "en", "ku"),
        (12, 13),
    ),
    "neu": Partner(
        "neu",
        "Beispielverein Neue Nachbarn",
        OrganisationKind.NEIGHBOURHOOD,
        "Wir begleiten Familien beim Umzug in die erste eigene Wohnung. Erfunden.",
        ("de", "uk"),
        (9,),
    ),
    "wartet": Partner(
        "wartet",
        "Muster-Familienzentrum Sonnenweg",
        OrganisationKind.FAMILY_CENTRE,
        "Ein Familienzentrum, das es nicht gibt und das auf seine Prüfung wartet.",
        ("de",),
        (11,),
    ),
}
"""The last two come later: one asks to take part, the other waits for the registry."""

LATER = ("neu", "wartet")

UNITS = {
    "soziales": "Fachbereich Soziales (Beispiel)",
    "stadtteile": "Fachbereich Stadtteile (Beispiel)",
    "bildung": "Fachbereich Bildung (Beispiel)",
}


def bring_plan(stage: Stage) -> None:
    """The city's real plan, as its page describes it."""
    with transaction():
        done = plan.import_plan(PLAN.read_bytes(), by=SYSTEM)
        stage.plan_id = done.plan.id
    stage.field_id = plans.fields(stage.plan_id)[0].id
    measure = plans.measure_by_key(stage.plan_id, MEASURE)
    stage.measure_id = measure.id if measure is not None else 0


def found(stage: Stage) -> None:
    """Organisations register and are verified; units get their people."""
    for key in PARTNERS:
        if key not in LATER:
            register(stage, key)
            verify(stage, key)
    with transaction():
        who = db.session.get_one(Person, stage.people["stellvertretung"])
        organisations.give_mandate(
            stage.organisations["bruecken"],
            who.id,
            MandateRole.DEPUTY,
            by=stage.actor("vertretung"),
        )
        clerk = db.session.get_one(Person, stage.people["verwaltung"])
        for key, name in UNITS.items():
            unit = organisations.create_unit(name, by=stage.actor("betrieb"))
            stage.units[key] = unit.id
            organisations.appoint_to_unit(unit, clerk, by=stage.actor("betrieb"))


def register(stage: Stage, key: str) -> None:
    partner = PARTNERS[key]
    profile = Profile(
        kind=partner.kind,
        description=partner.description,
        languages=partner.languages,
        districts=partner.districts,
        contact_email=f"{key}@example.org",
    )
    with transaction():
        made = organisations.register(partner.name, profile, by=stage.actor(partner.who))
        stage.organisations[key] = made.id


def verify(stage: Stage, key: str) -> None:
    with transaction():
        found = db.session.get_one(Organisation, stage.organisations[key])
        organisations.verify(found, by=stage.actor("register"))


def begin_dialogue(stage: Stage) -> None:
    """The dialogue, its moderator, and the organisations that take part."""
    operator = stage.actor("betrieb")
    with transaction():
        dialogue = rounds.create_dialogue(
            db.session.get_one(Plan, stage.plan_id),
            title="Von der Unterkunft in den Stadtteil",
            question="Was hilft Menschen beim Ankommen in ihrem Stadtteil?",
            summary="Die Maßnahme von 2017 ist abgeschlossen. Gemeinsam entwickeln wir den Plan "
            "weiter: Organisationen machen Vorschläge, alle reden mit, beide Kammern stimmen ab, "
            "und die Verwaltung antwortet auf jeden Vorschlag mit einem Grund.",
            by=operator,
        )
        stage.dialogue_id = dialogue.id
        moderator = db.session.get_one(Person, stage.people["moderation"])
        rounds.appoint_moderator(dialogue, moderator, by=operator)
        rounds.publish_dialogue(dialogue, by=operator)
    rules.play(stage)
    for key in PARTNERS:
        if key not in LATER:
            ask(stage, key)
            accredit(stage, key)


def ask(stage: Stage, key: str) -> None:
    with transaction():
        dialogue = round_queries.get_dialogue(stage.dialogue_id)
        organisation = db.session.get_one(Organisation, stage.organisations[key])
        who = stage.actor(PARTNERS[key].who, key)
        if dialogue is not None:
            rounds.ask_accreditation(dialogue, organisation, by=who)


def accredit(stage: Stage, key: str) -> None:
    with transaction():
        asked = round_queries.accreditation_of(stage.dialogue_id, stage.organisations[key])
        waiting = round_queries.get_accreditation(asked.id) if asked is not None else None
        if waiting is not None:
            rounds.accredit(waiting, by=stage.actor("moderation"))


def unit(stage: Stage, key: str) -> Unit:
    return db.session.get_one(Unit, stage.units[key])
