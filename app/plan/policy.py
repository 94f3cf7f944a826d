"""Who may read the plan: everybody, all of it. Who may change a measure: who is responsible."""

from flask_babel import lazy_gettext as _

from app.core.policy import HIDDEN, SIGN_IN, Actor, Verdict, first_refusal, rule
from app.plan.models import Field, Measure, MeasureState, PaperLookup
from app.plan.queries import field_history
from app.plan.queries.paragraphs import Paragraph


@rule("plan.index")
def index(actor: Actor) -> Verdict:
    """Everybody."""
    return True


@rule("plan.gaps")
def gaps(actor: Actor) -> Verdict:
    """What a plan lacks is of use to those who write it: the units and operators."""
    if actor.has("operator") or actor.places("unit"):
        return True
    return _("Only people of the administration's units.") if actor.signed_in else SIGN_IN


@rule("plan.show")
def show(actor: Actor, measure: Measure) -> Verdict:
    """Everybody: a measure and all its versions are public from the first day."""
    return True


@rule("plan.paragraph")
def paragraph(actor: Actor, paragraph: Paragraph) -> Verdict:
    """Everybody, also what the plan does not say any more."""
    return True


@rule("plan.field")
def field(actor: Actor, field: Field) -> Verdict:
    """Everybody, with all its versions."""
    return True


@rule("plan.edit-field")
def edit_field(actor: Actor, field: Field) -> Verdict:
    """Operators, and the people of the units that are responsible for measures of the field."""
    mine = actor.places("unit")
    if actor.has("operator") or (mine and mine & field_history.units_of(field.id)):
        return True
    if not actor.signed_in:
        return SIGN_IN
    return _("Only units that are responsible for measures of this field can do this.")


@rule("plan.responsible")
def responsible(actor: Actor, measure: Measure) -> Verdict:
    """The people of the unit that is responsible, and operators."""
    if actor.has("operator") or (
        measure.unit_id is not None and actor.has("unit", measure.unit_id)
    ):
        return True
    if not actor.signed_in:
        return SIGN_IN
    return _("Only the unit that is responsible for the measure can do this.")


@rule("plan.edit")
def edit(actor: Actor, measure: Measure) -> Verdict:
    """Who is responsible, as long as the measure is not completed."""
    return first_refusal(responsible(actor, measure), _not_completed(measure))


@rule("plan.papers")
def papers(actor: Actor, measure: Measure, lookup: PaperLookup) -> Verdict:
    """Who is responsible, what they have looked for themselves."""
    mine = lookup.measure_id == measure.id and lookup.person_id == actor.person_id
    return first_refusal(True if mine else HIDDEN, edit(actor, measure))


@rule("plan.name-causes")
def name_causes(actor: Actor, paragraph: Paragraph) -> Verdict:
    """Who may change the measure says what a paragraph of it stands there because of."""
    return edit(actor, paragraph.measure)


@rule("plan.reopen")
def reopen(actor: Actor, measure: Measure) -> Verdict:
    """Who is responsible, once the measure is completed."""
    completed = measure.state is MeasureState.COMPLETED
    return first_refusal(
        responsible(actor, measure), True if completed else _("This measure is not completed.")
    )


def _not_completed(measure: Measure) -> Verdict:
    if measure.state is MeasureState.COMPLETED:
        return _("This measure is completed. Reopen it first, with a reason.")
    return True
