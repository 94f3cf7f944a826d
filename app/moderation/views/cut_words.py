"""What moderators took out of a proposal or an amendment, for its authors and for them."""

from app.core import cuts
from app.core.text.diff import Piece, pieces


def cut_words(subject_id: int) -> list[list[Piece]]:
    """Each text that was shortened, with what was taken out of it; the newest cut first."""
    return [pieces(one.before, one.after) for one in cuts.taken_out(subject_id)]
