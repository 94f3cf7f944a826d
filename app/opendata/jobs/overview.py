"""The pages around the proposals: beginning, rounds, votes, plan, decisions, rules."""

from collections.abc import Iterable
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.languages import LANGUAGES
from app.core.web.context import localdatetime, number
from app.moderation.forms import ACTIONS
from app.moderation.models import RULES, Action, BrokenRule
from app.moderation.views.register import SCOPES
from app.opendata.jobs.contributions import day, path_of
from app.opendata.jobs.paper import Paper, Part, facts, labelled, line, links, table, text
from app.opendata.jobs.records import Record
from app.rounds.models import Procedure
from app.rounds.states import Activity, RoundState
from app.rounds.views.words import ACTIVITIES, STATES, differences, limits, rules
from app.voting.views.words.base import apart

SIMPLE = "Leichte Sprache"


def beginning(
    dialogue: Record, rounds: list[Record], tag: str, files: list[tuple[str, str]]
) -> Paper:
    """What the dialogue was, and the way to everything else. `files`: (words, path)."""
    paper = Paper(f"{tag}/index.html", dialogue["title"])
    paper.section(
        _("What it was about"),
        text(dialogue["question"]),
        text(dialogue["summary"]),
        facts(
            [
                (_("Plan"), dialogue["plan"]),
                (_("Public since"), day(dialogue["published_at"])),
                (_("Without a decision about the rules"), dialogue["without_method_decision"]),
            ]
        ),
    )
    paper.section(
        _("Rounds"),
        line(_("What is in this package: the rounds that were over when it was made.")),
        links(
            (f"{one['number']}. {apart(one['title'])}", f"{tag}/rounds/{one['number']}.html")
            for one in rounds
        ),
    )
    paper.section(
        _("Further pages"),
        links(
            [
                (_("What came into the plan"), f"{tag}/plan.html"),
                (_("Register of decisions"), f"{tag}/register.html"),
                (_("Rules of the dialogue"), f"{tag}/rules.html"),
            ]
        ),
    )
    paper.section(
        _("Who took part as an organisation"),
        table(
            _("Organisations"), [_("Name")], ([one["name"]] for one in dialogue["organisations"])
        ),
    )
    paper.section(
        _("Files"),
        line(
            _(
                "SHA256SUMS has the checksum of every file: “sha256sum -c SHA256SUMS” checks that "
                "nothing has been changed. README.txt says what the files are."
            )
        ),
        links(files),
    )
    return paper


def rules_page(dialogue: Record, tag: str) -> Paper:
    """Every version of the dialogue's own rules, in every language that it has."""
    paper = Paper(f"{tag}/rules.html", _("Rules of the dialogue"), above=home(tag))
    if not dialogue["rulebooks"]:
        paper.section(
            _("In force"),
            line(_("This dialogue has the platform's general rules, none of its own.")),
        )
    for one in dialogue["rulebooks"]:
        made = paper.section(
            _("Version %(number)s of %(day)s", number=one["number"], day=day(one["at"])),
            labelled(_("Reason for the change"), one["reason"]),
        )
        for language, body in one["texts"].items():
            known = LANGUAGES.get(language)
            part = labelled(known.native_name if known else SIMPLE, body, language)
            made.parts += [part] if part is not None else []
    return paper


def home(tag: str) -> list[tuple[str, str]]:
    return [(_("Beginning"), f"{tag}/index.html")]


def round_page(one: Record, votes: list[Record], lists: list[Record], tag: str) -> Paper:
    """What one could do, by which rules, and what came of it. `lists`: pages of its proposals."""
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
    ]
    paper.section(
        _("Proposals"), links(found) if found else line(_("There were no proposals in this round."))
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
                [ACTIVITIES[Activity(w["activity"])], _at(w["opens_at"]), _at(w["closes_at"])]
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
        _summed_up(paper, one["summed_up"])
    for landscape in one["landscapes"]:
        paper.section(
            _("Opinion landscape: %(title)s", title=landscape["title"]),
            line(_("The figures are in the file data/rounds.json.")),
            table(
                _("Statements"), [_("Statement")], ([w] for w in landscape["statements"].values())
            ),
        )


def _at(moment: str | None) -> str:
    return localdatetime(datetime.fromisoformat(moment), "medium") if moment else ""


def _summed_up(paper: Paper, said: Record) -> None:
    parts = {"agreement": _("Agreement"), "dissent": _("Dissent"), "open": _("Open questions")}
    made = paper.section(_("Summary by the moderators"))
    for name, label in parts.items():
        found: list[Part | None] = [labelled(label, said[name])]
        sources = said["sources"].get(name, [])
        found.append(table(_("It rests on"), [_("Contribution")], ([one] for one in sources)))
        made.parts += [part for part in found if part is not None]
    endings = {"changed": _("the summary was changed"), "kept": _("the summary stayed")}
    disputes = table(
        _("Disputed"),
        [_("Part"), _("How it ended"), _("Reason")],
        ([parts[one["part"]], endings[one["ending"]], one["reason"]] for one in said["disputes"]),
    )
    made.parts += [disputes] if disputes is not None else []
    for one in said["minority"]:
        part = labelled(_("Minority statement of %(name)s", name=one["organisation"]), one["words"])
        made.parts += [part] if part is not None else []


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


def plan_page(changes: list[Record], tag: str) -> Paper:
    """The sentences that came into the plan, each with the proposal behind it."""
    paper = Paper(f"{tag}/plan.html", _("What came into the plan"), above=home(tag))
    if not changes:
        paper.section(_("Sentences"), line(_("No answer of this dialogue has changed the plan.")))
    for one in changes:
        proposals = [cause for cause in one["because_of"] if cause["kind"] == "proposal"]
        others = [cause for cause in one["because_of"] if cause["kind"] != "proposal"]
        made = paper.section(one["title"])
        parts = [
            text(one["words"], one["language"]),
            line(_("Changed on %(day)s", day=day(one["at"]))),
            None if one["still_there"] else line(_("It is not in the plan any more.")),
            links(
                (
                    _("Because of “%(title)s”", title=apart(cause["title"])),
                    path_of(tag, cause["id"]),
                )
                for cause in proposals
            ),
            *(line(_because(cause)) for cause in others),
        ]
        made.parts += [part for part in parts if part is not None]
    return paper


def _because(cause: Record) -> str:
    return _("Because of “%(title)s”", title=apart(cause["title"]))


def register_page(decisions: list[Record], tag: str) -> Paper:
    """Every decision of the moderators, without texts and names."""
    paper = Paper(f"{tag}/register.html", _("Register of decisions"), above=home(tag))
    count = ngettext(
        "%(number)s decision", "%(number)s decisions", len(decisions), number=number(len(decisions))
    )
    paper.section(
        count,
        table(
            _("All decisions"),
            [_("Day"), _("What was decided"), _("Rule"), _("About"), _("Automation"), _("Appeal")],
            (_decision(one) for one in decisions),
        )
        or line(_("No decisions yet")),
    )
    return paper


def _decision(one: Record) -> list[str]:
    appeal = "–"
    if one["objected"]:
        ends = {None: _("waits"), True: _("overturned"), False: _("the decision stays")}
        appeal = ends[one["overturned"]]
    return [
        day(one["at"]),
        str(ACTIONS[Action(one["action"])]),
        str(RULES[BrokenRule(one["rule"])]) if one["rule"] else "–",
        str(SCOPES.get(one["about"], one["about"])),
        _("a list let it wait") if one["automation"] == "list" else _("none"),
        appeal,
    ]
