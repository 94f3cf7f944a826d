"""Who gets the archive of a dialogue, and who has it made."""

from flask_babel import lazy_gettext as _

from app.core.policy import HIDDEN, Actor, Verdict, first_refusal, has_role, rule
from app.opendata import queries
from app.rounds.models import Dialogue
from app.rounds.policy import dialogue as dialogue_shown


@rule("opendata.archive")
def archive(actor: Actor, dialogue: Dialogue) -> Verdict:
    """Everybody, once the dialogue is public."""
    return first_refusal(
        dialogue_shown(actor, dialogue), True if dialogue.published_at is not None else HIDDEN
    )


@rule("opendata.make-archive")
def make_archive(actor: Actor, dialogue: Dialogue) -> Verdict:
    """The dialogue's moderators, as soon as one of its rounds is over."""
    return first_refusal(
        archive(actor, dialogue),
        has_role(actor, "moderator", dialogue.id),
        True
        if queries.rounds_over(dialogue.id)
        else _("No round of this dialogue is over yet: there is nothing to keep."),
    )
