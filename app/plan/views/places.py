"""The contact points of a plan. What somebody looks for leaves no trace.

It is sent in the body of the request: so it stands in no address, no history, no log of a server on
the way, and no page that is kept. Nothing of it is written down here either.
"""

from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.districts import DISTRICTS
from app.core.languages import SPOKEN
from app.core.text.numbers import small_number
from app.core.web import guard
from app.plan.forms import MODES, POINT_STATES, STEPS, PlacesForm
from app.plan.queries import places as queries
from app.plan.queries.places import Needs
from app.plan.views import bp
from app.plan.views.index import chosen_plan
from app.plan.views.words import day_of


@bp.route("/plan/contact-points", methods=["GET", "POST"])
@guard("plan.index")
def places() -> ResponseReturnValue:
    """All of them; by POST those that somebody looks for. Nothing is changed by either."""
    plan, _plans = chosen_plan()
    if plan is None:
        return redirect(url_for("plan.index"))
    form = PlacesForm()
    sifted = form.validate_on_submit()
    after = small_number(request.form.get("after"))
    needs = form.needs() if sifted else Needs()
    page = render_template(
        "plan/places.html",
        plan=plan,
        form=form,
        sifted=sifted and needs != Needs(),
        found=queries.places(plan.id, needs, after if sifted else None),
        **_words(),
    )
    response = make_response(page, 422 if form.errors else 200)
    response.headers["Cache-Control"] = "private, no-store"  # nor does the browser keep it
    return response


def _words() -> dict[str, Any]:
    return {
        "modes": MODES,
        "states": POINT_STATES,
        "steps_in": STEPS,
        "spoken": SPOKEN,
        "district_names": DISTRICTS,
        "today": clock.today(),
        "day_of": day_of,
    }
