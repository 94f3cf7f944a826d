"""The pages of rounds, after their records."""

from collections.abc import Iterable

from flask_babel import gettext as _

from app.core.web.context import number
from app.opendata.jobs.contributions import day, moment, path_of, thread
from app.opendata.jobs.overview import home
from app.opendata.jobs.paper import Paper, facts, labelled, line, links, table, text
from app.opendata.jobs.records import Record
from app.opendata.jobs.summaries import pieces, words
from app.rounds.models import Procedure
from app.rounds.states import Activity, RoundState
from app.rounds.views.words import ACTIVITIES, STATES, differences, limits, rules
from app.voting.views.words.base import apart


def round_page(one: Record, votes: list[Record], lists: list[Record], tag: str) -> Paper:
    """What one could do, by which rules, and what came of it. `lists`: pages of its proposals and
    of further comments."""
    paper = Paper(f"{tag}/rounds/{one['number']}.html", one["title"], above=home(tag))
    fill_round(paper, one)
    found = [
        (
            _(
                "Proposals %(first)s to %(last)s",
                first=number(page["first"]),
                last=number(page["last"]),
            ),
            page["path"].format(tag=tag),
        )
        for page in lists
        if page["ids"]
    ]
    further = [page["path"].format(tag=tag) for page in lists if not page["ids"]]
    paper.section(
        _("Proposals"), links(found) if found else line(_("There were no proposals in this round."))
    )
    if further:
        paper.section(
            _("Further comments"),
            line(_("On paragraphs of the plan, and on reports.")),
            links(
                (_("Page %(number)s", number=number(place)), path)
                for place, path in enumerate(further, 1)
            ),
        )
    if votes:
        paper.section(
            _("Votes of this round"),
            links((vote["title"], f"{tag}/votes/{vote['id']}.html") for vote in votes),
        )
    return paper


def fill_round(paper: Paper, one: Record) -> None:
    procedure = Procedure.from_json(one["rules"])
    paper.section(
        _("The round"),
        text(one["summary"]),
        facts(
            [
                (_("State"), STATES[RoundState(one["state"])][0]),
                (_("Announced"), day(one["announced_at"])),
                (_("Opened"), day(one["opened_at"])),
                (_("Closed"), day(one["closed_at"])),
                (_("Answered"), day(one["answered_at"])),
                (_("Archived"), day(one["archived_at"])),
            ]
        ),
        table(
            _("What was possible, and when"),
            [_("What"), _("From"), _("Until")],
            (
                [ACTIVITIES[Activity(w["activity"])], moment(w["opens_at"]), moment(w["closes_at"])]
                for w in one["windows"]
            ),
        ),
        table(
            _("Changed dates"),
            [_("What"), _("Changed on"), _("Reason")],
            (
                [ACTIVITIES[Activity(w["activity"])], day(w["at"]), w["reason"]]
                for w in one["window_changes"]
            ),
        ),
    )
    made = paper.section(_("Rules of the round"), facts(rules(procedure) + limits(procedure)))
    for change in one["rule_changes"]:
        old, new = Procedure.from_json(change["old"]), Procedure.from_json(change["new"])
        made.parts.append(line(_("Changed after the opening: %(reason)s", reason=change["reason"])))
        changed = table(_("Changes"), [_("Rule"), _("Before"), _("After")], differences(old, new))
        made.parts += [changed] if changed is not None else []
    if one["summed_up"]:
        made = paper.section(_("Summary by the moderators"))
        made.parts += pieces(one["summed_up"])
        for earlier in one["summed_up"]["earlier"]:
            title = _("What the summary said on %(day)s", day=day(earlier["at"]))
            paper.section(title).parts += words(earlier)
    merged = table(
        _("Merged and split up"),
        [_("Proposal"), _("Went on in"), _("Day"), _("Reason"), _("Undone because")],
        (
            [
                m["proposal"],
                ", ".join(str(id) for id in ([m["into"]] if m["into"] else m["parts"])),
                day(m["at"]),
                m["reason"],
                m["undone_reason"],
            ]
            for m in one["mergings"]
        ),
    )
    if merged is not None:
        paper.section(_("Merged and split up"), merged)
    for report in one["reports"]:
        paper.section(
            _("Report of %(year)s: %(title)s", year=report["year"], title=apart(report["title"])),
            labelled(_("What is done"), report["done"], report["language"]),
            labelled(_("What is late"), report["late"], report["language"]),
            labelled(_("Why it is late"), report["why"], report["language"]),
            labelled(_("What comes next"), report["next"], report["language"]),
        )
    for landscape in one["landscapes"]:
        paper.section(
            _("Opinion landscape: %(title)s", title=landscape["title"]),
            line(_("The figures are in the file data/rounds.json.")),
            table(
                _("Statements"), [_("Statement")], ([w] for w in landscape["statements"].values())
            ),
        )


def talk_page(
    talk: dict[int, list[Record]], titles: dict[int, str], path: str, round_: Record, tag: str
) -> Paper:
    """Comments on what is no proposal, by what they were written on."""
    above = [*home(tag), (round_["title"], f"{tag}/rounds/{round_['number']}.html")]
    paper = Paper(path.format(tag=tag), _("Further comments"), above=above)
    for target, records in talk.items():
        paper.section(titles.get(target, "")).parts += thread(records)
    return paper


def list_page(records: Iterable[tuple[int, str]], place: Record, round_: Record, tag: str) -> Paper:
    """Some of a round's proposals by title."""
    path = place["path"].format(tag=tag)
    above = [*home(tag), (round_["title"], f"{tag}/rounds/{round_['number']}.html")]
    paper = Paper(path, _("Proposals"), above=above)
    paper.section(
        _(
            "Proposals %(first)s to %(last)s",
            first=number(place["first"]),
            last=number(place["last"]),
        ),
        links((title, path_of(tag, id)) for id, title in records),
    )
    return paper
