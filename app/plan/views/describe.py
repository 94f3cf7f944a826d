"""How other features name the plan, its fields, measures, goals and entries of a timeline."""

from collections.abc import Iterable

from flask import url_for

from app.core.subjects import Description, describes
from app.core.text.markdown import summary
from app.plan.queries import names, paragraphs


def _described(found: dict[int, names.Name], anchor: str = "") -> dict[int, Description]:
    return {
        id: Description(
            name.title, _address(name, f"{anchor}-{id}" if anchor else None), name.there
        )
        for id, name in found.items()
    }


def _address(name: names.Name, anchor: str | None) -> str:
    if name.measure_id is not None:
        return url_for("plan.show", id=name.measure_id, _anchor=anchor)
    return url_for("plan.index", plan=name.plan_key, field=name.field_id)


@describes("measure")
def measures(ids: Iterable[int]) -> dict[int, Description]:
    return _described(names.measure_names(ids))


@describes("plan")
def plans(ids: Iterable[int]) -> dict[int, Description]:
    return _described(names.plan_names(ids))


@describes("field")
def fields(ids: Iterable[int]) -> dict[int, Description]:
    return _described(names.field_names(ids))


@describes("goal")
def goals(ids: Iterable[int]) -> dict[int, Description]:
    return _described(names.goal_names(ids))


@describes("paragraph")
def described_paragraphs(ids: Iterable[int]) -> dict[int, Description]:
    """The beginning of its words stands for a title; what is gone can still be read."""
    return {
        id: Description(summary(name.words, 80), url_for("plan.paragraph", id=id), True)
        for id, name in paragraphs.names(ids).items()
    }


@describes("milestone")
def milestones(ids: Iterable[int]) -> dict[int, Description]:
    return _described(names.milestone_names(ids), "entry")
