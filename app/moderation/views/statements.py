"""The export for the EU's database of statements of reasons. Nothing is ever sent by itself.

The words are English, as the database's own are; docs/moderation.md says what each field holds.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from app.core import clock
from app.core.web import guard
from app.moderation.models import RULES, Action, BrokenRule
from app.moderation.queries import statements
from app.moderation.queries.statements import Restriction
from app.moderation.views import bp

DAYS = 92
"""Without `from`: about a quarter."""
_SPEECH = "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH"
_TERMS = "STATEMENT_CATEGORY_OTHER_VIOLATION_TC"
CATEGORIES: dict[BrokenRule, str] = {
    BrokenRule.INSULT: _SPEECH,
    BrokenRule.HATE: _SPEECH,
    BrokenRule.PRIVATE_DATA: "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
    BrokenRule.ADVERTISING: _TERMS,
    BrokenRule.OFF_TOPIC: _TERMS,
    BrokenRule.UNLAWFUL: _SPEECH,
    BrokenRule.INCOMPLETE: _TERMS,
}
MEASURES: dict[Action, dict[str, Any]] = {
    Action.HIDE: {"decision_visibility": ["DECISION_VISIBILITY_CONTENT_DISABLED"]},
    Action.RETURN: {"decision_visibility": ["DECISION_VISIBILITY_CONTENT_DISABLED"]},
    Action.CUT: {
        "decision_visibility": ["DECISION_VISIBILITY_OTHER"],
        "decision_visibility_other": "Words were taken out, and everybody sees where.",
    },
    Action.LOCK: {"decision_visibility": ["DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED"]},
    Action.SUSPEND: {"decision_provision": "DECISION_PROVISION_PARTIAL_SUSPENSION"},
}


@bp.get("/operator/statements-of-reasons.json")
@guard("moderation.statements")
def statements_file() -> ResponseReturnValue:
    """Decisions from a day to a day (`from`, `to`; both included), for who hands them in."""
    last = _day("to") or clock.today()
    first = _day("from") or last - timedelta(days=DAYS)
    since = clock.from_local(datetime.combine(first, time()))
    until = clock.from_local(datetime.combine(last + timedelta(days=1), time()))
    name = f"statements-{first:%Y%m%d}-{last:%Y%m%d}.json"
    return Response(
        "".join(_file(since, until)),
        mimetype="application/json",
        headers={"Content-Disposition": f"attachment; filename={name}"},
    )


def _day(name: str) -> date | None:
    try:
        found = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2200 else None


def _file(since: datetime, until: datetime) -> Iterator[str]:
    yield '{"statements": ['
    after, comma = 0, ""
    while part := statements.restrictions(since, until, after=after):
        for one in part:
            yield comma + json.dumps(statement(one), ensure_ascii=False)
            comma = ",\n"
        after = part[-1].decision.id
    yield "]}\n"


def statement(one: Restriction) -> dict[str, Any]:
    """One decision in the format. Of the moderator's words nothing: they may name somebody."""
    decision, rule = one.decision, one.rule
    with force_locale("en"):
        label = str(RULES[rule])
    site = str(current_app.config["SETTINGS"].site_name)
    made: dict[str, Any] = {
        **MEASURES[decision.action],
        "decision_facts": f"A moderator read the contribution and found that it breaks a rule: "
        f"{label}.",
        **_ground(one, label),
        "content_type": ["CONTENT_TYPE_TEXT"],
        "content_language": decision.language[:2].upper(),
        "content_date": clock.local(one.written_at).date().isoformat(),
        "category": CATEGORIES[rule],
        "application_date": clock.local(decision.at).date().isoformat(),
        "source_type": "SOURCE_ARTICLE_16" if one.reported else "SOURCE_VOLUNTARY",
        "automated_detection": "Yes" if decision.listed else "No",
        "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
        "puid": f"{''.join(c for c in site if c.isascii() and c.isalnum())}-{decision.id}",
    }
    if decision.until is not None:
        made["end_date_service_restriction"] = decision.until.isoformat()
    return made


def _ground(one: Restriction, label: str) -> dict[str, str]:
    number = one.decision.rulebook_number
    version = f"Rules of the dialogue, version {number}" if number else "General rules"
    if one.rule is BrokenRule.UNLAWFUL:
        return {
            "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT",
            "illegal_content_legal_ground": "German law; the statement to the author names it.",
            "illegal_content_explanation": label,
        }
    return {
        "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "incompatible_content_ground": version,
        "incompatible_content_explanation": label,
        "incompatible_content_illegal": "No",
    }
