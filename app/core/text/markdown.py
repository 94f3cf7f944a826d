"""Contributions are written in a small Markdown and shown as HTML that cannot do anything.

Known are paragraphs, line breaks, headings, emphasis, lists, quotes and links; everything else
is shown as it was typed. Two walls stand behind one another: the parser knows no HTML, no image
and no foreign link scheme, and nh3 lets only listed tags and attributes through.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import zip_longest

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from app.core.text.clean import TextRefused

# What nests deeper, or brackets more, is an attack on the parser or on the reader's browser.
DEEPEST = 20
MOST_BRACKETS = 1_000
MOST_CHARACTERS = 100_000

# A user part ("https://hannover.de@example.org") only ever serves to deceive.
_LINK = re.compile(r"(?:https?://[^/?#\\@\s]+(?:[/?#].*)?|mailto:[^\s?]+(?:\?.*)?)\Z", re.I | re.S)

# Cleaned texts hold none; a preview of what was just typed might, and nh3 refuses them.
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

_TAGS = {"p", "br", "h1", "h2", "h3", "h4", "h5", "h6", "em", "strong", "ul", "ol", "li"}
_TAGS |= {"blockquote", "a"}
_DIRECTED = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote"}

_cleaner = nh3.Cleaner(
    tags=_TAGS,
    attributes={"a": {"href"}, "ol": {"start"}, "*": set()},
    tag_attribute_values={tag: {"dir": {"auto"}} for tag in _DIRECTED},
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel="nofollow ugc noopener",
)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "breaks": True, "maxNesting": DEEPEST})
    # Without "entity": what is typed is what is seen, and no &#x202e; turns a line around.
    # Without "code": an indented paragraph is a paragraph.
    parser.enable(["blockquote", "list", "heading"])
    parser.enable(["emphasis", "balance_pairs", "fragments_join", "link", "autolink"])
    parser.enable(["newline", "escape"])
    parser.validateLink = is_safe_link  # type: ignore[assignment, method-assign]  # markdown-it's documented way
    return parser


def is_safe_link(address: str) -> bool:
    """Whether a link may lead there: http, https or mailto, and no relative address."""
    return _LINK.match(address) is not None


_markdown = _parser()


def check_nesting(markdown: str) -> None:
    """Raise `TextRefused("too_nested")` for what `to_html` would show as it was typed."""
    if parse(markdown) is None:
        raise TextRefused("too_nested")


def parse(markdown: str) -> list[Token] | None:
    """The parser's tokens, or None where the text is too long or too deep to be parsed whole."""
    if len(markdown) > MOST_CHARACTERS or markdown.count("[") > MOST_BRACKETS:
        return None
    tokens = _markdown.parse(markdown)
    for token in tokens:
        # One step earlier than the parser, which drops what lies deeper.
        if token.level >= DEEPEST - 1:
            return None
        if any(child.level >= DEEPEST for child in token.children or ()):
            return None
    return tokens


def to_html(markdown: str, *, start_level: int = 3) -> Markup:
    """Safe HTML. Its highest heading is an `h{start_level}`, and none skips a level.

    Each outermost block finds its own direction (`dir="auto"`); what lies inside follows it. A
    text that `check_nesting` refuses is shown as it was typed.
    """
    markdown = _LONE_SURROGATE.sub("\ufffd", markdown)
    tokens = parse(markdown)
    if tokens is None:
        return _as_typed(markdown)
    tokens = _without_empty_headings(tokens)
    _level_headings(tokens, start_level)
    for token in tokens:
        if token.level == 0 and token.nesting == 1:
            token.attrSet("dir", "auto")
        _name_empty_links(token)
    html: str = _markdown.renderer.render(tokens, _markdown.options, {})
    return Markup(_cleaner.clean(html))  # noqa: S704 — what leaves the second wall is safe


def to_plain(markdown: str) -> str:
    """The words alone, for mails and search: blocks parted by an empty line, items by a line."""
    return "".join(_plain_pieces(markdown, bullets=True)).strip()


def summary(markdown: str, length: int) -> str:
    """The first words on one line, at most `length` characters, with "…" where they are cut."""
    words = " ".join("".join(_plain_pieces(markdown, bullets=False)).split())
    if len(words) <= length:
        return words
    cut = words.rfind(" ", 0, length)
    if cut < length // 2:
        cut = length - 1
        while cut > 0 and _belongs_to_the_one_before(words, cut):
            cut -= 1
    return words[:cut].rstrip(" .,;:،؛") + "…"


def _belongs_to_the_one_before(text: str, index: int) -> bool:
    joiner = "\u200d"
    category = unicodedata.category(text[index])
    return category in ("Mn", "Mc", "Me") or joiner in text[index - 1 : index + 1]


def _as_typed(text: str) -> Markup:
    paragraphs = [p for p in re.split(r"\n\s*\n", text) if p.strip()]
    lines = Markup("<br>\n")
    return Markup("").join(
        Markup('<p dir="auto">{}</p>\n').format(lines.join(paragraph.strip("\n").split("\n")))
        for paragraph in paragraphs
    )


def _shows_nothing(text: str) -> bool:
    return all(unicodedata.category(character)[0] in "ZC" for character in text)


def _without_empty_headings(tokens: list[Token]) -> list[Token]:
    """A screen reader would announce a heading and then nothing."""
    kept = []
    empty = False
    for token, following in zip_longest(tokens, tokens[1:]):
        if token.type == "heading_open":
            empty = _shows_nothing(following.content)
        if not empty:
            kept.append(token)
        if token.type == "heading_close":
            empty = False
    return kept


def _name_empty_links(inline: Token) -> None:
    """A link without a text is called by its address, so that it can be seen and read out."""
    children: list[Token] = []
    words = ""
    address = ""
    for child in inline.children or ():
        if child.type == "link_open":
            words, address = "", str(child.attrGet("href"))
        elif child.type == "link_close" and _shows_nothing(words):
            children.append(Token("text", "", 0, content=address))
        words += child.content
        children.append(child)
    if inline.children:
        inline.children = children


def _level_headings(tokens: Iterable[Token], start_level: int) -> None:
    """Give headings levels from `start_level` on, in which every step down is one level."""
    above: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, start_level + len(above) - 1)}"


def _plain_pieces(markdown: str, *, bullets: bool) -> Iterator[str]:
    tokens = parse(markdown)
    if tokens is None:
        yield markdown
        return
    lists = 0
    item_opens = ""
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists -= 1
            if not lists:
                yield "\n"
        elif token.type == "list_item_open":
            number = f"{token.info}{token.markup} " if token.info else "- "
            item_opens = "  " * (lists - 1) + number if bullets else ""
        elif token.type == "inline":
            yield item_opens + _words_of(token) + ("\n" if lists else "\n\n")
            item_opens = ""


def _words_of(inline: Token) -> str:
    return "".join(
        "\n" if child.type in ("softbreak", "hardbreak") else child.content
        for child in inline.children or ()
    )
