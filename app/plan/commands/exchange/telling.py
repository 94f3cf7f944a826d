"""A plan as a file: the same facts that a file brought, and what happened since."""

from typing import Any

import yaml

from app.plan import queries
from app.plan.commands.content import content_of
from app.plan.commands.exchange.bringing import frame
from app.plan.commands.exchange.reading import FORMAT
from app.plan.models import Plan


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
    whole = {
        "format": FORMAT,
        **frame(plan),
        "measures": [content_of(measure, parts[measure.id]) for measure in measures],
    }
    return yaml.dump(
        {key: value for key, value in whole.items() if value},
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=100,
    )
