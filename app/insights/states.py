"""The life of an opinion landscape."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from app.core.states import Lifecycle


class LandscapeState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    DRAWN = "drawn"


LANDSCAPE = Lifecycle(
    LandscapeState.DRAFT,
    {
        (LandscapeState.DRAFT, "publish"): LandscapeState.PUBLISHED,
        (LandscapeState.PUBLISHED, "draw"): LandscapeState.DRAWN,
    },
)
"""Whether one can take part is said by the round's window for voting, not by this."""

BADGES = {
    LandscapeState.DRAFT: (_l("Draft"), "warning"),
    LandscapeState.PUBLISHED: (_l("opinions"), "info"),
    LandscapeState.DRAWN: (_l("drawn"), "success"),
}


class Opinion(StrEnum):
    """What somebody thinks of a statement; no answer is none of these."""

    AGREE = "agree"
    PASS = "pass"  # noqa: S105 — no password
    DISAGREE = "disagree"


SIDES = {Opinion.AGREE: 1, Opinion.PASS: 0, Opinion.DISAGREE: -1}
"""As the method counts them."""
