"""Pabulib's `.pb` (pabulib.org/format): META, PROJECTS, VOTES, separated by semicolons.

`vote_type` approval gives sets, ordinal gives rankings.
"""

import csv
from collections.abc import Iterator
from typing import Any

from app.voting.methods.base import Content, Grouped, OptionId
from app.voting.methods.files.base import BrokenFile, Poll, number, option_id

SECTIONS = ("META", "PROJECTS", "VOTES")
Row = tuple[int, dict[str, str]]


def read(text: str) -> Poll:
    sections = _sections(text)
    meta = {row["key"]: (line, row.get("value", "")) for line, row in sections["META"]}
    line, kind = meta.get("vote_type", (0, "approval"))
    if kind not in ("approval", "ordinal"):
        raise BrokenFile(line, f"votes of the type {kind!r} are not known, only approval, ordinal")
    if "budget" not in meta:
        raise BrokenFile(0, "META names no budget")
    budget = _money(meta["budget"][1], meta["budget"][0], "the budget")
    names, costs, published = _projects(sections["PROJECTS"])
    ballots: list[tuple[Content, int]] = [
        ({"approved": vote} if kind == "approval" else {"ranking": [[o] for o in vote]}, 1)
        for vote in _votes(sections["VOTES"], names)
    ]
    expected = meta.get("num_votes")
    if expected and number(expected[1], expected[0], "num_votes") != len(ballots):
        raise BrokenFile(
            expected[0], f"num_votes says {expected[1]}, but there are {len(ballots)} votes"
        )
    parameters: dict[str, Any] = {"budget": budget, "costs": costs}
    return Poll(list(names), Grouped(ballots), names, parameters, published)


def _sections(text: str) -> dict[str, list[Row]]:
    """Rows of each section as dictionaries, with their line numbers."""
    found: dict[str, list[Row]] = {}
    header: list[str] | None = None
    name = ""
    for line, fields in _rows(text):
        if len(fields) == 1 and fields[0].strip().upper() in SECTIONS:
            name, header = fields[0].strip().upper(), None
            found[name] = []
        elif not name:
            raise BrokenFile(line, "the file does not begin with META")
        elif header is None:
            header = [field.strip() for field in fields]
        elif len(fields) > len(header):
            raise BrokenFile(line, f"{len(fields)} fields, but {name} has {len(header)}")
        else:
            found[name].append((line, dict(zip(header, fields, strict=False))))
    for section, needed in (("META", "key"), ("PROJECTS", "project_id"), ("VOTES", "vote")):
        if section not in found:
            raise BrokenFile(0, f"there is no section {section}")
        for line, row in found[section]:
            if needed not in row:
                raise BrokenFile(line, f"{section} has no field {needed}")
    return found


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(text.splitlines(keepends=True), delimiter=";")
    try:
        for fields in reader:
            if any(field.strip() for field in fields):
                yield reader.line_num, fields
    except csv.Error as error:
        raise BrokenFile(reader.line_num, str(error))


def _projects(
    rows: list[Row],
) -> tuple[dict[OptionId, str], dict[str, int], list[OptionId] | None]:
    names: dict[OptionId, str] = {}
    costs: dict[str, int] = {}
    selected = []
    for line, row in rows:
        option = option_id(row["project_id"])
        if option in names:
            raise BrokenFile(line, f"project {option} stands twice")
        names[option] = row.get("name", "")
        costs[str(option)] = _money(row.get("cost", ""), line, f"the cost of project {option}")
        if row.get("selected", "").strip() == "1":
            selected.append(option)
    return names, costs, selected if any("selected" in row for _line, row in rows) else None


def _votes(rows: list[Row], known: dict[OptionId, str]) -> Iterator[list[OptionId]]:
    for line, row in rows:
        vote = [option_id(part) for part in row["vote"].split(",") if part.strip()]
        for option in vote:
            if option not in known:
                raise BrokenFile(line, f"there is no project {option}")
        if len(set(vote)) != len(vote):
            raise BrokenFile(line, "a project stands twice in one vote")
        yield vote


def _money(text: str, line: int, what: str) -> int:
    """Whole units; "5000.00" and "5000,0" are whole, too."""
    whole, _point, rest = text.strip().replace(",", ".").partition(".")
    if rest.strip("0"):
        raise BrokenFile(line, f"{what} is no whole number: {text[:40]!r}")
    return number(whole, line, what)
