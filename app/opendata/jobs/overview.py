"""The pages around the proposals: beginning, rounds, votes, plan, decisions, rules."""

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.languages import LANGUAGES
from app.core.web.context import number
from app.moderation.forms import ACTIONS
from app.moderation.models import RULES, Action, BrokenRule
from app.moderation.views.register import SCOPES
from app.opendata.jobs.contributions import day, moment, path_of
from app.opendata.jobs.paper import Paper, facts, labelled, line, links, table, text
from app.opendata.jobs.records import Record
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
                (_("Meetings"), f"{tag}/meetings.html"),
                (_("Questions and answers"), f"{tag}/questions.html"),
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


def meetings_page(dialogue: Record, tag: str) -> Paper:
    """Meetings and trainings, with what was written down there."""
    paper = Paper(f"{tag}/meetings.html", _("Meetings"), above=home(tag))
    if not dialogue["meetings"]:
        paper.section(_("Meetings"), line(_("There were no meetings in this dialogue.")))
    for one in dialogue["meetings"]:
        made = paper.section(
            one["title"],
            facts(
                [
                    (_("From"), moment(one["starts_at"])),
                    (_("Until"), moment(one["ends_at"])),
                    (_("Place"), one["place"]),
                    (_("Cancelled because"), one["cancelled_because"]),
                ]
            ),
            text(one["description"], one["language"]),
        )
        for language, body in one["minutes"].items():
            part = labelled(_("Minutes"), body, language)
            made.parts += [part] if part is not None else []
    return paper


def questions_page(dialogue: Record, tag: str) -> Paper:
    """What units answered for everybody, box by box."""
    paper = Paper(f"{tag}/questions.html", _("Questions and answers"), above=home(tag))
    if not dialogue["questions"]:
        paper.section(
            _("Questions and answers"),
            line(_("No unit has answered a question about it for everybody.")),
        )
    for one in dialogue["questions"]:
        measure, changed = one["measure"], one["changed_at"]
        paper.section(
            one["question"],
            facts(
                [
                    (_("Topic"), apart(one["box"])),
                    (_("Answered by"), apart(f"{one['role']}, {one['unit']}")),
                    (_("Measure"), apart(measure["title"]) if measure else None),
                    (_("Published"), day(one["published_at"])),
                    (_("Changed on"), day(changed if changed != one["published_at"] else None)),
                ]
            ),
            text(one["answer"], one["language"]),
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
