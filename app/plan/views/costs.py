"""What the plan costs."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.web import guard
from app.core.web.shared import shared_by_strangers
from app.plan.forms import KINDS, PERIODS
from app.plan.queries import money
from app.plan.views import bp
from app.plan.views.index import chosen_plan
from app.plan.views.told import plan_language


@bp.get("/plan/costs")
@shared_by_strangers
@guard("plan.index")
def costs() -> ResponseReturnValue:
    """In all, and field by field."""
    plan, _plans = chosen_plan()
    if plan is None:
        return redirect(url_for("plan.index"))
    return render_template(
        "plan/costs.html",
        plan=plan,
        whole=money.sums(plan.id),
        fields=money.by_field(plan.id),
        periods=PERIODS,
        kinds=KINDS,
        plan_language=plan_language(),
    )
