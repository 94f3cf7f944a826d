"""What the domain forbids (docs of the platform: rounds, proposals), told anew for these tests.

Nothing here asks the platform's own life cycles or rules: they are what is tested.
"""

from datetime import datetime
from typing import Any

from app.answers.models import Answer
from app.proposals.models import Proposal, Support
from app.rounds.models import Accreditation, Dialogue, ProcedureChange, Round, Window, WindowEdge
from app.rounds.states import Activity
from app.voting.models import Question
from tests.machine import invariants_of_proposals, invariants_of_votes
from tests.machine.seen import Row, Snapshot
from tests.machine.world import Act, World

ROUND = {
    "draft": {"announced"},
    "announced": {"open"},
    "open": {"paused", "closed"},
    "paused": {"open", "closed"},
    "closed": {"answered"},
    "answered": {"archived"},
    "archived": set[str](),
}
PROPOSAL = {
    "draft": {"submitted", "published"},
    "submitted": {"draft", "published", "withdrawn"},
    "published": {"withdrawn", "merged", "split", "shortlisted", "decided"},
    "withdrawn": set[str](),
    "merged": {"published"},
    "split": {"published"},
    "shortlisted": {"decided"},
    "decided": set[str](),
}
QUESTION = {
    "draft": {"published", "open"},
    "published": {"draft", "open", "closed"},
    "open": {"closed"},
    "closed": {"counted"},
    "counted": set[str](),
}
WINDOW_OF = {
    "hand in": Activity.PROPOSE,
    "support": Activity.SUPPORT,
    "support again": Activity.SUPPORT,
    "unsupport": Activity.SUPPORT,
    "comment": Activity.COMMENT,
    "comment as guest": Activity.COMMENT,
    "amend": Activity.AMEND,
    "support an amendment": Activity.AMEND,
    "vote": Activity.VOTE,
}
AUDIENCE = {
    "hand in": "who_proposes",
    "support": "who_supports",
    "support again": "who_supports",
    "unsupport": "who_supports",
    "comment": "who_comments",
    "comment as guest": "who_comments",
    "amend": "who_amends",
    "support an amendment": "who_supports",
    "vote": "who_votes",
}
RUNNING = {
    "set a window",
    "remove a window",
    "say roughly",
    "announce",
    "open",
    "pause",
    "resume",
    "close",
    "answer",
    "archive",
    "change a round",
    "change the rules",
    "go without",
    "take over a method",
    "name the unit",
    "moderate",
    "ask",
    "publish a question",
    "take a question back",
    "change a question",
    "merge",
    "split",
    "undo",
    "decide an objection",
}
BEGUN = ("open", "paused", "closed", "answered", "archived")


def of_a_change(before: Snapshot, after: Snapshot, act: Act, now: datetime, world: World) -> None:
    """All that has to be true once something was written."""
    only_allowed_steps(before, after)
    frozen_procedures_stay(before, after, act)
    content_waits_for_the_method(before, after)
    over_only_when_answered(before, after)
    what_is_archived_stays(before, after, act)
    edges_once_and_in_order(before, after, now)
    what_happened_stays(before, after)
    closed_is_closed(after)
    invariants_of_proposals.of_a_change(before, after, act, now)
    invariants_of_votes.of_a_change(before, after, act, world)


def only_allowed_steps(before: Snapshot, after: Snapshot) -> None:
    for model, steps in ((Round, ROUND), (Proposal, PROPOSAL), (Question, QUESTION)):
        for id, row in after[model].items():
            old = before[model].get(id)
            if old is not None and old["state"] != row["state"]:
                assert row["state"] in steps[old["state"]], (model, old["state"], row["state"])
        assert before[model].keys() <= after[model].keys(), "something was deleted"


def in_time_and_entitled(before: Snapshot, act: Act, world: World, now: datetime) -> None:
    """An accepted act of taking part lies in its window, by one whom the procedure admits."""
    activity = WINDOW_OF.get(act.name)
    if not act.accepted or activity is None or act.round_id is None:
        return
    round_ = before[Round][act.round_id]
    if act.name == "hand in" and _comes_again(before, act):
        assert round_["state"] in ("open", "paused")
        return
    assert round_["state"] == "open", f"{act.name} in a round that is {round_['state']}"
    windows = [w for w in before[Window].values() if w["round_id"] == act.round_id]
    window = next((w for w in windows if w["activity"] == activity), None)
    assert window is not None, f"{act.name} where no window is"
    assert window["opens_at"] <= now < window["closes_at"], f"{act.name} outside its window"
    _entitled(before, round_, act, world)


def _comes_again(before: Snapshot, act: Act) -> bool:
    """Handed in before, and given back: it may come again until the round closes."""
    proposal = before[Proposal].get(act.about or 0)
    return proposal is not None and proposal["submitted_at"] is not None


def _entitled(before: Snapshot, round_: Row, act: Act, world: World) -> None:
    first = round_["dialogue_id"] == world.dialogue
    organisation = world.speaks[act.who][1]
    if act.name == "hand in":  # a proposal is handed in for whom it was written
        organisation = before[Proposal][act.about or 0]["organisation_id"]
    in_office = act.who == ("moderator" if first else "other moderator") and "comment" in act.name
    if organisation is not None:
        taking_part = any(
            (row["dialogue_id"], row["organisation_id"], row["state"])
            == (round_["dialogue_id"], organisation, "accredited")
            for row in before[Accreditation].values()
        )
        assert taking_part, f"{act.who} takes no part"
        assert act.who in ("speaker", "speaker for themself", "outsider"), f"{act.who} for others"
    elif not in_office:
        audience = round_["procedure_data"][AUDIENCE[act.name]]
        assert audience != "organisations", f"{act.who}: {act.name}"
        assert audience == "public" or act.who != "guest", f"a guest: {act.name}"


def only_its_moderators_run_it(before: Snapshot, act: Act, world: World) -> None:
    if not act.accepted or act.name not in RUNNING or act.round_id is None:
        return
    first = before[Round][act.round_id]["dialogue_id"] == world.dialogue
    assert act.who == ("moderator" if first else "other moderator"), f"{act.who}: {act.name}"


def frozen_procedures_stay(before: Snapshot, after: Snapshot, act: Act) -> None:
    """From the opening on: a change has a reason, a next edition, and stands there for good."""
    for id, row in after[Round].items():
        old = before[Round].get(id)
        if old is None or old["state"] not in BEGUN:
            continue
        for name in ("kind", "title", "summary", "method_proposal_id", "opened_at", "announced_at"):
            assert row[name] == old[name], f"{name} of a round that has begun"
        if row["procedure_data"] == old["procedure_data"]:
            continue
        assert act.name == "change the rules", act
        assert act.reason.strip(), "without a reason"
        assert old["state"] in ("open", "paused", "closed"), "rules of a round that is over"
        new = [c for c in after[ProcedureChange].values() if c["round_id"] == id]
        last = max(new, key=lambda one: int(one["edition"]))
        assert (last["old"], last["new"]) == (old["procedure_data"], row["procedure_data"])
        assert last["edition"] == row["procedure_edition"] == old["procedure_edition"] + 1
        assert last["reason"].strip()
    for id, change in before[ProcedureChange].items():
        assert after[ProcedureChange][id] == change


def content_waits_for_the_method(before: Snapshot, after: Snapshot) -> None:
    for id, row in after[Round].items():
        was = before[Round].get(id)
        same = was is not None and was["state"] == row["state"]
        if same or row["kind"] == "method" or row["state"] not in ("announced", "open"):
            continue
        if was is not None and was["state"] == "paused":
            continue
        method = any(
            r["kind"] == "method"
            and r["state"] != "draft"
            and r["dialogue_id"] == row["dialogue_id"]
            for r in before[Round].values()
        )
        reason = before[Dialogue][row["dialogue_id"]]["no_method_reason"]
        assert not method or row["method_proposal_id"] or reason, f"round {id} did not wait"


def over_only_when_answered(before: Snapshot, after: Snapshot) -> None:
    for id, row in after[Round].items():
        was = before[Round].get(id)
        if was is None or was["state"] == row["state"]:
            continue
        if row["state"] not in ("answered", "archived") or row["kind"] == "method":
            continue
        for proposal in after[Proposal].values():
            if proposal["round_id"] == id and _needs_an_outcome(proposal):
                assert _outcome(after, proposal), f"{row['state']} without an answer"


def _needs_an_outcome(proposal: Row) -> bool:
    """Whatever everybody can read, and was not taken back or merged."""
    public = proposal["published_at"] is not None and proposal["visibility"] == "visible"
    return public and proposal["state"] not in ("withdrawn", "merged", "split")


def _outcome(after: Snapshot, proposal: Row) -> bool:
    return any(
        answer["proposal_id"] == proposal["id"]
        and answer["state"] == "published"
        and answer["outcome"]
        and answer["reason"]
        for answer in after[Answer].values()
    )


def what_is_archived_stays(before: Snapshot, after: Snapshot, act: Act) -> None:
    """Moderators can still hide in it, and show again; nothing else changes."""
    over = {id for id, row in before[Round].items() if row["state"] == "archived"}
    for model in (Round, Window, Proposal, Support):
        for id, row in before[model].items():
            if _round_of(before, model, row) in over and act.name != "moderate":
                assert after[model].get(id) == row, f"{model.__name__} of an archived round"
    for id, row in after[Proposal].items():
        assert row["round_id"] not in over or id in before[Proposal], "new in an archived round"


def _round_of(found: Snapshot, model: Any, row: Row) -> int | None:
    if model is Round:
        return int(row["id"])
    if model is Support:
        return int(found[Proposal][row["proposal_id"]]["round_id"])
    return int(row["round_id"])


def edges_once_and_in_order(before: Snapshot, after: Snapshot, now: datetime) -> None:
    """Openings and closings happen once, never early, and in the order in which they were due."""
    for id, edge in before[WindowEdge].items():
        assert after[WindowEdge].get(id) == edge, "an opening or closing was undone"
    seen: dict[int, list[Row]] = {}
    for id in sorted(after[WindowEdge]):
        edge = after[WindowEdge][id]
        window = after[Window][edge["window_id"]]
        assert edge["due_at"] <= edge["ran_at"] <= now, "before it was due"
        assert after[Round][window["round_id"]]["opened_at"] is not None, "before the round began"
        seen.setdefault(edge["window_id"], []).append(edge)
    for edges in seen.values():
        assert [e["edge"] for e in edges] in (["opens"], ["opens", "closes"]), "not one after one"
    new = [
        after[WindowEdge][id] for id in sorted(after[WindowEdge].keys() - before[WindowEdge].keys())
    ]
    by_round: dict[int, list[datetime]] = {}
    for edge in new:
        by_round.setdefault(after[Window][edge["window_id"]]["round_id"], []).append(edge["due_at"])
    assert all(dues == sorted(dues) for dues in by_round.values()), "not in order"


def what_happened_stays(before: Snapshot, after: Snapshot) -> None:
    """A window that has opened keeps its opening, one that has closed its end as well."""
    for edge in before[WindowEdge].values():
        old, new = before[Window][edge["window_id"]], after[Window].get(edge["window_id"])
        assert new is not None, "a window that had opened was removed"
        name = "opens_at" if edge["edge"] == "opens" else "closes_at"
        assert old[name] == new[name], f"{name} of a window where that has happened"


def closed_is_closed(after: Snapshot) -> None:
    """When a round is over nothing in it is open any more, but the time for answers."""
    ran = {(e["window_id"], e["edge"]) for e in after[WindowEdge].values()}
    for window in after[Window].values():
        over = after[Round][window["round_id"]]["closed_at"] is not None
        if over and window["activity"] != Activity.ANSWER and (window["id"], "opens") in ran:
            assert (window["id"], "closes") in ran, "open although the round is closed"
