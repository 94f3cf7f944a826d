"""Forms of the general pages."""

from flask_babel import lazy_gettext as _l

from app.core.forms import EmailField, Form, LineField, TextField


class LegalTextForm(Form):
    body = TextField(_l("Text"), most=60_000, description=_l("Markdown. Saved as a new version."))


class BarrierForm(Form):
    words = TextField(
        _l("What could you not do or read?"),
        most=4000,
        description=_l("One sentence is enough."),
    )
    page = LineField(_l("On which page?"), most=300, required=False)
    contact = EmailField(
        _l("Your e-mail address, if you would like an answer"),
        required=False,
    )
