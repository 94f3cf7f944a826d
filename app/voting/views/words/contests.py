"""What is said of objections to a method."""

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.web.context import localdatetime
from app.voting.models import ObjectionPeriod, Question
from app.voting.states import Contest, QuestionState
from app.voting.views.words.base import apart
from app.voting.views.words.by_method import BY_METHOD


def what_it_decides(question: Question) -> str:
    """The text of a vote about a method."""
    return _(
        "So many object to the method of “%(title)s” that those who vote choose it. Tick every "
        "method that you find good. What is ahead among organisations and among people is taken; "
        "otherwise the announced method stays. It applies by itself.",
        title=question.title,
    )


def contest(question: Question) -> list[str]:
    """How far the objections to the method of a question have come, a sentence each."""
    period = question.period
    if period is None:
        return []
    if question.state is QuestionState.DRAFT and period.state is not Contest.SETTLED:
        return [_("The question was taken back. The days begin anew when it is published again.")]
    if period.state is Contest.RUNNING:
        return [
            _(
                "One can object to the method until %(moment)s. The vote opens after that.",
                moment=localdatetime(period.ends_at),
            )
        ]
    found = [_ended(period)]
    if period.state is Contest.CONTESTED:
        found.append(_("Those who vote will choose the method. The moderators set the time."))
    if period.state is Contest.VOTING:
        found.append(_("Those who vote choose the method now; the question waits for it."))
    if period.state is Contest.SETTLED:
        found.append(_("Decided by that vote: %(method)s.", method=_name(period.method)))
    return found


def _name(method: str) -> str:
    return apart(str(BY_METHOD[method].name))


def _ended(period: ObjectionPeriod) -> str:
    organisations = ngettext(
        "%(num)s organisation (needed: %(needed)s)",
        "%(num)s organisations (needed: %(needed)s)",
        period.organisations or 0,
        needed=period.organisations_needed,
    )
    people = ngettext(
        "%(num)s person (needed: %(needed)s)",
        "%(num)s people (needed: %(needed)s)",
        period.persons or 0,
        needed=period.persons_needed,
    )
    who = organisations if period.persons is None else f"{organisations}, {people}"
    if period.state is Contest.PASSED:
        return _("Too few have objected to the method: %(who)s. It stays.", who=who)
    return _("Enough have objected to the method: %(who)s.", who=who)
