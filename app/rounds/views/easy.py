"""The rules of a round in Leichte Sprache, made from the procedure's data.

German whatever the reader's language, because Leichte Sprache is a kind of German: short sentences,
one thought each, no foreign words, numbers as figures (the rules of Netzwerk Leichte Sprache). What
moderators have typed in words of their own cannot be made easy by a program: it is quoted as it is,
unless they have written it in Leichte Sprache too.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple

from babel.dates import format_date

from app.core import clock
from app.rounds.models import Audience, ModerationMode, Procedure, Round, Window
from app.rounds.states import Activity


class Part(NamedTuple):
    """A heading, sentences below it, and words of the moderators that are quoted there; `easy`
    where they have written these in Leichte Sprache.
    """

    heading: str
    sentences: list[str]
    quoted: str = ""
    easy: bool = False


_ALL = "Alle Menschen können {what}."
_ACCOUNT = "Dafür brauchen Sie ein Konto."
_NO_ACCOUNT = "Sie brauchen dafür kein Konto."
_GROUPS_TOO = "Auch Vereine und Gruppen können {what}."
_GROUPS = "Nur Vereine und Gruppen können {what}."
_JOINED = "Der Verein oder die Gruppe muss beim Dialog mitmachen."
_WHAT = {
    Activity.PROPOSE: "Vorschläge machen",
    Activity.COMMENT: "ihre Meinung schreiben",
    Activity.SUPPORT: "einen Vorschlag unterstützen",
    Activity.AMEND: "sagen: Das soll anders im Vorschlag stehen",
    Activity.VOTE: "abstimmen",
}
_TIMES = {
    Activity.PROPOSE: "Vorschläge machen",
    Activity.COMMENT: "Meinung schreiben",
    Activity.SUPPORT: "Vorschläge unterstützen",
    Activity.AMEND: "Änderungen vorschlagen",
    Activity.VOTE: "Abstimmen",
    Activity.ANSWER: "Die Stadt antwortet",
}


def parts(round_: Round, easy: Mapping[str, str]) -> list[Part]:
    """All that one has to know, in the order in which one asks (needs `windows`).

    `easy` is what the moderators have written in Leichte Sprache, by the name of the rule.
    """
    rules = round_.procedure
    found = [
        _quote("Was können Sie ändern?", "Das ist noch offen:", "open_to_influence", rules, easy),
        _quote("Was steht schon fest?", "Das bleibt so:", "not_open", rules, easy),
        _quote("Wer entscheidet am Ende?", "So ist das:", "who_decides", rules, easy),
        Part("Wer kann mitmachen?", _who(rules)),
        Part("Wie stimmen Sie ab?", _voting(rules)),
        Part("Wie viele Vorschläge?", _limits(rules)),
        Part("Wer passt auf?", _watching(rules)),
        Part("Wann kommt die Antwort?", _answers(rules)),
        Part("Wann geht was?", [_time(one) for one in round_.windows]),
    ]
    return [one for one in found if one is not None and one.sentences]


def _quote(
    heading: str, sentence: str, name: str, rules: Procedure, easy: Mapping[str, str]
) -> Part | None:
    """What moderators have typed, if they have."""
    words = easy.get(name) or getattr(rules, name)
    return Part(heading, [sentence], words, name in easy) if words else None


def _who(rules: Procedure) -> list[str]:
    by_activity = {
        Activity.PROPOSE: rules.who_proposes,
        Activity.COMMENT: rules.who_comments,
        Activity.SUPPORT: rules.who_supports,
        Activity.AMEND: rules.who_amends,
        Activity.VOTE: rules.who_votes,
    }
    return [line for activity, who in by_activity.items() for line in _may(activity, who)]


def _may(activity: Activity, who: Audience) -> list[str]:
    what = _WHAT[activity]
    if who is Audience.ORGANISATIONS:
        return [_GROUPS.format(what=what), _JOINED]
    account = _NO_ACCOUNT if who is Audience.PUBLIC else _ACCOUNT
    return [_ALL.format(what=what), account, _GROUPS_TOO.format(what=what)]


def _voting(rules: Procedure) -> list[str]:
    groups = "Bei Vereinen und Gruppen sieht man: So haben sie abgestimmt."
    if rules.who_votes is Audience.ORGANISATIONS:
        return [groups]
    if rules.persons_secret:
        return ["Menschen stimmen geheim ab.", "Niemand sieht: So haben Sie abgestimmt.", groups]
    return ["Menschen stimmen offen ab.", "Alle sehen: So haben Sie abgestimmt.", groups]


def _limits(rules: Procedure) -> list[str]:
    most = rules.proposals_per_author
    lines = [
        "Jeder Mensch kann 1 Vorschlag machen."
        if most == 1
        else f"Jeder Mensch kann höchstens {most} Vorschläge machen.",
        "Für Vereine und Gruppen gilt das auch.",
    ]
    if rules.cosponsors == 1:
        lines.append("1 anderer Verein muss den Vorschlag auch wollen.")
    elif rules.cosponsors:
        lines.append(f"{rules.cosponsors} andere Vereine müssen den Vorschlag auch wollen.")
    return lines


def _watching(rules: Procedure) -> list[str]:
    lines = ["Es gibt Menschen, die auf den Dialog aufpassen.", "Sie heißen: Moderation."]
    if rules.moderation is ModerationMode.BEFORE:
        lines += [
            "Die Moderation liest jeden Text zuerst.",
            f"Das dauert höchstens {_hours(rules.reaction_hours)}.",
            "Danach können alle den Text lesen.",
        ]
    else:
        lines += [
            "Alle können Ihren Text sofort lesen.",
            "Ist ein Text schlimm?",
            "Dann melden Sie ihn der Moderation.",
            "Die Moderation antwortet Ihnen.",
            f"Das dauert höchstens {_hours(rules.reaction_hours)}.",
        ]
    return lines


def _hours(number: int) -> str:
    """Whole days as days; after "höchstens"."""
    if number % 24 == 0:
        days = number // 24
        return "1 Tag" if days == 1 else f"{days} Tage"
    return "1 Stunde" if number == 1 else f"{number} Stunden"


def _answers(rules: Procedure) -> list[str]:
    return [
        "Die Stadt antwortet auf jeden Vorschlag.",
        "Sie sagt auch den Grund.",
        "Die Antwort kommt nach dem Ende der Runde.",
        f"Das dauert höchstens {_hours(24 * rules.answer_days)}.",
    ]


def _time(window: Window) -> str:
    """One line."""
    begin, end = clock.local(window.opens_at), clock.local(window.closes_at)
    last = end - timedelta(seconds=1)  # what closes at midnight is possible until the day before
    first, until = (format_date(day, "long", locale="de") for day in (begin, last))
    return f"{_TIMES[window.activity]}: vom {first} bis zum {until}."
