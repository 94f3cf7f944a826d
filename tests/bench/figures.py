"""What is measured, against what, and the goals (docs/performance.md)."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.bench.data import World
from tests.bench.load import Call

BARE_VIEW = Call("/same-bytes")
ROWS = Call("/rows")
INSERT = Call("/notes", "POST", [("", "body=Words+that+say+something+@@")])


@dataclass(frozen=True)
class Figure:
    """`ours` beside the `ceiling` app, or beside another call of ours (`beside`).

    `named` is the ceiling seen when the goals were set, in requests a second; `tail` the goal for
    the slowest of a hundred against the median.
    """

    name: str
    goal: str
    ours: Callable[[World], Call]
    ceiling: Call = ROWS
    beside: Callable[[World], Call] | None = None
    same_bytes: bool = False
    named: float = 0
    tail: str | None = None


def _list(world: World) -> Call:
    """A vote is open there: an order must be asked for, or chance draws one."""
    return Call(f"/de/rounds/{world.round_id}/proposals?order=harmonic")


def _signed_in(world: World, path: str) -> Call:
    return Call(path, rows=[(cookie, "") for cookie in world.cookies])


def _post_comment(world: World) -> Call:
    body = urlencode({"csrf_token": world.csrf, "body": "A comment with a number: "}) + "@@"
    return Call(
        f"/de/subjects/{world.few}/comments", "POST", [(cookie, body) for cookie in world.cookies]
    )


def _cast_vote(world: World) -> Call:
    """Each partner's representative votes, and votes anew: the last vote counts."""
    rows = []
    for cookie, partner in zip(world.cookies, world.partners, strict=True):
        ballot = {"csrf_token": world.csrf, "speaking_as": partner, "choice": "yes"}
        rows.append((cookie, urlencode(ballot)))
    return Call(f"/de/questions/{world.question_id}/cast", "POST", rows)


FIGURES = (
    Figure("list.anonymous", ">=0.75", _list, BARE_VIEW, same_bytes=True, named=11_845),
    Figure(
        "proposal.anonymous",
        ">=0.75",
        lambda world: Call(f"/de/proposals/{world.few}"),
        BARE_VIEW,
        same_bytes=True,
        named=11_845,
    ),
    Figure(
        "list.signed-in",
        ">=0.6",
        lambda world: _signed_in(world, _list(world).path),
        named=1_304,
    ),
    Figure(
        "proposal.1000-comments",
        ">=1.0",
        lambda world: _signed_in(world, f"/de/proposals/{world.many}"),
        beside=lambda world: _signed_in(world, f"/de/proposals/{world.few}"),
    ),
    Figure("comment.post", ">=0.6", _post_comment, INSERT, named=1_262, tail="<5"),
    Figure("vote.cast", ">=0.6", _cast_vote, INSERT, named=1_262, tail="<5"),
)
