"""What people write is shown as they meant it, and can do nothing to those who read it."""

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.text.clean import TextRefused
from app.core.text.markdown import check_nesting, summary, to_html, to_plain

REL = ' rel="nofollow ugc noopener"'
TAGS = {"p", "br", "h1", "h2", "h3", "h4", "h5", "h6"}
TAGS |= {"em", "strong", "ul", "ol", "li", "blockquote", "a"}


class Inspector(HTMLParser):
    """Reads HTML as a browser would, and remembers every tag and attribute."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.words = ""
        self.feed(str(html))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words += data


def assert_harmless(html: str) -> None:
    html.encode()  # no lone surrogates
    seen = Inspector(html)
    assert set(seen.tags) <= TAGS
    for tag, name, value in seen.attributes:
        assert (tag, name) in {("a", "href"), ("a", "rel"), ("ol", "start")} or name == "dir"
        if name == "href":
            assert re.match(r"(https?://|mailto:)", value or "", re.I)
        if name == "rel":
            assert value == "nofollow ugc noopener"
        if name == "dir":
            assert value == "auto"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("One\nline\n\nTwo", '<p dir="auto">One<br>\nline</p>\n<p dir="auto">Two</p>\n'),
        ("*a* **b**", '<p dir="auto"><em>a</em> <strong>b</strong></p>\n'),
        ("- a\n- b", '<ul dir="auto">\n<li>a</li>\n<li>b</li>\n</ul>\n'),
        ("3. a\n4. b", '<ol start="3" dir="auto">\n<li>a</li>\n<li>b</li>\n</ol>\n'),
        ("> a", '<blockquote dir="auto">\n<p>a</p>\n</blockquote>\n'),
        ("    not code", '<p dir="auto">not code</p>\n'),
        ("[a](https://b.de/?c=d&e)", f'<p dir="auto"><a href="https://b.de/?c=d&amp;e"{REL}>a</a></p>\n'),
        ("<https://b.de>", f'<p dir="auto"><a href="https://b.de"{REL}>https://b.de</a></p>\n'),
        ("<a@b.de>", f'<p dir="auto"><a href="mailto:a@b.de"{REL}>a@b.de</a></p>\n'),
        ("[](https://b.de)", f'<p dir="auto"><a href="https://b.de"{REL}>https://b.de</a></p>\n'),
        ("#\n\n# \u200c\n\nx", '<p dir="auto">x</p>\n'),
        ("", ""),
    ],
)  # fmt: skip
def test_the_small_set(written: str, shown: str) -> None:
    assert to_html(written) == shown


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<p><b onclick="x">nested <i>html</i></b></p>',
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](java&#115;cript:alert(1))",
        "[a](<java\nscript:alert(1)>)",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](vbscript:x)",
        "[a](//evil.example)",
        "[a](/de/sign-out)",
        "[a](https:evil.example)",
        "[a](https://hannover.de@evil.example/)",
        "<javascript:alert(1)>",
        "![a](javascript:alert(1))",
        "[a][1]\n\n[1]: javascript:alert(1)",
        "`<script>`\n\n```html\n<script>\n```",
        "&lt;script&gt;&#60;script&#62;",
        "<!-- --><svg><style></svg><a onload=1>",
        "<a href='https://x.de' style='position:fixed'>",
    ],
)
def test_attacks_are_shown_as_words(attack: str) -> None:
    html = to_html(attack)
    assert_harmless(html)
    assert "evil" not in "".join(value or "" for _, _, value in Inspector(html).attributes)
    for word in re.findall(r"\w{4,}", attack):
        assert word in Inspector(html).words


def test_a_links_title_is_dropped() -> None:
    html = to_html('[a](https://b.de "\\" onmouseover=\\"alert(1)")')
    assert html == f'<p dir="auto"><a href="https://b.de"{REL}>a</a></p>\n'


def test_an_image_becomes_a_link_and_asks_no_foreign_host() -> None:
    html = to_html("![the plan](https://b.de/plan.png)")
    assert "<img" not in html
    assert html == f'<p dir="auto">!<a href="https://b.de/plan.png"{REL}>the plan</a></p>\n'


def test_headings_start_where_the_page_wants_them_and_skip_no_level() -> None:
    written = "## A\n\n#### B\n\n###### C\n\n# D\n\n### E"
    assert re.findall(r"<(h\d)[^>]*>(.)", to_html(written, start_level=2)) == [
        ("h2", "A"), ("h3", "B"), ("h4", "C"), ("h2", "D"), ("h3", "E")
    ]  # fmt: skip
    assert re.findall(r"<(h\d)", to_html("# A\n## B\n### C", start_level=5)) == ["h5", "h6", "h6"]


def test_every_outermost_block_finds_its_own_direction() -> None:
    written = "# a\n\nb\n\n- c\n\n  d\n  - e\n\n1. f\n\n> g\n>\n> # h"
    html = to_html(written)
    tags = re.findall(r"<(?:h3|p|ul|ol|blockquote)\b[^>]*>", html)
    directed = [tag for tag in tags if 'dir="auto"' in tag]
    assert len(directed) == 5
    # Inside a directed block nothing is directed: it would take the outer one its direction.
    assert re.search(r'<(ul|blockquote) dir="auto">(?:(?!</\1>).)*dir=', html, re.S) is None


@pytest.mark.parametrize(
    "deep",
    [
        "> " * 100 + "x",
        "- " * 100 + "x",
        "".join("  " * depth + "- x\n" for depth in range(40)),
        "*a " * 3000 + "a* " * 3000,
        "[" * 5000 + "]" * 5000,
        "x" * 100_001,
    ],
)
def test_what_nests_too_deep_is_refused_and_otherwise_shown_as_typed(deep: str) -> None:
    began = time.perf_counter()
    with pytest.raises(TextRefused, match="too_nested"):
        check_nesting(deep)
    html = to_html(deep)
    assert time.perf_counter() - began < 5
    assert html.startswith('<p dir="auto">')
    assert Inspector(html).words.split() == deep.split()
    assert to_plain(deep).split() == deep.split()


def test_ordinary_nesting_is_not_refused() -> None:
    check_nesting("- a\n  - b\n    - c\n\n> > quote of a quote\n\n***very*** [link](https://b.de)")


PATHOLOGICAL = [
    *("*a ", "*_", "a**b", "**", "> ", "[a](", "[](<", "](", "\\", "- a\n", "![", "<", "x* *"),
    *('[a](x "', "# a\n", "1) a\n2. b\n", ">>>>>>>>>>a\n", "<http:", "`", "&amp;", "_a_ "),
]


@pytest.mark.parametrize("piece", PATHOLOGICAL)
def test_no_text_takes_long(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    began = time.perf_counter()
    assert_harmless(to_html(text))
    assert time.perf_counter() - began < 5


def test_plain_words_for_mails_and_search() -> None:
    written = "# Title\n\nSome *words*\nand [a link](https://b.de).\n\n"
    written += "- one\n- two\n  1. three\n\n> quoted"
    plain = "Title\n\nSome words\nand a link.\n\n- one\n- two\n  1. three\n\nquoted"
    assert to_plain(written) == plain


def test_a_summary_is_one_line_cut_between_words() -> None:
    written = "# Title\n\nSome *words*, and\n\n- one\n- two"
    assert summary(written, 100) == "Title Some words, and one two"
    assert summary(written, 18) == "Title Some words…"
    assert summary("Donaudampfschifffahrtsgesellschaft", 10) == "Donaudamp…"
    # A letter is not parted from its marks, nor a family from its members.
    assert summary("नि" * 20, 4) == "नि…"
    assert summary("x👩‍👩‍👧" * 3, 5) == "x…"


@given(st.text(max_size=200), st.integers(2, 50))
def test_a_summary_keeps_its_length(written: str, length: int) -> None:
    short = summary(written, length)
    assert len(short) <= length
    assert "\n" not in short


@given(st.text(st.sampled_from("ab *_[]()<>:/#->1. \n\\!`'\"&;=") | st.characters(), max_size=200))
def test_whatever_is_written_is_harmless(written: str) -> None:
    assert_harmless(to_html(written))


@given(st.text(st.characters(categories=("L", "N")), min_size=1, max_size=60))
def test_words_are_never_lost(words: str) -> None:
    assert Inspector(to_html(f"*{words}*\n\n- {words}")).words.split() == [words, words]
