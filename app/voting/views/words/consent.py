"""Consent, in words."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.voting.models import Question
from app.voting.views.words.base import BAR_COLUMNS, MethodWords, Table, bar_rows, bars

CHOICES = {
    "consent": _l("Consent"),
    "concern": _l("Consent with a concern"),
    "objection": _l("Objection"),
}


def _sentence(_question: Question) -> str:
    return _(
        "Adopted if no reasoned objection is upheld. After the close the moderators say in public, "
        "with a reason, whether each objection of an organisation is relevant. People vote in "
        "secret and give no reasons: their objections stand."
    )


def _chosen(_question: Question, content: dict[str, Any]) -> list[str]:
    return [str(CHOICES[content["choice"]])]


def _labels(_question: Question) -> dict[str, str]:
    """Chambers are compared by how many consent at all."""
    words = {choice: str(label) for choice, label in CHOICES.items()}
    return {**words, "yes": _("Consent, with a concern or without"), "no": _("Objection")}


def _bars(_question: Question, table: Table) -> list[dict[str, Any]]:
    return bars({choice: str(label) for choice, label in CHOICES.items()}, table, set())


def _picture(question: Question, table: Table) -> dict[str, Any]:
    details = table["details"]
    names = ("adopted", "upheld", "dismissed")
    return {"rows": _bars(question, table), **{name: details[name] for name in names}}


WORDS = MethodWords(
    name=_l("Consent"),
    sentence=_sentence,
    chosen=_chosen,
    labels=_labels,
    picture=_picture,
    columns=BAR_COLUMNS,
    rows=lambda question, table: bar_rows(_bars(question, table)),
)
