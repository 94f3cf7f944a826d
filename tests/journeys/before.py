"""What has happened before the main job begins, and the voters who sit at no browser."""

from types import SimpleNamespace

from flask import Flask

from app.accounts import commands as accounts
from app.accounts.commands import passwords
from app.accounts.models import Person, RoleName
from app.core.db import db
from app.core.policy import SYSTEM, Actor, grants_of
from app.core.transactions import transaction
from app.organisations import commands as organisations
from app.organisations.models import OrganisationKind
from app.pages.cli.partners import PLAN
from app.plan import commands as plan
from app.plan import queries as plans
from app.rounds import commands as rounds
from app.voting import commands as voting
from app.voting import queries as votes
from app.voting.methods.chain import new_code

PASSWORD = "a long walk through Linden"
DIALOGUE = "Von der Unterkunft in den Stadtteil"
VEREIN = "Musterverein Brücken bauen"
UNIT = "Fachbereich Soziales"
OTHERS = 9
"""People who vote besides the one at the browser: with ten voters their figures are shown."""


def actor(person: Person) -> Actor:
    return Actor(
        person_id=person.id,
        display_name=person.display_name,
        grants=grants_of(person.id),
        language=person.language,
        email_confirmed=True,
    )


def people(others: int = OTHERS) -> dict[str, Person]:
    """Accounts with a password, by the part before the @."""
    hashed = passwords.hash_password(PASSWORD)
    names = ["betrieb", "register", "moderation", "samira", "robin", "kim"]
    names += [f"person{number}" for number in range(others)]
    roles = {"betrieb": RoleName.OPERATOR, "register": RoleName.REGISTRY}
    found = {}
    with transaction():
        for name in names:
            person = accounts.add_person(
                email=f"{name}@example.org", name=name.title(), language="de"
            )
            accounts.confirm(person, name=name.title(), password_hash=hashed, by=SYSTEM)
            if name in roles:
                accounts.give_role(person, roles[name], by=SYSTEM)
            found[name] = person
    return found


def before_it_begins(platform: Flask) -> SimpleNamespace:
    """The plan, a verified organisation, a unit, and a public dialogue with its moderator."""
    with platform.app_context():
        known = people()
        with transaction():
            done = plan.import_plan(PLAN.read_bytes(), by=SYSTEM)
            operator = actor(known["betrieb"])
            unit = organisations.create_unit(UNIT, by=operator)
            organisations.appoint_to_unit(unit, known["kim"], by=operator)
            verein = organisations.register(
                VEREIN,
                organisations.Profile(kind=OrganisationKind.MIGRANT, description="Wir beraten."),
                by=actor(known["samira"]),
            )
        with transaction():
            organisations.verify(verein, by=actor(known["register"]))
            dialogue = rounds.create_dialogue(
                done.plan, title=DIALOGUE, question="Was hilft beim Ankommen?", by=operator
            )
            rounds.appoint_moderator(dialogue, known["moderation"], by=operator)
            rounds.publish_dialogue(dialogue, by=operator)
        return SimpleNamespace(
            dialogue=f"/dialogues/{dialogue.id}",
            field=plans.fields(done.plan.id)[0].title,
            others=[known[f"person{number}"].id for number in range(OTHERS)],
        )


def others_vote(platform: Flask, question: str, others: list[int]) -> None:
    with platform.app_context():
        for id in others:
            person = db.session.get_one(Person, id)
            with transaction():
                found = votes.get(int(question.rpartition("/")[2]))
                assert found is not None
                voting.cast_secret(found, {"choice": "yes"}, code=new_code(), by=actor(person))
