"""Turns the KERN style sheet into the part of it we use, fit for both writing directions.

Four steps, each over the whole sheet: keep only the rules of the components in `KEPT`, turn
physical properties into logical ones (a margin "left" becomes a margin at the start of the line),
turn OKLCH colours into hexadecimal ones that old phones know, and drop custom properties nobody
reads.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

KEPT = (
    "kern-alert",
    "kern-btn",
    "kern-error",
    "kern-fieldset",
    "kern-form-check",
    "kern-form-input",
    "kern-hint",
    "kern-icon",
    "kern-label",
    "kern-sr-only",
    "kern-table",
    "kern-title",
)
# Parts of the kept components that no template uses, or that our own sheet does better.
DROPPED = re.compile(
    r"kern-sr-only-mobile|kern-btn-wrapper|x-small|type=file|file-selector|__input--width|"
    r"kern-form-input__input-group|kern-title--(?:large|x-)|kern-table--striped|kern-label--large|"
    r"kern-title.*(?:button|a\b)|data-kern-theme|kern-(?:dark|light)\b|kern-form-check__.*card"
)
ICONS = {"info", "success", "warning", "danger"}

LOGICAL = {
    "margin-left": "margin-inline-start",
    "margin-right": "margin-inline-end",
    "padding-left": "padding-inline-start",
    "padding-right": "padding-inline-end",
    "border-left": "border-inline-start",
    "border-right": "border-inline-end",
    "left": "inset-inline-start",
    "right": "inset-inline-end",
    "border-top-left-radius": "border-start-start-radius",
    "border-top-right-radius": "border-start-end-radius",
    "border-bottom-left-radius": "border-end-start-radius",
    "border-bottom-right-radius": "border-end-end-radius",
}


@dataclass
class Rule:
    """One block: its prelude (selectors or an at-rule) and either declarations or nested rules."""

    prelude: str
    declarations: list[tuple[str, str]] = field(default_factory=list)
    rules: list["Rule"] = field(default_factory=list)


def convert(css: str) -> str:
    rules = _parse(re.sub(r"/\*.*?\*/", "", css, flags=re.S))
    kept = [rule for rule in (_keep(rule) for rule in rules) if rule]
    for rule in _walk(kept):
        rule.declarations = [
            pair
            for name, value in rule.declarations
            for pair in _logical(name, _hex_colours(value))
        ]
    _drop_unread_properties(kept)
    return "".join(_write(rule) for rule in kept)


def _parse(css: str) -> list[Rule]:
    stack = [Rule("")]
    text = ""
    # A data: address holds semicolons and braces that end nothing: strings are read in one piece.
    for piece in re.findall(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|[{};]|[^{};"\']+', css):
        if piece == "{":
            stack.append(Rule(" ".join(text.split())))
            text = ""
        elif piece in ("}", ";"):
            if ":" in text and not text.lstrip().startswith("@"):
                name, value = text.split(":", 1)
                stack[-1].declarations.append((name.strip(), " ".join(value.split())))
            text = ""
            if piece == "}":
                rule = stack.pop()
                stack[-1].rules.append(rule)
        else:
            text += piece
    return stack[0].rules


def _keep(rule: Rule) -> Rule | None:
    if rule.prelude.startswith("@media"):
        rule.rules = [inner for inner in (_keep(inner) for inner in rule.rules) if inner]
        return rule if rule.rules else None
    if rule.prelude.startswith("@"):
        return None
    selectors = [s for s in _split(rule.prelude, ",") if _wanted(s)]
    rule.prelude = ",".join(re.sub(r"\s*([>~+])\s*", r"\1", s) for s in selectors)
    return rule if selectors and rule.declarations else None


def _wanted(selector: str) -> bool:
    if selector == ":root":
        return True
    classes = re.findall(r"\.(kern-[\w-]+)", selector)
    if not classes or DROPPED.search(selector):
        return False
    for name in classes:
        if name.startswith("kern-icon--") and name.removeprefix("kern-icon--") not in ICONS:
            return False
        if not any(re.fullmatch(rf"{kept}(?:(?:__|--).*|-responsive)?", name) for kept in KEPT):
            return False
    return True


def _logical(name: str, value: str) -> Iterator[tuple[str, str]]:
    if name in LOGICAL:
        yield LOGICAL[name], value
    elif name in ("text-align", "float", "clear"):
        words = {"left": "start", "right": "end"}
        if name != "text-align":
            words = {"left": "inline-start", "right": "inline-end"}
        yield name, words.get(value, value)
    elif (
        name in ("margin", "padding")
        and len(parts := _split(value, " ")) == 4
        and parts[1] != parts[3]
    ):
        yield f"{name}-block", f"{parts[0]} {parts[2]}"
        yield f"{name}-inline", f"{parts[3]} {parts[1]}"
    else:
        yield name, value


def _split(text: str, separator: str) -> list[str]:
    """Split outside of brackets and quotes."""
    parts, depth, quote, current = [], 0, "", ""
    for char in text:
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        depth += (char in "([") - (char in ")]")
        if char == separator and depth == 0 and not quote:
            parts.append(current.strip())
            current = ""
        else:
            current += char
    return [part for part in [*parts, current.strip()] if part]


def _hex_colours(value: str) -> str:
    return re.sub(
        r"oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)",
        lambda m: _oklch(float(m[1]) / 100, float(m[2]), math.radians(float(m[3]))),
        value,
    )


def _oklch(lightness: float, chroma: float, hue: float) -> str:
    """Björn Ottosson's matrices, https://bottosson.github.io/posts/oklab/."""
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(255 * _gamma(min(1.0, max(0.0, c)))):02x}" for c in linear)


def _gamma(channel: float) -> float:
    if channel <= 0.0031308:
        return 12.92 * channel
    return float(1.055 * channel ** (1 / 2.4) - 0.055)


def _drop_unread_properties(rules: list[Rule]) -> None:
    while True:
        read = {
            name
            for rule in _walk(rules)
            for _, value in rule.declarations
            for name in re.findall(r"var\(\s*(--[\w-]+)", value)
        }
        dropped = False
        for rule in _walk(rules):
            left = [
                (n, v)
                for n, v in rule.declarations
                if not n.startswith("--") or n in read or n in OURS
            ]
            dropped |= len(left) < len(rule.declarations)
            rule.declarations = left
        if not dropped:
            return


# Tokens our own sheet reads.
OURS = {
    *(f"--kern-color-feedback-{tone}" for tone in ("info", "success", "warning", "danger")),
    *(
        f"--kern-color-feedback-{tone}-background"
        for tone in ("info", "success", "warning", "danger")
    ),
    "--kern-color-action-default",
    "--kern-color-action-on-default",
    "--kern-color-action-focus-default",
    "--kern-color-layout-text-default",
    "--kern-color-layout-text-muted",
    "--kern-color-layout-background-default",
    "--kern-color-layout-background-hued",
    "--kern-color-layout-border",
    "--kern-color-decorative-border-default",
}


def _walk(rules: list[Rule]) -> Iterator[Rule]:
    for rule in rules:
        yield rule
        yield from _walk(rule.rules)


def _write(rule: Rule) -> str:
    inner = "".join(_write(nested) for nested in rule.rules)
    inner += ";".join(f"{name}:{value}" for name, value in rule.declarations)
    return f"{rule.prelude}{{{inner}}}" + ("\n" if inner else "") if inner else ""
