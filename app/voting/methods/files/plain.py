"""Our own JSON, for every method, and the votes of a polis conversation as CSV.

JSON: `{"options": [ids], "parameters": {…}, "ballots": [ballot, …]}`; instead of a ballot may stand
`[how many, ballot]`. CSV: a row a person, a column a statement (its number), 1, 0, -1 or empty.
"""

import csv
import json
from typing import Any, NoReturn

from app.voting.methods.base import Content, Grouped
from app.voting.methods.files.base import BrokenFile, Poll


def read_json(text: str) -> Poll:
    try:
        value = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise BrokenFile(error.lineno, error.msg)
    except RecursionError:
        raise BrokenFile(0, "the JSON is nested too deeply")
    if not isinstance(value, dict) or not isinstance(value.get("options"), list):
        raise BrokenFile(0, "an object with options, parameters and ballots was expected")
    options = value["options"]
    names = {str(option) for option in options}
    if not all(type(o) in (int, str) for o in options) or len(names) != len(options):
        raise BrokenFile(0, "options are different whole numbers or texts")
    ballots, parameters = value.get("ballots"), value.get("parameters", {})
    if not isinstance(ballots, list) or not isinstance(parameters, dict):
        raise BrokenFile(0, "ballots are a list, parameters an object")
    return Poll(options, Grouped(map(_pair, ballots)), parameters=parameters)


def _pair(value: Any) -> tuple[Content, int]:
    if isinstance(value, list):
        if len(value) != 2 or type(value[0]) is not int or value[0] < 0:
            raise BrokenFile(0, "a ballot is an object, or [how many, object]")
        return value[1], value[0]
    return value, 1


def _no_number(name: str) -> NoReturn:
    raise BrokenFile(0, f"{name} is no number")


def read_csv(text: str) -> Poll:
    rows = csv.reader(text.splitlines(keepends=True))
    header = next(rows, [])
    columns = {place: name for place, name in enumerate(header) if name.isdigit()}
    if not columns:
        raise BrokenFile(1, "no column is named by a statement's number")
    ballots: list[tuple[Content, int]] = []
    for row in rows:
        if len(row) != len(header):
            raise BrokenFile(rows.line_num, f"{len(row)} fields, but there are {len(header)}")
        opinions = {}
        for place, name in columns.items():
            if row[place] not in ("", "1", "0", "-1"):
                raise BrokenFile(rows.line_num, f"statement {name}: {row[place]!r} is no opinion")
            if row[place]:
                opinions[name] = int(row[place])
        ballots.append(({"opinions": opinions}, 1))
    return Poll([int(name) for name in columns.values()], Grouped(ballots))
