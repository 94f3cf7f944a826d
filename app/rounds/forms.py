"""What moderators type."""

from flask_babel import lazy_gettext as _l

from app.core.forms import Form, TextField


class RefuseForm(Form):
    reason = TextField(_l("Reason, read by the organisation's representatives"), most=2_000)
