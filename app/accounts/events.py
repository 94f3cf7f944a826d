"""What happened to accounts. Ids only: names and addresses stay out of the log."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PersonSignedUp(Event):
    """The address is confirmed: from now on the person can take part."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class NameChanged(Event):
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event):
    person_id: int


@dataclass(frozen=True, kw_only=True)
class AddressChanged(Event):
    person_id: int


@dataclass(frozen=True, kw_only=True)
class ProfileShown(Event):
    """Everybody sees on one page what the person wrote in public."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class ProfileHidden(Event):
    """There is no such page any more."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class SessionsEnded(Event):
    """Signed out everywhere."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class AccountDeleted(Event):
    """The row is empty now. Who keeps mandates or follows of the person ends them."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class RoleGiven(Event):
    person_id: int
    role: str


@dataclass(frozen=True, kw_only=True)
class RoleEnded(Event):
    person_id: int
    role: str
