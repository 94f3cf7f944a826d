"""Plans, fields and measures for tests."""

from itertools import count

from app.core.db import db
from app.core.search import writing
from app.core.transactions import transaction
from app.plan.models import Field, Measure, MeasureDistrict, MeasureState, Plan

_numbers = count(1)


def plan(title: str = "Example plan", **values: object) -> Plan:
    with transaction():
        made = Plan(**{"key": f"plan-{next(_numbers)}", "title": title, **values})
        db.session.add(made)
        db.session.flush()
        writing.touch(db.session(), "plan", made.id)
    return made


def field(plan: Plan, title: str = "", **values: object) -> Field:
    """A field of action."""
    number = next(_numbers)
    with transaction():
        made = Field(
            **{
                "plan_id": plan.id,
                "key": f"field-{number}",
                "title": title or f"Field {number}",
                "position": number,
                **values,
            }
        )
        db.session.add(made)
        db.session.flush()
        writing.touch(db.session(), "field", made.id)
    return made


def measure(
    plan: Plan,
    title: str = "",
    *,
    fields: tuple[Field, ...] = (),
    districts: tuple[int, ...] = (),
    **values: object,
) -> Measure:
    """A running measure, city-wide unless districts are given."""
    number = next(_numbers)
    title = title or f"Measure {number}"
    with transaction():
        made = Measure(
            **{
                "plan_id": plan.id,
                "key": f"measure-{number}",
                "title": title,
                "state": MeasureState.RUNNING,
                "city_wide": not districts,
                **values,
            }
        )
        made.fields = [db.session.get_one(Field, f.id) for f in fields]
        made.districts = [MeasureDistrict(district=d) for d in districts]
        db.session.add(made)
        db.session.flush()
        writing.touch(db.session(), "measure", made.id)
    return made
