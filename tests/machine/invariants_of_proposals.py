"""What the domain forbids about proposals: lost words, lost voices, wrong numbers."""

from datetime import datetime

from app.amendments.models import Amendment
from app.comments.models import Comment
from app.merging.models import Merging, MergingMove, MergingObjection, MergingPart
from app.proposals.models import Proposal, ProposalVersion, Support
from app.rounds.models import Round
from tests.machine.seen import Row, Snapshot
from tests.machine.world import Act, World


def of_a_change(before: Snapshot, after: Snapshot, act: Act, now: datetime) -> None:
    """All that has to be true once something was written."""
    counts_are_true(after)
    words_stand_by_their_rules(after)
    what_was_said_stays(before, after)
    mergings_are_kept(before, after, act)
    objections_are_answered(before, after, act, now)
    what_goes_on_leaves_a_trace(after)
    for id in after[Merging].keys() - before[Merging].keys():
        nobody_is_lost(before, after, after[Merging][id])
    for id, merging in before[Merging].items():
        if merging["undone_at"] is None and after[Merging][id]["undone_at"] is not None:
            all_is_put_back(before, after, merging)


def counts_are_true(after: Snapshot) -> None:
    for proposal in after[Proposal].values():
        given = [s for s in after[Support].values() if s["proposal_id"] == proposal["id"]]
        texts = after[ProposalVersion].values()
        versions = [v["number"] for v in texts if v["proposal_id"] == proposal["id"]]
        said = [
            c
            for c in after[Comment].values()
            if c["target_id"] == proposal["id"] and c["visibility"] == "visible"
        ]
        older = [s for s in given if s["version_number"] != proposal["version_number"]]
        bodies = [s for s in given if s["organisation_id"] is not None]
        assert proposal["support_count"] == len(given)
        assert proposal["organisation_support_count"] == len(bodies)
        assert proposal["earlier_support_count"] == len(older)
        assert proposal["comment_count"] == len(said)
        assert proposal["version_number"] == max(versions, default=0)
        if proposal["state"] in ("draft", "submitted"):
            assert (given, versions) == ([], []), "supported or kept before it was public"


def words_stand_by_their_rules(after: Snapshot) -> None:
    """What is hidden says why; what was declined too; who decided stands there."""
    for model in (Proposal, Comment, Amendment):
        for row in after[model].values():
            if row["visibility"] in ("hidden", "returned"):
                assert row["visibility_reason"].strip()
    for amendment in after[Amendment].values():
        if amendment["state"] == "declined":
            assert amendment["decision_reason"].strip()
        if amendment["state"] == "accepted":
            assert amendment["made_version"], "accepted without a version"


def what_was_said_stays(before: Snapshot, after: Snapshot) -> None:
    """A version that was published, and a comment: nobody takes its words away or changes them."""
    for id, version in before[ProposalVersion].items():
        assert after[ProposalVersion].get(id) == version, "a published version was changed"
    for id, comment in before[Comment].items():
        assert id in after[Comment], "a comment is lost"
        for name in ("body", "author_id", "organisation_id", "guest_name", "at"):
            assert after[Comment][id][name] == comment[name], f"{name} of a comment"


def mergings_are_kept(before: Snapshot, after: Snapshot, act: Act) -> None:
    """With their reasons, by whoever did it; undone once, for a reason."""
    for id, row in after[Merging].items():
        old = before[Merging].get(id)
        assert row["reason"].strip()
        if old is None:
            assert act.name in ("merge", "split"), act
            assert act.reason.strip(), "without a reason"
            assert after[Round][row["round_id"]]["state"] in ("open", "paused", "closed")
            assert before[Proposal][row["source_id"]]["state"] == "published"
            continue
        undone = ("undone_at", "undone_by_id", "undone_reason")
        assert {k: v for k, v in old.items() if k not in undone} == {
            k: v for k, v in row.items() if k not in undone
        }, "a merging was changed"
        if old["undone_at"] is not None:
            assert old == row, "undone twice"
        elif row["undone_at"] is not None:
            assert act.name in ("undo", "decide an objection"), act
            assert row["undone_reason"].strip()
    for model in (MergingPart, MergingMove):
        assert before[model].items() <= after[model].items(), "what a merging moved is forgotten"


def objections_are_answered(before: Snapshot, after: Snapshot, act: Act, now: datetime) -> None:
    """Made in time by those concerned, decided once with a reason, and it happens as decided."""
    assert before[MergingObjection].keys() <= after[MergingObjection].keys()
    for id, objection in after[MergingObjection].items():
        known = before[MergingObjection].get(id)
        if known is None:
            merging = before[Merging][objection["merging_id"]]
            assert act.name == "object to a merging", act
            assert merging["undone_at"] is None
            assert now <= merging["open_until"], "too late"
            assert objection["proposal_id"] in (merging["source_id"], merging["target_id"])
        elif known["decided_at"] is not None:
            assert objection == known, "decided twice"
        elif objection["decided_at"] is not None:
            assert objection["answer"].strip()
            merging = objection["merging_id"]
            if objection["upheld"]:
                assert after[Merging][merging]["undone_at"], "upheld, and yet it stands"
            else:
                assert after[Merging][merging] == before[Merging][merging], "undone all the same"


def what_goes_on_leaves_a_trace(after: Snapshot) -> None:
    """Whatever left the lists leads to where it went, and nothing leads to what was undone."""
    standing = {m["source_id"]: m for m in after[Merging].values() if m["undone_at"] is None}
    parts_of_undone = {
        part["proposal_id"]
        for part in after[MergingPart].values()
        if after[Merging][part["merging_id"]]["undone_at"] is not None
    }
    for id, proposal in after[Proposal].items():
        if proposal["state"] == "split":
            parts = [p for p in after[Proposal].values() if p["split_from_id"] == id]
            assert standing[id]["kind"] == "split"
            assert len(parts) >= 2
        elif proposal["state"] == "merged" and id not in parts_of_undone:
            assert standing[id]["target_id"] == proposal["merged_into_id"]
        else:
            assert id not in standing, "it went on, and is still in the lists"


def nobody_is_lost(before: Snapshot, after: Snapshot, merging: Row) -> None:
    """Who supported one of them supports what came of it; what was said came along."""
    source, target = merging["source_id"], merging["target_id"]
    behind = _supporters(before, source)
    assert _supporters(after, source) == behind, "the source keeps its own"
    if merging["kind"] == "split":
        for part in after[MergingPart].values():
            if part["merging_id"] == merging["id"]:
                made = after[Proposal][part["proposal_id"]]
                assert _supporters(after, made["id"]) == behind
                assert _makers(made) == _makers(after[Proposal][source])
        return
    assert _supporters(after, target) == behind | _supporters(before, target)
    for id, comment in before[Comment].items():
        moved = after[Comment][id]
        if comment["target_id"] == source:
            assert moved["target_id"] == target, "a comment was left behind"
            assert (merging["id"], id) in after[MergingMove]
            assert moved["origin_id"] == (comment["origin_id"] or source)
        else:
            assert moved["target_id"] == comment["target_id"]


def all_is_put_back(before: Snapshot, after: Snapshot, merging: Row) -> None:
    """The source is as it was, with what was said under it."""
    source = merging["source_id"]
    assert after[Proposal][source]["state"] == "published"
    assert _supporters(after, source) == _supporters(before, source)
    for merging_id, comment_id in after[MergingMove]:
        if merging_id == merging["id"]:
            was = before[Comment][comment_id]["target_id"]
            wanted = source if was == merging["target_id"] else was
            assert after[Comment][comment_id]["target_id"] == wanted, "a comment did not come back"


def _supporters(found: Snapshot, proposal_id: int) -> set[tuple[int | None, int | None]]:
    return {
        (given["person_id"], given["organisation_id"])
        for given in found[Support].values()
        if given["proposal_id"] == proposal_id
    }


def _makers(proposal: Row) -> tuple[int, int | None]:
    return proposal["author_id"], proposal["organisation_id"]


def objected_by_its_maker(before: Snapshot, act: Act, world: World) -> None:
    """Nobody objects in somebody else's name."""
    if act.name == "object to a merging" and act.accepted:
        person_id, organisation_id = world.speaks[act.who]
        made = before[Proposal][act.about or 0]
        if made["organisation_id"] is None:
            assert made["author_id"] == person_id, f"{act.who} objected for another"
        else:
            spoken_for = {"speaker": world.organisation, "speaker for themself": world.organisation}
            assert made["organisation_id"] == spoken_for.get(act.who, organisation_id)
            assert act.who != "editor"
