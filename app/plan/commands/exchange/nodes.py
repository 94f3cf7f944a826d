"""YAML as nodes that know their lines. Nothing of a file is ever executed or expanded."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from typing import Any, NoReturn, TypeVar, cast

import yaml

from app.core.errors import Invalid
from app.core.text.clean import TextRefused, clean_line, clean_text
from app.core.text.markdown import check_nesting
from app.plan.commands.content import amount, cents, read_date

LARGEST = 1_000_000  # bytes; the plan of a whole city is a tenth of it
DEEPEST = 12
T = TypeVar("T")
_PLAIN_TAGS = tuple(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map", "value", "merge")
)
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DECIMAL = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,2})?")
_MONEY = re.compile(r"[0-9]{1,13}(?:\.[0-9]{2})?")


class WrongFile(Invalid):
    """A file that cannot be imported: the line (from 1, 0 for the whole file) and the reason."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}" if line else reason)
        self.line = line
        self.reason = reason


def wrong(node: yaml.Node, reason: str) -> NoReturn:
    raise WrongFile(node.start_mark.line + 1, reason)


class _Loader(yaml.SafeLoader):
    """Refuses what could grow: aliases and deep nesting."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event: Any = cast(Any, self).peek_event()  # PyYAML's types lack it
        line: int = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            raise WrongFile(line, "aliases (*name) are not read")
        self.depth += 1
        if self.depth > DEEPEST:
            raise WrongFile(line, "this is nested too deeply")
        node: Any = super().compose_node(parent, index)
        self.depth -= 1
        if node.tag not in _PLAIN_TAGS:
            wrong(node, f"the tag {node.tag!r} is not read")
        return node


def parse(content: bytes) -> yaml.Node:
    """The one document of a file; raises WrongFile."""
    if len(content) > LARGEST:
        raise WrongFile(0, f"the file is larger than {LARGEST} bytes")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise WrongFile(line, "this is not UTF-8") from None
    loader = None
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise WrongFile(mark.line + 1 if mark else 0, f"{error.problem}") from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        raise WrongFile(line, "a character that no file may hold") from None
    finally:
        if loader is not None:
            loader.dispose()
    if node is None:
        raise WrongFile(0, "the file is empty")
    return node


class Mapping:
    """A mapping with only the keys `known`; every reader names line and reason of what is wrong."""

    def __init__(self, node: yaml.Node, known: Iterable[str]) -> None:
        known = tuple(known)
        if not isinstance(node, yaml.MappingNode):
            wrong(node, f"keys and values are expected here: {', '.join(known)}")
        self.node = node
        self.values: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            if name not in known:
                wrong(key, f"unknown key {name!r}; known here are {', '.join(known)}")
            if name in self.values:
                wrong(key, f"the key {name!r} stands here twice")
            self.values[name] = value

    def node_of(self, key: str) -> yaml.Node:
        """The value of a key that must be there."""
        if key not in self.values:
            wrong(self.node, f"{key!r} is missing")
        return self.values[key]

    def line(self, key: str, *, most: int = 200, required: bool = False) -> str:
        """One line of text; empty where the key is not there."""
        return self._text(key, required, lambda text: clean_line(text, most), most)

    def text(self, key: str, *, most: int = 20_000, required: bool = False) -> str:
        """Several paragraphs of Markdown."""
        return self._text(key, required, lambda text: _clean(text, most), most)

    def _text(self, key: str, required: bool, clean: Callable[[str], str], most: int) -> str:
        if key not in self.values and not required:
            return ""
        return text_of(self.node_of(key), clean, most)

    def key(self, key: str = "key", *, most: int = 80) -> str:
        """A name for machines: small letters, digits, hyphens."""
        value = self.line(key, most=most, required=True)
        if not _KEY.fullmatch(value):
            wrong(self.values[key], f"{value!r} is no key: small letters, digits and hyphens")
        return value

    def choice(self, key: str, enum: type[StrEnum], *, required: bool = True) -> str:
        """One of an enum's values."""
        value = self.line(key, required=required)
        known = [member.value for member in enum]
        if (key in self.values) and value not in known:
            wrong(self.values[key], f"{value!r} is not one of {', '.join(known)}")
        return value

    def number(self, key: str, least: int, most: int, *, required: bool = False) -> int | None:
        value = self.line(key, required=required)
        if key not in self.values:
            return None
        return whole_number(self.values[key], value, least, most)

    def date(self, key: str, *, day: bool = False) -> str:
        """2017, 2018-01 or 2017-12-31; with `day` only the last."""
        value = self.line(key)
        if key in self.values:
            try:
                found: date = read_date(value)[0]
            except ValueError:
                wrong(self.values[key], f"{value!r} is no date such as 2017, 2018-01, 2017-12-31")
            if day and len(value) != 10:
                wrong(self.values[key], f"{value!r} is no day such as 2017-12-31")
            if not 1900 <= found.year <= 2200:
                wrong(self.values[key], "the year is not between 1900 and 2200")
        return value

    def money(self, key: str) -> int | str:
        """An amount as `content.amount` writes it."""
        value = self.line(key, required=True)
        if not _MONEY.fullmatch(value):
            wrong(self.values[key], f"{value!r} is no amount such as 495016 or 12.50")
        amount, _, rest = value.partition(".")
        return f"{int(amount)}.{rest}" if rest.strip("0") else int(amount)

    def decimal(self, key: str, *, required: bool = False) -> int | str | None:
        """A number with at most two decimals, as `content.amount` writes it."""
        value = self.line(key, required=required)
        if key not in self.values:
            return None
        if not _DECIMAL.fullmatch(value):
            wrong(self.values[key], f"{value!r} is no number such as 120, 12.5 or -3")
        return amount(cents(value))

    def items(self, key: str) -> list[yaml.Node]:
        """The entries of a list; none where the key is not there."""
        return entries(self.values[key]) if key in self.values else []

    def lines(self, key: str, *, most: int = 200) -> list[str]:
        """A list of single lines, none of them twice."""
        return unique(
            [
                (node, text_of(node, lambda text: clean_line(text, most), most))
                for node in self.items(key)
            ]
        )


def entries(node: yaml.Node) -> list[yaml.Node]:
    if not isinstance(node, yaml.SequenceNode):
        wrong(node, "a list is expected here: entries that begin with a hyphen")
    found: list[yaml.Node] = node.value
    return found


def unique(values: list[tuple[yaml.Node, T]]) -> list[T]:
    seen: list[T] = []
    for node, value in values:
        if value in seen:
            wrong(node, f"{value!r} stands here twice")
        seen.append(value)
    return seen


def whole_number(node: yaml.Node, value: str, least: int, most: int) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", value) or not least <= int(value) <= most:
        wrong(node, f"{value!r} is no number from {least} to {most}")
    return int(value)


def text_of(node: yaml.Node, clean: Callable[[str], str], most: int) -> str:
    if not isinstance(node, yaml.ScalarNode):
        wrong(node, "a text is expected here")
    try:
        value = clean(node.value)
    except TextRefused as refused:
        if refused.reason == "too_nested":
            wrong(node, "lists, quotes or brackets in this text are nested too deeply")
        wrong(node, f"this text is longer than {most} characters")
    if not value or node.tag.endswith(":null"):
        wrong(node, "there is no value; leave the key out where nothing is known")
    return value


def _clean(text: str, most: int) -> str:
    cleaned = clean_text(text, most)
    check_nesting(cleaned)
    return cleaned
