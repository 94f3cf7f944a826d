"""The drawn value of an external draw, twice, because it cannot be changed."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.forms import Form, LineField
from app.voting.forms.base import wrong


class DrawForm(Form):
    value = LineField(
        _l("Drawn value"),
        most=200,
        description=_l("Exactly as it was published, in the order that the question names."),
    )
    again = LineField(_l("The same once more"), most=200)

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        if good and self.value.data != self.again.data:
            return wrong(self.again, _("The two are not the same. Please compare them."))
        return good
