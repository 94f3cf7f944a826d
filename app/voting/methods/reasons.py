"""Which votes owe a reason where votes are public: strong resistance, and an objection.

Of secret votes no reason is asked: words would tell whose they are.
"""

from app.voting.methods.base import Content
from app.voting.methods.resistance import STRONG


def asks_reason(method: str, content: Content) -> bool:
    """Whether an open vote with this content (that has passed `check`) needs a reason."""
    if method == "resistance":
        return any(value >= STRONG for value in content["resistance"].values())
    if method == "consent":
        return bool(content["choice"] == "objection")
    return False
