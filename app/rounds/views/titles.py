"""What dialogues and rounds are called in the reader's language, wherever they are named."""

from app.core.web.languages import current
from app.rounds.models import Dialogue, Round
from app.rounds.views import bp


@bp.app_template_filter("said")
def said(thing: Dialogue | Round, what: str = "title") -> str:
    """Its title (or question) as somebody has written it in the reader's language, if anybody."""
    return thing.said(what, current().tag)
