"""Having another server asked for papers of the council: by a job, so that nobody waits.

No fact of the plan: what was found is chosen from, and forgotten after a day.
"""

from app.core import clock
from app.core.db import db
from app.core.jobs import enqueue
from app.core.policy import Actor
from app.plan.commands.exchange.oparl import Found
from app.plan.models import Measure
from app.plan.models.lookups import PaperLookup
from app.plan.queries import lookups
from app.plan.states import LOOKUP


def look_for_papers(
    measure: Measure, address: str, words: str, *, form_key: str, by: Actor
) -> PaperLookup:
    """The same form sent again gives the same one."""
    known = lookups.by_form(by.person_id, form_key)
    if known is not None:
        return known
    made = PaperLookup(
        measure_id=measure.id,
        person_id=by.person_id,
        form_key=form_key,
        state=LOOKUP.initial,
        address=address,
        words=words,
        language=by.language,
        asked_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    enqueue("plan.look-for-papers", key=f"plan.look-for-papers:{made.id}", lookup_id=made.id)
    return made


def end_lookup(lookup: PaperLookup, result: Found | str) -> None:
    """What was found, or a sentence that says why nothing was."""
    if isinstance(result, str):
        lookup.state = LOOKUP.after(lookup.state, "fail")
        lookup.error = result
    else:
        lookup.state = LOOKUP.after(lookup.state, "find")
        lookup.found = result._asdict()
    lookup.done_at = clock.now()
