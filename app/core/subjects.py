"""One handle for whatever can be commented on, reported, followed or traced.

Such a row shares its primary key with a row here, written in the same flush.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from app.core.db import Base, db


class Subject(Base):
    __tablename__ = "subjects"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))


class SubjectMixin:
    """Gives a model `id` as a key shared with `subjects`. Set `__kind__`."""

    __kind__: str

    @declared_attr
    def id(cls) -> Mapped[int]:  # noqa: N805 — SQLAlchemy's declared form
        return mapped_column(ForeignKey("subjects.id"), primary_key=True)

    @declared_attr
    def subject(cls) -> Mapped[Subject]:  # noqa: N805 — SQLAlchemy's declared form
        return relationship(
            Subject,
            foreign_keys=lambda: [cls.__table__.c.id],  # type: ignore[attr-defined]  # of the model
            lazy="raise",
            cascade="save-update, merge",
        )

    def __init__(self, **values: Any) -> None:
        values.setdefault("subject", Subject(kind=self.__kind__))
        super().__init__(**values)


class Description(NamedTuple):
    """What another feature may show of a thing: title, address, whether it is public."""

    title: str
    url: str
    visible: bool


Describer = Callable[[Iterable[int]], dict[int, Description]]
_describers: dict[str, Describer] = {}


def describes(kind: str) -> Callable[[Describer], Describer]:
    """Register the one query that describes subjects of a kind."""

    def register(function: Describer) -> Describer:
        _describers[kind] = function
        return function

    return register


def describe(ids: Iterable[int]) -> dict[int, Description]:
    """Describe any subjects: one query, and one per kind met. Unknown ids are left out."""
    return describe_kinds(kinds_of(ids))


def kinds_of(ids: Iterable[int]) -> dict[int, str]:
    """The kind of each; unknown ids are left out."""
    wanted = set(ids)
    if not wanted:
        return {}
    kinds = select(Subject.id, Subject.kind).where(Subject.id.in_(wanted))
    return dict(db.session.execute(kinds).tuples().all())


def describe_kinds(kinds: Mapping[int, str]) -> dict[int, Description]:
    """The same where the kind of each id is known already: one query per kind."""
    by_kind: dict[str, list[int]] = {}
    for subject_id, kind in kinds.items():
        by_kind.setdefault(kind, []).append(subject_id)
    found: dict[int, Description] = {}
    for kind, members in by_kind.items():
        if kind in _describers:
            found.update(_describers[kind](members))
    return found


def kind_of(subject_id: int) -> str | None:
    return db.session.scalar(select(Subject.kind).where(Subject.id == subject_id))
