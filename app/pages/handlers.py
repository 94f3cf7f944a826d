"""A report about a barrier reaches the operator by mail at once."""

from flask import current_app, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from app.core import mail
from app.core.events import on
from app.pages.events import BarrierReported


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
