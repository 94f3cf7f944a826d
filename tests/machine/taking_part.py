"""Proposals, comments, support and amendments: what everybody else does."""

from dataclasses import replace

from hypothesis import strategies as st

from app.amendments import commands as amendments
from app.amendments import queries as amendment_queries
from app.amendments.models import Amendment
from app.comments import commands as comments
from app.comments.queries import targets
from app.core import clock
from app.core.policy import ANYBODY
from app.proposals import commands, jobs, queries
from app.proposals.models import Proposal, Support
from app.rounds.models import Procedure, Round, RoundKind
from tests.machine.base import Platform, mostly, precondition, reasons, rule, which
from tests.machine.running import PROCEDURES
from tests.machine.world import HOUR, Act, in_round

owners = mostly("owner")
people = mostly("resident", "second resident", "speaker", "speaker for themself", "editor")


class TakingPart(Platform):
    @rule(who=people, n=which, rules=st.sampled_from(PROCEDURES), whole=which)
    def draft(self, who: str, n: int, rules: Procedure, whole: int) -> None:
        id, key = self.round(n), self.key()
        about_rules = self.now[Round][id]["kind"] is RoundKind.METHOD
        words = commands.Words(
            title=f"Proposal {key}" if whole else "",
            body="A first paragraph.\n\nA second one.",
            procedure=rules if about_rules else None,
        )
        self.act(
            "draft",
            who,
            "proposals.write",
            in_round(id),
            lambda round_, by: commands.start(round_, words, form_key=key, by=by),
            round_id=id,
            catches_up=lambda round_: round_,
        )

    @rule(who=owners, n=which)
    def save(self, who: str, n: int) -> None:
        text = f"Other words {self.key()}."

        def write(proposal: Proposal, by: object) -> None:
            words = replace(commands.words_of(proposal), title="A title", body=text)
            commands.save(proposal, words, edition=proposal.edition, by=by)  # type: ignore[arg-type]

        self.with_proposal("save", who, "proposals.edit", n, write, id=self.draft_(n))

    @rule(who=owners, n=which, late=st.booleans())
    def hand_in(self, who: str, n: int, late: bool) -> None:
        id = self.draft_(n) or self.one(Proposal, n)
        if id is None or (self.now[Proposal][id]["state"] != "draft" and n < 6):
            return
        before = self.now[Proposal][id]
        unfinished = before["state"] == "draft" or before["visibility"] == "returned"
        self.with_proposal(
            "hand in" if unfinished else "hand in again",
            who,
            "proposals.submit",
            n,
            lambda proposal, by: commands.submit(
                proposal, edition=proposal.edition - (late and n > 8), by=by
            ),
            id=id,
        )

    @rule(who=owners, n=which)
    def withdraw(self, who: str, n: int) -> None:
        self.with_proposal("withdraw", who, "proposals.withdraw", n, commands.withdraw)

    @rule(who=owners, n=which)
    def discard(self, who: str, n: int) -> None:
        id = self.draft_(n)
        self.with_proposal("discard", who, "proposals.discard", n, commands.discard, id=id)

    @precondition(lambda self: any(row["discarded_at"] for row in self.now[Proposal].values()))
    @rule(who=owners, n=which)
    def bring_back(self, who: str, n: int) -> None:
        found = [id for id, row in self.now[Proposal].items() if row["discarded_at"]]
        id = found[n % len(found)] if found else None
        self.with_proposal("bring back", who, "proposals.bring-back", n, commands.bring_back, id=id)

    @rule(often=3, who=owners, n=which, reason=reasons)
    def change(self, who: str, n: int, reason: str) -> None:
        text = f"Changed words {self.key()}.\n\nAnd more."

        def new_version(proposal: Proposal, by: object) -> None:
            words = replace(commands.words_of(proposal), body=text)
            commands.change(proposal, words, edition=proposal.edition, reason=reason.strip(), by=by)  # type: ignore[arg-type]

        self.with_proposal("change", who, "proposals.publish-change", n, new_version)

    @rule(often=2, who=people, n=which)
    def support(self, who: str, n: int) -> None:
        self.with_proposal("support", who, "proposals.support", n, commands.support)

    @rule(often=2, who=people, n=which, theirs=which)
    def unsupport(self, who: str, n: int, theirs: int) -> None:
        """Most often somebody who supports it."""
        id = None
        if theirs < 9:
            who, id = self.supporter(who, n)
        self.with_proposal("unsupport", who, "proposals.support", n, commands.unsupport, id=id)

    @rule(often=2, who=people, n=which)
    def support_again(self, who: str, n: int) -> None:
        """The same version, which changes nothing, or a newer one."""
        who, id = self.supporter(who, n)
        self.with_proposal("support again", who, "proposals.support", n, commands.support, id=id)

    def supporter(self, who: str, n: int) -> tuple[str, int | None]:
        """One of those who support something that is still in the lists, and what."""
        given = [
            given
            for _id, given in sorted(self.now[Support].items())
            if self.now[Proposal][given["proposal_id"]]["state"] == "published"
        ]
        if not given:
            return who, None
        one = given[n % len(given)]
        return self.owner("owner", {**one, "author_id": one["person_id"]}), one["proposal_id"]

    def draft_(self, n: int) -> int | None:
        """A draft, most often."""
        return self.one(Proposal, n, state="draft") if n < 10 else None

    def with_proposal(
        self, name: str, who: str, rule_: str, n: int, do: object, *, id: int | None = None
    ) -> None:
        id = id or self.lively(n)
        if id is None:
            return
        assert callable(do)
        self.act(
            name,
            self.owner(who, self.now[Proposal][id]),
            rule_,
            lambda: (queries.get(id),),
            lambda proposal, by: do(proposal, by=by),
            round_id=self.now[Proposal][id]["round_id"],
            about=id,
            catches_up=lambda proposal: proposal.round,
        )

    @rule(who=mostly("resident", "speaker", "moderator", "guest"), n=which, guest=st.booleans())
    def comment(self, who: str, n: int, guest: bool) -> None:
        id, key = self.lively(n), self.key()
        if id is None:
            return
        guest = guest or who == "guest"
        words = comments.Words(body="A word on this.", form_key=key, guest_key=key if guest else "")
        self.act(
            "comment as guest" if guest else "comment",
            "guest" if guest else who,
            "comments.post-as-guest" if guest else "comments.post",
            lambda: (targets.target(id),),
            lambda target, by: comments.post(target.id, target.round, words, by=by),
            round_id=self.now[Proposal][id]["round_id"],
            catches_up=lambda target: target.round,
            by=lambda actor: ANYBODY.as_guest("A guest") if guest else actor,
        )

    @rule(who=people, n=which, reason=reasons)
    def amend(self, who: str, n: int, reason: str) -> None:
        key = self.key()
        self.with_proposal(
            "amend",
            who,
            "amendments.make",
            n,
            lambda proposal, by: amendments.make(
                proposal,
                version=proposal.version_number,
                paragraph=0,
                new=f"Better words {key}.",
                reason=reason.strip(),
                language="de",
                form_key=key,
                by=by,
            ),
        )

    @precondition(lambda self: self.now[Amendment])
    @rule(who=people, n=which)
    def support_an_amendment(self, who: str, n: int) -> None:
        self.with_amendment(
            "support an amendment",
            who,
            "amendments.support",
            n,
            lambda amendment, by: amendments.support(amendment, by=by),
        )

    @precondition(lambda self: self.now[Amendment])
    @rule(who=owners, n=which)
    def withdraw_an_amendment(self, who: str, n: int) -> None:
        self.with_amendment(
            "withdraw an amendment",
            who,
            "amendments.withdraw",
            n,
            lambda amendment, by: amendments.withdraw(amendment, by=by),
        )

    @precondition(lambda self: self.now[Amendment])
    @rule(who=owners, n=which)
    def accept(self, who: str, n: int) -> None:
        def put_in(amendment: Amendment, by: object) -> None:
            amendments.accept(
                amendment,
                amendment.new,
                edition=amendment.proposal.edition,
                checked=True,
                by=by,  # type: ignore[arg-type]
            )

        self.with_amendment("accept", who, "amendments.decide", n, put_in)

    @precondition(lambda self: self.now[Amendment])
    @rule(who=owners, n=which, reason=reasons)
    def decline(self, who: str, n: int, reason: str) -> None:
        self.with_amendment(
            "decline",
            who,
            "amendments.decide",
            n,
            lambda amendment, by: amendments.decline(amendment, reason=reason.strip(), by=by),
        )

    def with_amendment(self, name: str, who: str, rule_: str, n: int, do: object) -> None:
        id = self.one(Amendment, n)
        if id is None:
            return
        assert callable(do)
        row = self.now[Amendment][id]
        mine = row if name.startswith("withdraw") else self.now[Proposal][row["proposal_id"]]
        self.act(
            name,
            self.owner(who, mine),
            rule_,
            lambda: (amendment_queries.get(id),),
            do,
            round_id=self.now[Amendment][id]["round_id"],
            about=id,
            catches_up=lambda amendment: amendment.proposal.round,
        )

    @precondition(lambda self: any(row["discarded_at"] for row in self.now[Proposal].values()))
    @rule()
    def drafts_are_forgotten(self) -> None:
        clock.tick(200 * HOUR)
        jobs.forget_discarded()
        self.happened(Act("drafts are forgotten", "worker", accepted=True))
