"""What is like a title that is being typed, as a piece of a page."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.core.text.clean import clean_line
from app.core.web import guard
from app.proposals import queries
from app.proposals.views import bp
from app.rounds import queries as rounds
from app.rounds.models import Round

_LONGEST = 200  # characters of a title


@bp.get("/rounds/<int:id>/proposals/similar")
@guard("proposals.index", round_=rounds.get)
def similar(round_: Round) -> ResponseReturnValue:
    """Nothing where nothing is alike."""
    title = clean_line(request.args.get("title", "")[:_LONGEST], 4 * _LONGEST)
    return render_template("proposals/_similar.html", similar=queries.similar(title))
