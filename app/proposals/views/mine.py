"""What a person contributed: proposals and drafts, comments, supports."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.comments import queries as comments
from app.comments.queries import unconfirmed
from app.core.states import Visibility
from app.core.subjects import describe
from app.core.text.markdown import summary
from app.core.text.numbers import small_number
from app.core.web import actor, guard
from app.core.web.context import menu
from app.proposals import queries
from app.proposals.views import bp
from app.proposals.views.words import comment_badge, state_badge

menu("account", _l("My contributions"), "proposals.mine", 20, "proposals.mine")

_PARTS = {
    "proposals": _l("Proposals"),
    "comments": _l("Comments"),
    "support": _l("Supported"),
    "discarded": _l("Discarded drafts"),
}


@bp.get("/my/contributions")
@guard("proposals.mine")
def mine() -> ResponseReturnValue:
    """Each with its state and the way to it, twenty at a time, in four parts."""
    part = request.args.get("part", "")
    part = part if part in _PARTS else "proposals"
    entries, after = _entries(part, small_number(request.args.get("after")))
    return render_template(
        "proposals/mine.html",
        part=part,
        tabs=[
            {
                "label": label,
                "url": url_for("proposals.mine", part=name if name != "proposals" else None),
                "current": name == part,
            }
            for name, label in _PARTS.items()
        ],
        entries=entries,
        unclaimed=_unclaimed() if part == "comments" else [],
        further=request.args.get("after", ""),
        next_url=url_for("proposals.mine", part=part, after=after) if after else "",
    )


Entry = tuple[str, str, str, object, object, int | None]
"""Title, address, who or where, badge, the moment; what can be traced, once it is public."""


def _entries(part: str, after: int | None) -> tuple[list[Entry], int | None]:
    person_id = actor().person_id
    assert person_id is not None  # noqa: S101 — the rule lets nobody else in
    if part == "comments":
        return _comments(person_id, after)
    if part == "support":
        supported = queries.supported_page(person_id, after)
        return [
            (
                one.title,
                url_for("proposals.show", id=one.id),
                "",
                state_badge(one),
                support.at,
                _traced(one),
            )
            for support, one in supported.supports
        ], supported.after
    own = queries.mine_page(actor(), after, discarded=part == "discarded")
    return [
        (
            one.title or _("Draft without a title"),
            url_for("proposals.show", id=one.id),
            one.organisation.name if one.organisation else "",
            state_badge(one),
            one.saved_at,
            _traced(one),
        )
        for one in own.proposals
    ], own.after


def _comments(person_id: int, after: int | None) -> tuple[list[Entry], int | None]:
    own = comments.mine(person_id, after)
    places = describe([one.target_id for one in own.comments])
    return [
        (
            summary(one.body, 100) or _("Comment"),
            url_for("comments.show", id=one.id),
            places[one.target_id].title
            if one.target_id in places and places[one.target_id].visible
            else "",
            comment_badge(one.visibility),
            one.at,
            _traced(one),
        )
        for one in own.comments
    ], own.after


def _unclaimed() -> Sequence[Any]:
    """What was written without an account, confirmed by the address that the account has."""
    person_id = actor().person_id
    return unconfirmed.with_my_address(person_id) if person_id is not None else []


def _traced(one: Any) -> int | None:
    """The id of a proposal or a comment that everybody may read: it has a way to be walked."""
    public = one.published_at is not None and one.visibility is Visibility.VISIBLE
    return int(one.id) if public else None
