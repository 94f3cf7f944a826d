"""Contributions as the pieces that templates/pdf/house.typ sets: no Markdown, no Typst in them."""

import unicodedata
from collections.abc import Iterator
from typing import Any

from markdown_it.token import Token

from app.core.text.markdown import parse

Block = dict[str, Any]
_OPENS = {"blockquote_open": "quote", "bullet_list_open": "list", "ordered_list_open": "numbers"}


def prose(markdown: str) -> list[Block]:
    """The blocks of a text. What the pages show as it was typed is one paragraph in its lines."""
    tokens = parse(markdown)
    if tokens is None:
        return [_as_typed(part) for part in markdown.split("\n\n") if part.strip()]
    return _blocks(iter(tokens))


def direction(text: str) -> str | None:
    """`ltr` or `rtl` by the first letter that has a direction, as browsers find it."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind == "L":
            return "ltr"
        if kind in ("R", "AL"):
            return "rtl"
    return None


def _as_typed(text: str) -> Block:
    spans: list[dict[str, Any]] = []
    for at, line in enumerate(text.strip("\n").split("\n")):
        spans += [{"line": True}] if at else []
        spans.append({"text": line})
    return {"kind": "p", "dir": direction(text), "spans": spans}


def _blocks(tokens: Iterator[Token]) -> list[Block]:
    """All blocks up to the close of the one that the caller is in."""
    found: list[Block] = []
    for token in tokens:
        if token.nesting < 0:
            if token.type not in ("paragraph_close", "heading_close"):
                break
        elif token.type == "inline":
            found.append(
                {"kind": "p", "dir": direction(token.content), "spans": list(_spans(token))}
            )
        elif token.type == "heading_open":
            inline = next(tokens)
            spans = list(_spans(inline))
            found.append({"kind": "heading", "dir": direction(inline.content), "spans": spans})
        elif token.type in _OPENS:
            found.append(_nested(token, tokens))
    return found


def _nested(token: Token, tokens: Iterator[Token]) -> Block:
    kind = _OPENS[token.type]
    if kind == "quote":
        inner = _blocks(tokens)
        return {"kind": kind, "dir": _dir_of(inner), "blocks": inner}
    items = []
    for one in tokens:
        if one.type != "list_item_open":
            break
        items.append(_blocks(tokens))
    start = token.attrGet("start")
    first = next((block for item in items for block in item), None)
    return {
        "kind": kind,
        "dir": first["dir"] if first else None,
        "items": items,
        "start": int(start) if start is not None else 1,
    }


def _dir_of(blocks: list[Block]) -> str | None:
    return blocks[0]["dir"] if blocks else None


def _spans(inline: Token) -> Iterator[dict[str, Any]]:
    strong = emphasis = 0
    link: str | None = None
    for child in inline.children or ():
        match child.type:
            case "strong_open" | "strong_close":
                strong += child.nesting
            case "em_open" | "em_close":
                emphasis += child.nesting
            case "link_open":
                link = str(child.attrGet("href"))
            case "link_close":
                link = None
            case "softbreak" | "hardbreak":
                yield {"line": True}
            case _ if child.content:
                yield {
                    "text": child.content,
                    "strong": bool(strong),
                    "emphasis": bool(emphasis),
                    "link": link,
                }
