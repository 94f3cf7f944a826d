"""Looking: what is not for somebody is not shown to them, whatever happened before."""

from hypothesis import strategies as st
from sqlalchemy import select

from app.core.db import db
from app.core.policy import allowed
from app.proposals import queries as proposals
from app.proposals.models import Proposal
from app.rounds import queries as rounds
from app.rounds.models import Round
from tests.machine.base import EVERYBODY, Platform, rule
from tests.machine.seen import snapshot


class Looking(Platform):
    @rule(who=st.sampled_from(EVERYBODY))
    def look_around(self, who: str) -> None:
        """By the predicate of the lists and by the rule of the page: they say the same."""
        assert self.now == snapshot(), "something was written that was not looked at"
        actor = self.world.actor(who)
        listed = set(db.session.scalars(select(Proposal.id).where(proposals.visible_to(actor))))
        for id, row in self.now[Proposal].items():
            mine = self._mine(who, row["author_id"], row["organisation_id"])
            first = row["round_id"] not in self._elsewhere()
            office = who == ("moderator" if first else "other moderator")
            read = allowed("proposals.read", actor, proposals.get(id))
            assert read == (id in listed), "list and page differ"
            if row["state"] == "draft":
                assert not read or mine or (office and row["submitted_at"]), f"{who} saw a draft"
            elif row["visibility"] != "visible":
                assert not read or mine or office, f"{who} read what is not public"
        for id, row in self.now[Round].items():
            first = row["dialogue_id"] == self.world.dialogue
            office = who in ("operator", "moderator" if first else "other moderator")
            shown = allowed("rounds.show", actor, rounds.get(id))
            assert shown == (row["state"] != "draft" or office), f"{who}: {row['state']}"
        db.session.rollback()

    def _elsewhere(self) -> set[int]:
        return {
            id
            for id, row in self.now[Round].items()
            if row["dialogue_id"] == self.world.other_dialogue
        }

    def _mine(self, who: str, author_id: int, organisation_id: int | None) -> bool:
        person_id, _speaks_for = self.world.speaks[who]
        if organisation_id is None:
            return author_id == person_id
        if organisation_id != self.world.organisation:
            return organisation_id == self.world.speaks[who][1]
        return who in ("speaker", "speaker for themself", "editor")
