"""Proposals that go on in one another or in parts; objections to that, and undoing it."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from app.core.errors import Conflict
from app.core.policy import Actor, require
from app.merging import commands, queries
from app.merging.models import Merging, MergingObjection
from app.proposals import queries as proposals
from app.proposals.models import Proposal
from tests.machine.base import Platform, mostly, precondition, reasons, rule, which

moderators = mostly("moderator")


class Joining(Platform):
    @rule(often=3, who=moderators, n=which, other=which, reason=reasons, late=st.booleans())
    def merge(self, who: str, n: int, other: int, reason: str, late: bool) -> None:
        """Most often two of one round, with a new text for both."""
        id = self.lively(n)
        if id is None:
            return
        round_id, text = self.now[Proposal][id]["round_id"], f"Both {self.key()}."
        beside = [
            one
            for one, row in sorted(self.now[Proposal].items())
            if one != id
            and (other > 9 or (row["round_id"], row["state"]) == (round_id, "published"))
        ]
        if not beside:
            return
        target_id = beside[other % len(beside)]

        def join(source: Proposal, target: Proposal, by: Actor) -> None:
            require("merging.start", by, target)
            commands.merge(
                source,
                target,
                title=target.title,
                body=target.body if other % 3 == 0 else text,
                reason=reason.strip(),
                edition=target.edition - (late and other > 8),
                by=by,
            )

        self.act(
            "merge",
            who,
            "merging.start",
            lambda: (proposals.get(id),),
            lambda source, by: join(source, _there(proposals.get(target_id)), by),
            round_id=round_id,
            about=id,
            reason=reason,
            catches_up=lambda source: source.round,
        )

    @rule(who=moderators, n=which, parts=st.integers(1, 3), reason=reasons)
    def split(self, who: str, n: int, parts: int, reason: str) -> None:
        id, key = self.lively(n), self.key()
        if id is None:
            return
        words = [(f"Part {number} {key}", "Its text.") for number in range(parts)]
        self.act(
            "split",
            who,
            "merging.start",
            lambda: (proposals.get(id),),
            lambda source, by: commands.split(
                source, words, reason=reason.strip(), edition=source.edition, by=by
            ),
            round_id=self.now[Proposal][id]["round_id"],
            about=id,
            reason=reason,
            catches_up=lambda source: source.round,
        )

    @precondition(lambda self: self.now[Merging])
    @rule(
        often=2,
        who=mostly("owner", "second resident"),
        n=which,
        words=reasons,
        of_target=st.booleans(),
    )
    def object_to_a_merging(self, who: str, n: int, words: str, of_target: bool) -> None:
        found = self.now[Merging][self.one(Merging, n)]
        id = found["target_id"] if of_target and found["target_id"] else found["source_id"]

        def object_to(merging: Merging, by: Actor) -> None:
            mine = next((one for one in queries.mine(merging, by) if one.id == id), None)
            if mine is None:
                raise Conflict
            commands.object_to(merging, mine, words.strip(), by=by)

        self.with_merging(
            "object to a merging",
            self.owner(who, self.now[Proposal][id]),
            "merging.object",
            found,
            object_to,
            about=id,
            reason=words,
        )

    @precondition(lambda self: self.now[Merging])
    @rule(often=2, who=moderators, n=which, reason=reasons)
    def undo(self, who: str, n: int, reason: str) -> None:
        """Most often one that stands."""
        standing = self.one(Merging, n, undone_at=None) if n < 10 else None
        self.with_merging(
            "undo",
            who,
            "merging.undo",
            self.now[Merging][standing or self.one(Merging, n)],
            lambda merging, by: commands.undo(merging, reason=reason.strip(), by=by),
            reason=reason,
        )

    @precondition(lambda self: self.now[MergingObjection])
    @rule(who=moderators, n=which, uphold=st.booleans(), answer=reasons)
    def decide_an_objection(self, who: str, n: int, uphold: bool, answer: str) -> None:
        id = self.one(MergingObjection, n)
        found = self.now[Merging][self.now[MergingObjection][id]["merging_id"]]
        self.act(
            "decide an objection",
            who,
            "merging.decide",
            lambda: (queries.get_objection(id or 0),),
            lambda objection, by: commands.decide_objection(
                objection, uphold=uphold, answer=answer.strip(), by=by
            ),
            round_id=found["round_id"],
            about=id,
            reason=answer,
        )

    def with_merging(
        self,
        name: str,
        who: str,
        rule_: str,
        found: dict[str, Any],
        do: Callable[[Merging, Actor], object],
        *,
        about: int | None = None,
        reason: str = "",
    ) -> None:
        self.act(
            name,
            who,
            rule_,
            lambda: (queries.get(found["id"]),),
            do,
            round_id=found["round_id"],
            about=about or found["id"],
            reason=reason,
        )


def _there(found: Proposal | None) -> Proposal:
    assert found is not None
    return found
