"""What moderators took out of a proposal or an amendment, for its authors and for them."""

from app.core import cuts
from app.core.text.diff import Piece, pieces
from app.proposals.models import REWRITABLE, ProposalVersion


def cut_words(subject_id: int) -> list[list[Piece]]:
    """Each text that was shortened, with what was taken out of it; the newest cut first.

    Of what was given back and rewritten: the text that stood there last.
    """
    last: dict[tuple[int, str, str], cuts.CutText] = {}
    for one in cuts.taken_out(subject_id, ProposalVersion.__tablename__):
        if one.place != ProposalVersion.__tablename__ or one.field in REWRITABLE:
            last.setdefault((one.number, one.place, one.field), one)
    return [pieces(one.before, one.after) for one in last.values()]
