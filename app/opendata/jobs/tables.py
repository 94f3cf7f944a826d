"""The tables of the archive: a row for each record, with fewer columns than the JSON has."""

from app.opendata.jobs.records import Record


def _names(words: str) -> list[str]:
    return words.split()


COLUMNS = {
    "proposals": _names(
        "id round state by_kind by published_at supports version title text goal carried_by outcome"
        " answer"
    ),
    "amendments": _names(
        "id proposal round state by_kind by published_at paragraph old new reason became"
        " decision_reason"
    ),
    "comments": _names("id on_kind on round answers by_kind by at stance language text removed"),
    "votes": _names("id round method title counted_at result_hash"),
    "register": _names(
        "id at action rule about rules_version until language automation objected overturned"
    ),
    "plan": _names("measure title paragraph at words still_there because_of"),
}


def proposal_row(one: Record) -> list[object]:
    text = one["versions"][0] if one["versions"] else {}
    answer = one["answer"]["versions"][0] if one["answer"] and one["answer"]["versions"] else {}
    fixed = [one["id"], one["round"], one["state"], one["by"]["kind"], one["by"]["name"]]
    fixed += [one["published_at"], one["supports"]]
    words = [text.get(name) for name in ("number", "title", "text", "goal", "carried_by")]
    return [*fixed, *words, answer.get("outcome"), answer.get("text")]


def amendment_row(one: Record) -> list[object]:
    fixed = [one["id"], one["proposal"], one["round"], one["state"], one["by"]["kind"]]
    names = COLUMNS["amendments"][6:]
    return [*fixed, one["by"]["name"], *(one[name] for name in names)]


def comment_row(one: Record) -> list[object]:
    by = one.get("by") or {"kind": None, "name": None}
    fixed = [one["id"], one["on"]["kind"], one["on"]["id"], one["round"], one["answers"]]
    names = ("at", "stance", "language", "text", "removed")
    return [*fixed, by["kind"], by["name"], *(one.get(name) for name in names)]


def vote_row(one: Record) -> list[object]:
    fixed = [one[name] for name in ("id", "round", "method", "title", "counted_at")]
    return [*fixed, one["hashes"]["result"]]


def plan_row(one: Record) -> list[object]:
    fixed = [one[name] for name in ("measure", "title", "paragraph", "at", "words", "still_there")]
    return [*fixed, "; ".join(f"{cause['kind']} {cause['id']}" for cause in one["because_of"])]
