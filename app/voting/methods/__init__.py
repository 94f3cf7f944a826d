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
from app.voting.methods.consent import Consent
from app.voting.methods.equal_shares import EqualShares
from app.voting.methods.landscape import Landscape
from app.voting.methods.lots import lot
from app.voting.methods.majority_judgment import MajorityJudgment
from app.voting.methods.resistance import Resistance
from app.voting.methods.schulze import Schulze
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
    "lot",
]

_ALL: tuple[Method, ...] = (
    YesNo(),
    Consent(),
    Approval(),
    Resistance(),
    MajorityJudgment(),
    Schulze(),
    EqualShares(),
    Landscape(),
)

METHODS: dict[str, Method] = {method.name: method for method in _ALL}
