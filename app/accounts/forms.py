"""What people type about their account."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, PasswordField, SelectField
from wtforms.validators import InputRequired, ValidationError

from app.accounts.models import RoleName
from app.core.forms import EmailField, Form, LineField, NameField, choices, label_text
from app.core.languages import LANGUAGES
from app.core.text.names import skeleton

SHORTEST = 12
LONGEST = 500  # hashing a book would keep a worker busy
DIFFERENT = 5  # letters at least

_NAME_HINT = _l("Everybody sees this name beside what you write. It need not be your real name.")
_OFFICIAL = ("Moderation", "Administration", "Administrator", "Admin", "Verwaltung", "Redaktion")


class DisplayNameField(NameField):
    """A pseudonym, of up to 80 characters, that does not sound like an office."""

    def __init__(self, label: Any, validators: Any = (), **kwargs: Any) -> None:
        kwargs.setdefault("description", _NAME_HINT)
        super().__init__(label, [*validators, _not_official], most=80, **kwargs)


def _not_official(form: Any, field: Any) -> None:
    if skeleton(field.data) in {skeleton(word) for word in (*_OFFICIAL, *form.official_names)}:
        raise ValidationError(_("This name sounds like an office. Please choose another."))


class NewPasswordField(PasswordField):
    """A password to choose: long rather than complicated, pasted if one likes."""

    data: Any  # text once it is validated

    def __init__(self, label: Any, **kwargs: Any) -> None:
        kwargs.setdefault(
            "description",
            _l(
                "At least %(count)s characters. Several words are easy to remember; "
                "a password manager may fill it in.",
                count=SHORTEST,
            ),
        )
        super().__init__(label, [_required(), _good_password], **kwargs)


def _required() -> InputRequired:
    return InputRequired(label_text(_l("Please fill in this field.")))


def _good_password(form: Any, field: Any) -> None:
    if len(field.data) < SHORTEST:
        raise ValidationError(_("Please take at least %(count)s characters.", count=SHORTEST))
    if len(field.data) > LONGEST:
        raise ValidationError(_("Please take at most %(count)s characters.", count=LONGEST))
    if len(set(field.data)) < DIFFERENT:
        raise ValidationError(_("This password is easy to guess. Please take more letters."))


class OldPasswordField(PasswordField):
    """The password one has; what is too long to be one is not even looked at."""

    data: Any  # text once it is validated

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, [_required(), _not_endless], **kwargs)


def _not_endless(form: Any, field: Any) -> None:
    if len(field.data) > LONGEST:
        raise ValidationError(_("Please take at most %(count)s characters.", count=LONGEST))


class NamedForm(Form):
    """A form with a display name; `official_names` are those of the city and the site."""

    official_names: tuple[str, ...] = ()


class SignUpForm(NamedForm):
    email = EmailField(_l("E-mail address"))
    name = DisplayNameField(_l("Display name"))
    next = HiddenField()


class ConfirmForm(NamedForm):
    name = DisplayNameField(_l("Display name"))
    password = NewPasswordField(_l("Password"))


class SignInForm(Form):
    # An address only has to be found, not to be a good one.
    email = LineField(_l("E-mail address"), most=254)
    password = OldPasswordField(_l("Password"))
    stay = BooleanField(label_text(_l("Stay signed in on this device")))
    next = HiddenField()
    kept = HiddenField()


class AddressForm(Form):
    """Where to send a link."""

    email = EmailField(_l("E-mail address"))
    next = HiddenField()
    kept = HiddenField()


class ResetForm(Form):
    password = NewPasswordField(_l("New password"))


class NameForm(NamedForm):
    name = DisplayNameField(_l("Display name"))


class LanguageForm(Form):
    language = SelectField(
        label_text(_l("Language of mails")),
        choices=choices((x.tag, x.native_name) for x in LANGUAGES.values()),
    )


class PasswordForm(Form):
    old = OldPasswordField(_l("Present password"))
    password = NewPasswordField(_l("New password"))


class ChangeEmailForm(Form):
    email = EmailField(_l("New e-mail address"))
    password = OldPasswordField(_l("Present password"))


class DeleteForm(Form):
    password = OldPasswordField(_l("Present password"))


class RoleForm(Form):
    """Which role; the address says whether it is given or ended."""

    role = SelectField(
        label_text(_l("Role")), choices=choices((role.value, role.value) for role in RoleName)
    )
