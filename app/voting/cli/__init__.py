"""`flask tally` and `flask recount` read files only; `flask voting` is for who runs an instance."""

from app.voting.cli.files import tally
from app.voting.cli.recounting import recount
from app.voting.cli.sealed import group

__all__ = ["group", "recount", "tally", "top_level"]

top_level = (tally, recount)
