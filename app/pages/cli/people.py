"""Who takes part: one account for each role to try out, and a few others."""

from typing import NamedTuple

from sqlalchemy import func, select

from app.accounts import commands as accounts
from app.accounts.commands import passwords
from app.accounts.models import RoleName
from app.core.db import db
from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.notifications import commands as notifications
from app.notifications.models import Notice
from app.pages.cli.stage import Stage

PASSWORD = "Dialog-zum-Ausprobieren"  # noqa: S105 — for people who do not exist, accounts_text() prints it


class Account(NamedTuple):
    """An account to try a role out; `does` is printed."""

    key: str
    name: str
    does: str

    @property
    def email(self) -> str:
        return f"{self.key}@example.org"


ACCOUNTS = (
    Account("vertretung", "Samira (Beispiel)", "represents an organisation"),
    Account("stellvertretung", "Deniz (Beispiel)", "deputy in the same organisation"),
    Account("person", "Robin (Beispiel)", "a registered person"),
    Account("moderation", "Moderation Alex (Beispiel)", "moderates the dialogue"),
    Account("verwaltung", "Kim aus dem Fachbereich (Beispiel)", "answers for the administration"),
    Account("register", "Registerstelle Toni (Beispiel)", "verifies organisations"),
    Account("betrieb", "Betrieb Sascha (Beispiel)", "operates this instance"),
)

OTHERS = {
    "wohlfahrt": ("Katrin W.", "de"),
    "freiwillig": ("Jürgen F.", "de"),
    "nachbarn": ("Heike N.", "de"),
    "familie": ("Petra L.", "de"),
    "frauen": ("Leyla A.", "de"),
    "jugend": ("Emre K.", "de"),
    "neu": ("Olena S.", "de"),
    "wartet": ("Miriam D.", "de"),
    "lindenblatt": ("Lindenblatt", "de"),
    "maschsee": ("Maschseeläufer", "de"),
    "yasmin": ("yasmin_h", "ar"),
    "grace": ("Grace from Nordstadt", "en"),
    "ahmet": ("Ahmet Usta", "de"),
    "kroepcke": ("Kröpckeuhr", "de"),
    "leine": ("Leineufer", "de"),
    "omar": ("Omar B.", "ar"),
    "roderbruch": ("Roderbruch lernt", "de"),
    "tilda": ("Tilda", "de"),
    "vahrenheide": ("Vahrenheiderin", "de"),
    "stoecken": ("Stöckener", "de"),
}
"""Pseudonyms of people who do not exist, and the language in which they get mail."""


def come(stage: Stage) -> None:
    """Everybody signs up. Their password is hashed once: it takes long on purpose."""
    hashed = passwords.hash_password(PASSWORD)
    everybody = {a.key: (a.name, "de") for a in ACCOUNTS} | OTHERS
    with transaction():
        for key, (name, language) in everybody.items():
            person = accounts.add_person(email=f"{key}@example.org", name=name, language=language)
            accounts.confirm(person, name=name, password_hash=hashed, by=SYSTEM)
            stage.people[key] = person.id
            if key == "betrieb":
                accounts.give_role(person, RoleName.OPERATOR, by=SYSTEM)
            if key == "register":
                accounts.give_role(person, RoleName.REGISTRY, by=SYSTEM)


def read_inboxes(stage: Stage) -> None:
    """What happened long ago is not new to anybody."""
    with transaction():
        newest = db.session.scalar(select(func.max(Notice.id))) or 0
        for person_id in stage.people.values():
            notifications.mark_all_read(person_id, until=newest)


def accounts_text() -> str:
    """What somebody needs to sign in and try a role out."""
    lines = [f"  {account.email:30} {account.does}" for account in ACCOUNTS]
    return "\n".join(["Accounts of the demonstration, password " + PASSWORD, *lines])
