"""The program that app.core.pdf starts: reads its order from stdin, writes the PDF to stdout.

It runs outside of the application (`python -I`), so that neither time nor memory that a text
takes is taken from a page.
"""

import json
import re
import resource
import sys
from typing import Any

MOST_MEMORY = 1_500_000_000
MOST_CPU_SECONDS = 60
STANDARDS: Any = ["a-2a", "ua-1"]
_ROUNDS = 4
_NO_SIGN = re.compile(r'the text `"(.+?)"` could not be displayed')
# When naming single signs did not help: all but Latin, Greek, Cyrillic, Arabic and punctuation.
_COMMON = re.compile(
    "[^\\x09\\x0a\\x20-\\u024f\\u0370-\\u0377\\u0386-\\u03ff\\u0400-\\u045f\\u0600-\\u06ff"
    "\\u2010-\\u2027\\u2030-\\u203a\\u2068\\u2069]"
)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def main() -> None:
    _limit(resource.RLIMIT_AS, MOST_MEMORY)
    _limit(resource.RLIMIT_CPU, MOST_CPU_SECONDS)
    order = json.load(sys.stdin.buffer)
    made = typeset(order)
    if len(made) > order["most_bytes"]:
        sys.exit(f"the file would have {len(made)} bytes")
    sys.stdout.buffer.write(made)


def _limit(kind: int, most: int) -> None:
    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def typeset(order: dict[str, Any]) -> bytes:
    """Signs that none of the fonts has become U+FFFD: the standards forbid to leave them out."""
    data, said = order["data"], ""
    for attempt in range(_ROUNDS):
        made, said = _tried(order, data)
        if made is not None:
            return made
        missing = _COMMON if attempt == _ROUNDS - 2 else _without_a_sign(said)
        if missing is None:
            sys.exit(said)
        data = _replaced(data, missing)
    sys.exit(said)


def _tried(order: dict[str, Any], data: Any) -> tuple[bytes | None, str]:
    import typst

    files = {f"{name}.typ": text.encode() for name, text in order["templates"].items()}
    files["main"] = files.pop(f"{order['main']}.typ")
    files["data.json"] = json.dumps(data, ensure_ascii=False, sort_keys=True).encode()
    compiler = typst.Compiler(files, font_paths=[order["fonts"]], ignore_system_fonts=True)
    try:
        made: Any = compiler.compile(format="pdf", pdf_standards=STANDARDS)
        return made, ""
    except typst.TypstError as error:
        return None, getattr(error, "diagnostic", "") or str(error)


def _without_a_sign(said: str) -> re.Pattern[str] | None:
    """What was said to have no sign in any font; None where something else is wrong."""
    found = {_plain(text) for text in _NO_SIGN.findall(said)} - {"\ufffd"}
    if not found:
        return None
    longest_first = sorted(found, key=lambda text: (-len(text), text))
    return re.compile("|".join(map(re.escape, longest_first)))


def _plain(text: str) -> str:
    """The text that Rust's way of quoting it stands for."""
    text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
    return text.replace('\\"', '"').replace("\\'", "'").replace("\\\\", "\\")


def _replaced(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return pattern.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: _replaced(one, pattern) for key, one in value.items()}
    if isinstance(value, list):
        return [_replaced(one, pattern) for one in value]
    return value


if __name__ == "__main__":
    main()
