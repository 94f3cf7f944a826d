"""Documents: what people wrote is text, every sign has a place, equal data give equal bytes."""

import re
import zlib
from datetime import date

import pytest

from app.core import pdf
from app.core.pdf.writing import direction, prose

DAY = date(2027, 3, 1)

TEMPLATE = """
#import "house.typ": data, house, isolated, prose
#show: house
#title()
Said by #isolated(data.line).
#prose(data.blocks)
"""

HOSTILE = (
    '#panic("no") #import "house.typ": * #read("/etc/passwd") #sys.inputs',
    '$ x^2 $ *a* _b_ `c` ```typ #eval("1")``` <label> @ref // comment /* open',
    "= Heading\n- list\n+ enum\n/ term: x\n\\ \\u{1F600} ~ -- --- ... https://example.org ]]}})))",
    '"], dict(kind: "x") #{ while true {} }',
    "NUL \x00, surrogate \ud800, private \ue000 \U00100000, never \ufffe \U0001ffff, bell \x07",
    '你好 😀 👨‍👩‍👧 ☃ ⠓ 𝔘 "\u0489 a\u0489 \\\u20dd',
    "\u202eevil \u2066isolated\u2069 \u200b\u00ad\ufeff",
    "a" * 20_000,
)


@pytest.fixture(autouse=True)
def template(tmp_path, monkeypatch) -> None:
    house = (pdf.TEMPLATES / "house.typ").read_text("utf-8")
    (tmp_path / "house.typ").write_text(house, "utf-8")
    (tmp_path / "test.typ").write_text(TEMPLATE, "utf-8")
    monkeypatch.setattr(pdf, "TEMPLATES", tmp_path)


def test_hostile_text_stays_text() -> None:
    made = _page("\n\n".join(HOSTILE))
    assert made.startswith(b"%PDF-1.7")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_and_titles(text: str) -> None:
    assert pdf.render(
        "test", {"blocks": [], "line": text}, language="de", title=text, day=DAY
    ).startswith(b"%PDF")


def test_it_says_that_it_is_accessible_and_for_keeping() -> None:
    made = _page("Guten Tag")
    assert b"<pdfuaid:part>1<" in made
    assert b"<pdfaid:part>2<" in made
    assert b"<pdfaid:conformance>A<" in made
    assert b"/Lang(de)" in made.replace(b"/Lang (", b"/Lang(")


def test_equal_data_give_equal_bytes() -> None:
    assert _page("Text **fett** und [Link](https://example.org)") == _page(
        "Text **fett** und [Link](https://example.org)"
    )


def test_arabic_is_set_from_right_to_left_with_its_own_font() -> None:
    made = pdf.render(
        "test",
        {"blocks": prose("مرحبا بكم في مدينة Hannover"), "line": "الحوار"},
        language="ar",
        title="الحوار حول الخطة",
        day=DAY,
    )
    assert b"IBMPlexSansArabic" in made
    assert set("مرحبا") <= set(_words(made))


def test_each_arabic_letter_is_read_out_once() -> None:
    """A font whose dots are signs of their own would give programs every letter twice."""
    arabic = [letter for letter in _words(_page("بيت")) if "\u0600" <= letter <= "\u06ff"]
    assert sorted(arabic) == sorted("بيت")


def test_signs_that_no_font_has_are_marked_and_the_rest_stays() -> None:
    words = _words(_page("Ja 你好 gut"))
    assert "\ufffd" in words
    assert "你" not in words


def test_without_the_extra_it_says_so(monkeypatch, app) -> None:
    monkeypatch.setattr(pdf, "find_spec", lambda _name: None)
    with app.test_request_context("/de/"), pytest.raises(pdf.PdfMissing, match="PDF"):
        _page("x")


def test_what_takes_too_long_is_ended(monkeypatch) -> None:
    monkeypatch.setattr(pdf, "MOST_SECONDS", 0.001)
    with pytest.raises(pdf.PdfFailed, match="seconds"):
        _page("x")


def test_what_becomes_too_large_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(pdf, "MOST_BYTES", 1_000)
    with pytest.raises(pdf.PdfFailed, match="bytes"):
        _page("x")


def test_a_wrong_template_is_an_error_with_its_reason() -> None:
    with pytest.raises(pdf.PdfFailed, match="line"):
        pdf.render("test", {"blocks": []}, language="de", title="x", day=DAY)


def test_markdown_becomes_pieces() -> None:
    assert prose(
        "# Kopf\n\nEin **fetter** Satz\nmit [Link](https://example.org)\n\n3. drei\n4. vier"
    )[0] == {"kind": "heading", "dir": "ltr", "spans": [_span("Kopf")]}
    assert prose("a **b**\n*c*") == [
        {
            "kind": "p",
            "dir": "ltr",
            "spans": [
                _span("a "),
                _span("b", strong=True),
                {"line": True},
                _span("c", emphasis=True),
            ],
        }
    ]
    numbers = prose("3. drei\n4. vier\n   - innen")[0]
    assert (numbers["kind"], numbers["start"], len(numbers["items"])) == ("numbers", 3, 2)
    assert [block["kind"] for block in numbers["items"][1]] == ["p", "list"]
    assert prose("> ja\n> nein")[0]["kind"] == "quote"
    assert prose("") == []


def test_a_direction_is_that_of_the_first_letter() -> None:
    assert [direction(text) for text in ("(1) Ja", "١ نعم", "12:30")] == ["ltr", "rtl", None]


def _span(text: str, **more: bool) -> dict[str, object]:
    return {"text": text, "strong": False, "emphasis": False, "link": None, **more}


def _page(text: str) -> bytes:
    return pdf.render(
        "test", {"blocks": prose(text), "line": "Zeile"}, language="de", title="Titel", day=DAY
    )


def _words(made: bytes) -> str:
    """What the fonts in the file say that their signs mean, in the fonts' order."""
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, re.S):
        try:
            plain = zlib.decompress(stream)
        except zlib.error:
            continue
        if b"beginbf" in plain:
            codes = re.findall(rb"<[0-9A-Fa-f]+>\s*<([0-9A-Fa-f]+)>", plain)
            found += [bytes.fromhex(code.decode()).decode("utf-16-be", "replace") for code in codes]
    return "".join(found)
