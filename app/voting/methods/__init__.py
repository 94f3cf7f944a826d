"""The ways to decide: one registry, one pure function each.

The lowest layer of voting. numpy is imported only inside the functions that count.
"""

from app.voting.methods.approval import Approval
from app.voting.methods.base import (
    Content,
    Grouped,
    Malformed,
    Method,
    OptionId,
    Parameters,
    Result,
    Statistic,
    canonical,
    digest,
)
from app.voting.methods.yes_no import YesNo

__all__ = [
    "METHODS",
    "Content",
    "Grouped",
    "Malformed",
    "Method",
    "OptionId",
    "Parameters",
    "Result",
    "Statistic",
    "canonical",
    "digest",
]

_ALL: tuple[Method, ...] = (YesNo(), Approval())

METHODS: dict[str, Method] = {method.name: method for method in _ALL}
