"""Where the demonstration plays: everybody and everything by a short name, and a moving clock."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from flask import current_app

from app.accounts.models import Person
from app.core import clock, jobs
from app.core.db import db
from app.core.errors import NotFound
from app.core.policy import Actor, grants_of
from app.proposals import queries as proposals
from app.proposals.models import Proposal
from app.rounds import queries as rounds
from app.rounds.models import Round
from config import Settings


@dataclass
class Stage:
    """Ids by short names. Days count from the day on which the demonstration is loaded."""

    today: date
    people: dict[str, int] = field(default_factory=dict)
    organisations: dict[str, int] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    proposals: dict[str, int] = field(default_factory=dict)
    comments: dict[str, int] = field(default_factory=dict)
    plan_id: int = 0
    field_id: int = 0
    measure_id: int = 0
    dialogue_id: int = 0
    round_id: int = 0
    method_round_id: int = 0

    def moment(self, day: float) -> datetime:
        """-1.5 is noon of the day before yesterday, 12.75 six in the evening in twelve days."""
        whole, part = divmod(day, 1)
        midnight = datetime.combine(self.today + timedelta(days=whole), time())
        return clock.from_local(midnight + timedelta(days=part))

    def go(self, day: float) -> None:
        """Let time pass until then, and do what came due meanwhile."""
        clock.tick(self.moment(day) - clock.now())
        settle()

    def actor(self, who: str, organisation: str = "") -> Actor:
        """Somebody with the roles of this moment, speaking for an organisation if one is named."""
        person = db.session.get_one(Person, self.people[who])
        return Actor(
            person_id=person.id,
            display_name=person.display_name,
            organisation_id=self.organisations[organisation] if organisation else None,
            grants=grants_of(person.id),
            language=person.language,
            email_confirmed=True,
        )

    def round(self) -> Round:
        """The round that is being played."""
        found = rounds.get(self.round_id)
        if found is None:
            raise NotFound
        return found

    def proposal(self, name: str) -> Proposal:
        found = proposals.get(self.proposals[name])
        if found is None:
            raise NotFound
        return found


def settle() -> None:
    """Do everything that is due, and what comes due by it."""
    while jobs.run_due():
        pass


@contextmanager
def nobody_gets_mail() -> Iterator[None]:
    """What the platform would have mailed in the past goes to a folder that is thrown away."""
    settings: Settings = current_app.config["SETTINGS"]
    with tempfile.TemporaryDirectory(prefix="plandialog-past-") as folder:
        current_app.config["SETTINGS"] = replace(settings, smtp_url="", data_dir=folder)
        try:
            yield
        finally:
            current_app.config["SETTINGS"] = settings
