"""Everything public in one list, found by words: by kind, in the reader's language first."""

from typing import Any, NamedTuple

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.core.languages import LANGUAGES
from app.core.search import asking, excerpts
from app.core.search.asking import Key
from app.core.search.excerpts import Piece
from app.core.search.models import SearchEntry
from app.core.search.sources import Group, source
from app.core.search.words import Terms
from app.core.text.clean import clean_line
from app.core.web import guard
from app.core.web.context import context
from app.core.web.guard import LARGEST_ID
from app.core.web.languages import current
from app.pages.views import bp

_LONGEST = 200  # characters of a search that are looked at

GROUPS: dict[Group, LazyString] = {
    Group.PROPOSALS: _l("Proposals"),
    Group.COMMENTS: _l("Comments"),
    Group.PLAN: _l("Plan"),
    Group.ORGANISATIONS: _l("Organisations"),
    Group.DIALOGUES: _l("Dialogues and rounds"),
    Group.VOTES: _l("Votes"),
    Group.ANSWERS: _l("Official answers"),
    Group.MEETINGS: _l("Trainings and meetings"),
    Group.SITE: _l("About this site"),
}
KINDS: dict[str, LazyString] = {
    "proposal": _l("Proposal"),
    "amendment": _l("Amendment"),
    "comment": _l("Comment"),
    "plan": _l("Plan"),
    "field": _l("Field of action"),
    "measure": _l("Measure"),
    "organisation": _l("Organisation"),
    "dialogue": _l("Dialogue"),
    "round": _l("Round"),
    "question": _l("Vote"),
    "answer": _l("Official answer"),
    "meeting": _l("Meeting"),
    "faq": _l("Question and answer"),
    "legal": _l("About this site"),
}


class Result(NamedTuple):
    """One thing that was found, as it is shown. `lang` is empty in the reader's language."""

    kind: LazyString
    url: str
    title: list[Piece]
    text: list[Piece]
    lang: str
    language: str


@context
def in_the_header() -> dict[str, Any]:
    return {"search_url": url_for("pages.search")}


@bp.get("/search")
@guard("pages.read")
def search() -> ResponseReturnValue:
    """Twenty at a time. Where little is found, mistyped words are looked for too."""
    q = clean_line(request.args.get("q", "")[:_LONGEST], 4 * _LONGEST)  # composing may lengthen it
    group = next((one for one in Group if one.value == request.args.get("kind")), None)
    page = _page(q, group, request.args.get("after", ""))
    return render_template(
        "pages/search.html",
        q=q,
        group=group,
        groups=_groups(q, group, page.counts),
        results=[_result(entry, page.terms) for entry in page.entries],
        total=_total(group, page.counts),
        widened=page.widened,
        next_url=_url(q, group, page.next_key) if page.next_key else "",
        first=not request.args.get("after"),
    )


class _Page(NamedTuple):
    entries: list[SearchEntry]
    counts: dict[Group, int]
    next_key: str
    terms: Terms
    widened: bool


def _page(q: str, group: Group | None, after: str) -> _Page:
    """At most five statements: two for what was typed, three for what may have been meant."""
    terms = asking.terms(q)
    language = current().tag
    wide, key = _key(after)
    exact = asking.find(terms, language, group=group, after=key) if not wide else None
    if exact is not None and (key is not None or len(exact.entries) >= asking.FEW):
        return _Page(exact.entries, exact.counts, _said(exact.next_key), terms, False)
    wider = asking.widened(terms)
    if wider == terms:
        found = exact or asking.find(terms, language, group=group, after=key)
        return _Page(found.entries, found.counts, _said(found.next_key), terms, False)
    meant = asking.find(wider, language, group=group, after=key, but=terms)
    entries = [*(exact.entries if exact else ()), *meant.entries]
    return _Page(
        entries, meant.counts, _said(meant.next_key, wide=True), wider, bool(meant.entries)
    )


def _key(said: str) -> tuple[bool, Key | None]:
    """Whether mistyped words are looked for, and behind what; garbage is the first page."""
    wide = said.startswith("n")
    part, _point, id_ = said.removeprefix("n").partition(".")
    for number in (part, id_):
        if not (number.isascii() and number.isdecimal() and len(number) <= 10):
            return False, None
    return wide, Key(int(part), min(int(id_), LARGEST_ID))


def _said(key: Key | None, *, wide: bool = False) -> str:
    return f"{'n' if wide else ''}{key.part}.{key.id}" if key is not None else ""


def _url(q: str, group: Group | None, after: str = "") -> str:
    kind = group.value if group else None
    return url_for("pages.search", q=q, kind=kind, after=after or None)


def _result(entry: SearchEntry, terms: Terms) -> Result:
    language, title, body = excerpts.found_in(entry.versions, terms, current().tag)
    own = language == current().tag
    known = LANGUAGES.get(language)
    return Result(
        KINDS[entry.kind],
        source(entry.kind).address(entry.key, entry.place),
        excerpts.marked(title, terms.forms, language),
        excerpts.excerpt(body, terms.forms, language),
        "" if own or known is None else known.locale,
        "" if own or known is None else known.native_name,
    )


def _total(group: Group | None, counts: dict[Group, int]) -> tuple[int, bool]:
    """How many were found, and whether there are more than that."""
    chosen = [counts[group]] if group is not None else list(counts.values())
    most = asking.MOST_COUNTED
    return sum(min(count, most) for count in chosen), any(count > most for count in chosen)


def _groups(q: str, chosen: Group | None, counts: dict[Group, int]) -> list[dict[str, Any]]:
    """A link for everything, and one for each kind of which something was found."""
    total, more = _total(None, counts)
    everything = {
        "label": _l("Everything"),
        "count": total,
        "more": more,
        "url": _url(q, None),
        "current": chosen is None,
    }
    kinds = [
        {
            "label": GROUPS[group],
            "count": min(count, asking.MOST_COUNTED),
            "more": count > asking.MOST_COUNTED,
            "url": _url(q, group),
            "current": group is chosen,
        }
        for group, count in counts.items()
        if count or group is chosen
    ]
    return [everything, *kinds]
