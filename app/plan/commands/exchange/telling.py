"""A plan as a file: the same facts that a file brought, and what happened since."""

from typing import Any

import yaml

from app.plan import queries
from app.plan.commands.content import content_of, filled
from app.plan.commands.exchange.bringing import frame
from app.plan.commands.exchange.languages import tell_translations
from app.plan.commands.exchange.reading import FORMAT
from app.plan.models import Plan
from app.plan.queries import translations as reading


class _Dumper(yaml.SafeDumper):
    """Paragraphs as they read, lists indented."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _text)


def export_plan(plan: Plan) -> str:
    """The plan in the format of docs/plan-format.md."""
    measures = sorted(queries.measures_of(plan.id), key=lambda measure: measure.id)
    parts = queries.parts([measure.id for measure in measures])
    framed, kept = frame(plan), reading.of_plan(plan.id)
    fields = queries.fields(plan.id)
    goals = queries.overarching([field.id for field in fields])
    for said, field in zip(framed["fields"], fields, strict=True):
        own = [goal for goal in goals if goal.field_id == field.id]
        told = tell_translations(reading.of_field(field, own), kept.get(field.id, []))
        said.update(filled({"translations": told}))
    whole = {
        "format": FORMAT,
        **framed,
        "measures": [
            {
                **content_of(measure, parts[measure.id]),
                **filled(
                    {
                        "translations": tell_translations(
                            reading.of_measure(measure, parts[measure.id]),
                            kept.get(measure.id, []),
                        )
                    }
                ),
            }
            for measure in measures
        ],
    }
    return yaml.dump(
        {key: value for key, value in whole.items() if value},
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=100,
    )
