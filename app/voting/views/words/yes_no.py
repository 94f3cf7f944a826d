"""Yes or no, in words."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.voting.models import Question
from app.voting.views.words.base import BAR_COLUMNS, MethodWords, Table, bar_rows, bars

CHOICES = {"yes": _l("Yes"), "no": _l("No"), "abstain": _l("Abstained")}


def _sentence(question: Question) -> str:
    if question.parameters.get("majority") == "two-thirds":
        return _("Adopted if at least two thirds of yes and no are yes. Abstentions do not count.")
    return _("Adopted if there are more yes than no. Abstentions do not count, a tie is a no.")


def _chosen(_question: Question, content: dict[str, Any]) -> list[str]:
    return [str(CHOICES[content["choice"]])]


def _labels(_question: Question) -> dict[str, str]:
    return {choice: str(words) for choice, words in CHOICES.items()}


def _bars(question: Question, table: Table) -> list[dict[str, Any]]:
    return bars(_labels(question), table, set())


WORDS = MethodWords(
    name=_l("Yes or no"),
    sentence=_sentence,
    chosen=_chosen,
    labels=_labels,
    picture=lambda question, table: {"rows": _bars(question, table)},
    columns=BAR_COLUMNS,
    rows=lambda question, table: bar_rows(_bars(question, table)),
)
