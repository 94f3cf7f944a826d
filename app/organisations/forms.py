"""What people type about organisations, their members and the administration's units."""

from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import DateField, RadioField
from wtforms.validators import InputRequired, Optional, ValidationError

from app.core import clock
from app.core.districts import DISTRICTS
from app.core.forms import (
    CheckboxesField,
    EmailField,
    Form,
    LineField,
    NameField,
    TextField,
    choices,
    choices_of,
    label_text,
)
from app.core.languages import SPOKEN
from app.core.text.names import skeleton
from app.organisations.commands import Profile
from app.organisations.models import MandateRole, Organisation, OrganisationKind
from app.organisations.states import Stand

KINDS: dict[OrganisationKind, LazyString] = {
    OrganisationKind.MIGRANT: _l("Migrant organisation"),
    OrganisationKind.WELFARE: _l("Welfare organisation"),
    OrganisationKind.VOLUNTEER_CENTRE: _l("Volunteer centre"),
    OrganisationKind.NEIGHBOURHOOD: _l("Neighbourhood group at an accommodation for refugees"),
    OrganisationKind.FAMILY_CENTRE: _l("Family centre"),
}

ROLES: dict[MandateRole, LazyString] = {
    MandateRole.REPRESENTATIVE: _l("Representative"),
    MandateRole.DEPUTY: _l("Deputy"),
    MandateRole.EDITOR: _l("Editor"),
    MandateRole.MEMBER: _l("Member"),
}

DUTIES: dict[MandateRole, LazyString] = {
    MandateRole.REPRESENTATIVE: _l(
        "Speaks and votes for the organisation, invites people and decides about roles."
    ),
    MandateRole.DEPUTY: _l(
        "Speaks and votes for the organisation, but does not decide about roles."
    ),
    MandateRole.EDITOR: _l("Writes drafts in the organisation's name; others hand them in."),
    MandateRole.MEMBER: _l("Reads the organisation's drafts and notes."),
}

STANDS: dict[Stand, LazyString] = {
    Stand.AGREEING: _l("being agreed"),
    Stand.FOR: _l("We are for it"),
    Stand.AGAINST: _l("We are against it"),
    Stand.NONE: _l("We take no position"),
}


class WebsiteField(LineField):
    """A page of the web: http or https and nothing else. Without either, https is meant."""

    def __init__(self, label: LazyString, **kwargs: Any) -> None:
        kwargs.setdefault("description", _l("For example https://example.org"))
        super().__init__(label, [_web_address], most=300, required=False, **kwargs)

    def clean(self, typed: str) -> str:
        line = super().clean(typed)
        return f"https://{line}" if line and ":" not in line else line


def _web_address(form: Any, field: Any) -> None:
    try:
        parts = urlsplit(field.data)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    named = (
        "." in host.strip(".") and parts.username is None and not set(field.data) & set(' "<>\\')
    )
    if parts.scheme not in ("http", "https") or not named:
        raise ValidationError(
            _("This is not the address of a website. It should look like https://example.org.")
        )


class OrganisationNameField(NameField):
    """A name of up to 160 characters that is not the city's or the platform's."""

    def __init__(self, label: LazyString, **kwargs: Any) -> None:
        super().__init__(label, [_not_official], most=160, **kwargs)


def _not_official(form: Any, field: Any) -> None:
    if skeleton(field.data) in {skeleton(name) for name in form.official_names}:
        raise ValidationError(_("This name sounds like an office. Please choose another."))


class ProfileForm(Form):
    """What an organisation says about itself."""

    kind = RadioField(
        label_text(_l("Kind of organisation")),
        [InputRequired(label_text(_l("Please choose one.")))],
        choices=choices_of(OrganisationKind, KINDS),
    )
    description = TextField(
        _l("What the organisation does"),
        most=5_000,
        required=False,
        description=_l("A few sentences for readers who do not know it."),
    )
    languages = CheckboxesField(
        label_text(_l("Languages")),
        [Optional()],
        choices=choices(SPOKEN.items()),
    )
    districts = CheckboxesField(
        label_text(_l("Districts")),
        [Optional()],
        coerce=int,
        choices=choices(DISTRICTS.items()),
        description=label_text(_l("Where the organisation works. None means the whole city.")),
    )
    website = WebsiteField(_l("Website"))
    contact_email = EmailField(
        _l("Contact address"),
        description=_l("Everybody can read it on the organisation's page."),
    )

    def profile(self) -> Profile:
        """What was typed, once it is validated."""
        return Profile(
            kind=OrganisationKind(self.kind.data),
            description=self.description.data or "",
            languages=tuple(self.languages.data or ()),
            districts=tuple(self.districts.data or ()),
            website=self.website.data or "",
            contact_email=self.contact_email.data,
        )


def profile_form(organisation: Organisation) -> ProfileForm:
    """The form with the present profile, or with what was sent."""
    return ProfileForm(
        kind=organisation.kind.value,
        description=organisation.description,
        languages=organisation.languages,
        districts=organisation.districts,
        website=organisation.website,
        contact_email=organisation.contact_email,
    )


class RegisterForm(ProfileForm):
    official_names: tuple[str, ...] = ()

    name = OrganisationNameField(_l("Name of the organisation"))


class RenameForm(Form):
    official_names: tuple[str, ...] = ()

    name = OrganisationNameField(_l("Name of the organisation"))


class ReasonForm(Form):
    reason = TextField(_l("Reason"), most=2_000)


class InviteForm(Form):
    email = EmailField(_l("E-mail address"))
    role = RadioField(
        label_text(_l("Role")),
        [InputRequired(label_text(_l("Please choose one.")))],
        choices=choices_of(MandateRole, ROLES),
        default=MandateRole.MEMBER.value,
    )
    starts_on = DateField(
        label_text(_l("First day")),
        [Optional()],
        description=label_text(_l("Empty means as soon as the person accepts.")),
    )
    ends_on = DateField(
        label_text(_l("Last day")),
        [Optional()],
        description=label_text(_l("Empty means without an end.")),
    )

    def validate_ends_on(self, field: DateField) -> None:
        """Not before the first day, nor over already."""
        first = max(self.starts_on.data or clock.today(), clock.today())
        if field.data is not None and field.data < first:
            raise ValidationError(_("The last day lies before the first, or in the past."))


class MandateForm(Form):
    role = RadioField(
        label_text(_l("Role")),
        [InputRequired(label_text(_l("Please choose one.")))],
        choices=choices_of(MandateRole, ROLES),
    )
    until = DateField(
        label_text(_l("Last day")),
        [Optional()],
        description=label_text(_l("Empty means without an end.")),
    )


class HandOverForm(Form):
    """Who represents the organisation next; the view fills in who can."""

    successor = RadioField(
        label_text(_l("Who takes over?")),
        [InputRequired(label_text(_l("Please choose one.")))],
        coerce=int,
    )


class NoteForm(Form):
    body = TextField(_l("Note"), most=5_000)


class PositionForm(Form):
    """Where the organisation stands, for its members."""

    stand = RadioField(
        label_text(_l("Our position")),
        [InputRequired(label_text(_l("Please choose one.")))],
        choices=choices_of(Stand, STANDS),
    )


class FourEyesForm(Form):
    wanted = RadioField(
        label_text(_l("What goes out in our name")),
        [InputRequired(label_text(_l("Please choose one.")))],
        choices=choices(
            (
                ("yes", _l("goes out when a second person has released it")),
                ("no", _l("goes out at once")),
            )
        ),
    )

    @property
    def chosen(self) -> bool:
        return bool(self.wanted.data == "yes")


class UnitForm(Form):
    name = NameField(_l("Name of the unit"), most=160)


class AppointForm(Form):
    email = EmailField(
        _l("E-mail address"), description=_l("The person needs an account with this address.")
    )
