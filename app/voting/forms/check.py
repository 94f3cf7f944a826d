"""What somebody types who looks for their vote in the log."""

from flask_babel import lazy_gettext as _l

from app.core.forms import Form, LineField


class CheckForm(Form):
    code = LineField(
        _l("Check code"),
        most=60,
        description=_l("Twenty letters and digits, such as 7F3K-…"),
    )
