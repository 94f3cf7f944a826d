"""The pages of counted votes, after their records."""

from typing import Any

from flask_babel import gettext as _

from app.core.web.context import number, percent
from app.opendata.jobs.contributions import day
from app.opendata.jobs.overview import home
from app.opendata.jobs.paper import Paper, facts, line, links, table, text
from app.opendata.jobs.records import Record
from app.voting.forms.majority_judgment import GRADES
from app.voting.models import Question
from app.voting.states import Chamber
from app.voting.views import words as voting


def vote_page(record: Record, question: Question, round_title: str, tag: str) -> Paper:
    """A counted vote: rules, figures of each group, how organisations voted, the package."""
    above = [*home(tag), (round_title, f"{tag}/rounds/{record['round']}.html")]
    paper = Paper(f"{tag}/votes/{record['id']}.html", record["title"], above=above)
    paper.section(
        _("What was asked"),
        text(record["text"]),
        facts(voting.rules(question)),
    )
    fill_vote(paper, record, question)
    paper.section(
        _("Count again yourself"),
        line(_("This package has all that is needed to count again, and says how.")),
        links([(_("Package of the vote"), record["package"])]),
        facts(
            [
                (_("Hash of the question"), record["hashes"]["manifest"]),
                (_("Head of the chain"), record["hashes"]["chain_head"]),
                (_("Hash of the result"), record["hashes"]["result"]),
            ]
        ),
    )
    return paper


def fill_vote(paper: Paper, record: Record, question: Question) -> None:
    """The result in tables."""
    made = paper.section(_("Result"), facts([(_("Counted"), day(record["counted_at"]))]))
    result: dict[str, Any] = record["result"]
    for one in result["chambers"]:
        label = str(voting.CHAMBERS[Chamber(one["chamber"])])
        if one["voted"] is None or not one["table"]:
            hidden = _(
                "Fewer than ten people voted. So that nobody can be recognised, what they voted is "
                "not shown."
            )
            made.parts.append(line(f"{label}: {hidden}"))
            continue
        took_part = _(
            "%(voted)s of %(all)s have voted",
            voted=number(one["voted"]),
            all=number(one["eligible"]),
        )
        made.parts.append(line(f"{label}: {took_part}"))
        head = [_column(name) for name in voting.columns(question)]
        rows = (_cells(question, row) for row in voting.rows(question, one["table"]))
        found = table(label, head, rows)
        made.parts += [found] if found is not None else []
    for sentence in voting.differences(question, result):
        made.parts.append(line(sentence))
    joint = voting.joint(question, result)
    if joint is not None and joint["winners"]:
        winners = table(_("What holds:"), [_("Choice")], ([one] for one in joint["winners"]))
        made.parts += [winners] if winners is not None else []
    _objections(paper, record["method_objections"])
    if record["organisations"]:
        paper.section(
            _("How each organisation voted, with reasons"),
            table(
                _("Organisations"),
                [_("Organisation"), _("Vote"), _("Reason")],
                (
                    [
                        one["organisation"],
                        "; ".join(map(str, voting.chosen(question, one["vote"]))),
                        one["reason"],
                    ]
                    for one in record["organisations"]
                ),
            ),
        )


def _objections(paper: Paper, said: Record | None) -> None:
    """What was said against the method, before the vote."""
    if said is None:
        return
    paper.section(
        _("Objections to the method"),
        facts(
            [
                (_("Organisations"), _of(said["organisations"], said["organisations_needed"])),
                (_("People"), _of(said["people"], said["people_needed"])),
            ]
        ),
        table(
            _("Organisations"),
            [_("Organisation"), _("Against"), _("Rather"), _("Reason")],
            (
                [
                    one["organisation"],
                    str(voting.NAMES.get(one["against"], one["against"])),
                    str(voting.NAMES.get(one["instead"], one["instead"])),
                    one["reason"],
                ]
                for one in said["by_organisations"]
            ),
        ),
    )


def _of(found: int | None, needed: int | None) -> str:
    if found is None or needed is None:
        return ""
    return _("%(found)s, needed were %(needed)s", found=number(found), needed=number(needed))


def _cells(question: Question, row: list[str]) -> list[str]:
    """What is written for programs, for people."""
    words = {
        "share": lambda value: percent(float(value)),
        "chosen": _yes_or_no,
        "by_votes_alone": _yes_or_no,
    }
    return [
        words[name](value) if name in words and value else value
        for name, value in zip(voting.columns(question), row, strict=True)
    ]


def _yes_or_no(value: str) -> str:
    return _("yes") if value == "1" else _("no")


def _column(name: str) -> str:
    words = {
        "option": _("Choice"),
        "votes": _("Votes"),
        "share": _("Share"),
        "chosen": _("chosen"),
        "cost": _("Cost"),
        "mean": _("Mean resistance"),
        "acceptance": _("Acceptance"),
        "strong": _("Strong resistance"),
        "spread": _("Spread"),
        "before": _("Preferred to"),
        "by_votes_alone": _("By most votes alone"),
        **{f"grade {place}": str(word) for place, word in enumerate(GRADES)},
    }
    return words.get(name, name)
