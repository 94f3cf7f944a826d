"""A report about a barrier reaches the operator by mail at once; search finds the legal pages."""

from typing import Any

from flask import current_app, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select

from app.core import mail
from app.core.db import db
from app.core.events import on
from app.core.languages import LANGUAGES
from app.core.search import writing
from app.core.search.sources import Group, searchable
from app.pages.events import BarrierReported, LegalTextChanged
from app.pages.models import LegalKind
from app.pages.queries import searching

TITLES = {
    LegalKind.RULES: _l("Rules of the dialogue"),
    LegalKind.IMPRINT: _l("Imprint"),
    LegalKind.PRIVACY: _l("Privacy"),
    LegalKind.ACCESSIBILITY: _l("Accessibility"),
}


@on(BarrierReported)
def tell_the_operator(event: BarrierReported) -> None:
    settings = current_app.config["SETTINGS"]
    with force_locale(settings.default_language):
        path = url_for("pages.barriers", lang=settings.default_language)
        mail.queue(
            settings.contact_email,
            _("Somebody met a barrier"),
            _("Please read the report and answer it: %(url)s", url=f"{settings.server_url}{path}"),
        )


def _legal_texts() -> Select[Any]:
    titles = {}
    for language in LANGUAGES.values():
        with force_locale(language.locale):
            titles.update({(kind, language.tag): str(title) for kind, title in TITLES.items()})
    return searching.legal_texts(titles)


searchable(
    "legal",
    Group.SITE,
    _legal_texts,
    lambda _id, place: url_for(f"pages.{searching.PLACES[place or 0]}"),
)


@on(LegalTextChanged)
def legal_text_changed(event: LegalTextChanged) -> None:
    """The version in force can be found, the earlier one not any more."""
    writing.touch_all(db.session(), "legal", searching.versions_of(event.kind, event.language))
