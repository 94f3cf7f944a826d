"""What is typed about meetings, by those in charge and by those who come."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from app.core import clock
from app.core.districts import DISTRICTS
from app.core.forms import (
    CheckboxesField,
    EmailField,
    Form,
    LineField,
    LocalDateTimeField,
    NameField,
    NumbersField,
    TextField,
    choices,
    choices_of,
    label_text,
)
from app.core.languages import LANGUAGES, SPOKEN
from app.core.web import actor
from app.core.web.tickets import TicketForm
from app.meetings.commands import Facts
from app.meetings.models import Meeting, Said, Seat
from app.meetings.queries.listing import ONLINE, Filter
from app.meetings.states import ACCESS, COUNTS, KINDS, Access, Counts, MeetingKind
from app.plan.models import Milestone
from app.rounds.models import Round

LONGEST = 10_000
LARGEST = 10_000


def _web_address(form: Any, field: Any) -> None:
    parts = urlsplit(field.data)
    if parts.scheme != "https" or not parts.hostname or " " in field.data:
        raise ValidationError(_("Please give a whole address that begins with https://"))


class MeetingForm(Form):
    """All that is known of a meeting. `title_ar`, `text_ar` and so on are its other languages."""

    kind = RadioField(label_text(_l("What is it?")), choices=choices_of(MeetingKind, KINDS))
    title = LineField(_l("Title"), most=200)
    description = TextField(_l("Description"), most=LONGEST, required=False)
    language = SelectField(
        label_text(_l("In which language do you write?")),
        choices=choices((tag, one.native_name) for tag, one in LANGUAGES.items()),
        default=lambda: actor().language,
    )
    starts_at = LocalDateTimeField(_l("Begins"))
    ends_at = LocalDateTimeField(_l("Ends"))
    place = LineField(
        _l("Place"),
        most=300,
        required=False,
        description=_l("House, street, room: so that a stranger finds it."),
    )
    district = SelectField(
        label_text(_l("District")),
        [Optional()],
        choices=choices([("", _l("none"))], DISTRICTS.items()),
    )
    online_url = LineField(
        _l("Link to take part online"),
        [_web_address],
        most=500,
        required=False,
        description=_l("Only who has a place sees it."),
    )
    spoken = CheckboxesField(
        label_text(_l("Languages that are spoken")), [Optional()], choices=choices(SPOKEN.items())
    )
    access = CheckboxesField(
        label_text(_l("What is there for those who need it")),
        [Optional()],
        choices=choices_of(Access, ACCESS),
    )
    access_note = TextField(
        _l("More about access"),
        most=1000,
        required=False,
        description=_l("For example by when to ask for interpretation, and whom."),
    )
    capacity = IntegerField(
        label_text(_l("Places")),
        [Optional(), NumberRange(1, LARGEST, label_text(_l("Please give a number from 1.")))],
        description=label_text(_l("Without a number there is room for everybody.")),
    )
    milestone = SelectField(label_text(_l("Milestone to which it belongs")), [Optional()])
    counts = RadioField(
        label_text(_l("How it counts for the milestone")),
        [Optional()],
        choices=choices_of(Counts, COUNTS),
        default=Counts.HELD.value,
    )
    round = SelectField(label_text(_l("Round to which it belongs")), [Optional()])

    def offer(self, milestones: Iterable[Milestone], rounds: Iterable[Round]) -> None:
        none = [("", _l("none"))]
        self.milestone.choices = choices(none, ((str(m.id), m.text[:120]) for m in milestones))
        self.round.choices = choices(none, ((str(r.id), r.title) for r in rounds))

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        start, end = self.starts_at.data, self.ends_at.data
        if start and end and end <= start:
            self.ends_at.errors = [_("It has to end after it begins.")]
            good = False
        return good

    @property
    def further(self) -> list[tuple[str, Any, Any]]:
        """Name of the language, field of its title, field of its description."""
        return [
            (one.native_name, self[f"title_{tag}"], self[f"text_{tag}"])
            for tag, one in LANGUAGES.items()
        ]

    def facts(self) -> Facts:
        """What was typed, once it is validated."""
        milestone = self.milestone.data
        return Facts(
            kind=MeetingKind(self.kind.data),
            title=self.title.data,
            description=self.description.data or "",
            language=self.language.data,
            starts_at=_instant(self.starts_at.data),
            ends_at=_instant(self.ends_at.data),
            place=self.place.data or "",
            district=int(self.district.data) if self.district.data else None,
            online_url=self.online_url.data or "",
            spoken=list(self.spoken.data or []),
            access=list(self.access.data or []),
            access_note=self.access_note.data or "",
            capacity=self.capacity.data,
            milestone_id=int(milestone) if milestone else None,
            counts=Counts(self.counts.data) if milestone and self.counts.data else None,
            round_id=int(self.round.data) if self.round.data else None,
            further=[
                Said(tag, self[f"title_{tag}"].data, self[f"text_{tag}"].data or "")
                for tag in LANGUAGES
                if self[f"title_{tag}"].data
            ],
        )


for _tag in LANGUAGES:
    setattr(MeetingForm, f"title_{_tag}", LineField(_l("Title"), most=200, required=False))
    setattr(MeetingForm, f"text_{_tag}", TextField(_l("Description"), most=LONGEST, required=False))


def _instant(at: datetime | None) -> datetime:
    if at is None:
        raise ValueError("asked before the form was validated")
    return at


def meeting_form(
    meeting: Meeting | None, milestones: Iterable[Milestone], rounds: Iterable[Round]
) -> MeetingForm:
    """The form, filled with what a meeting says so far."""
    data: dict[str, Any] = {}
    if meeting is not None:
        data = {
            "milestone": str(meeting.milestone_id or ""),
            "round": str(meeting.round_id or ""),
            "district": str(meeting.district or ""),
            "counts": (meeting.counts or Counts.HELD).value,
        }
        for one in meeting.words:
            data[f"title_{one.language}"] = one.title
            data[f"text_{one.language}"] = one.description
    form = MeetingForm(obj=_WithoutObjects(meeting) if meeting else None, data=data)
    form.offer(milestones, rounds)
    return form


class _WithoutObjects:
    """A meeting as its form reads it: what the form calls otherwise is left out."""

    _OTHERWISE = ("milestone", "round", "district", "counts")

    def __init__(self, meeting: Meeting) -> None:
        for field in MeetingForm.__dict__:
            if field not in self._OTHERWISE and field in Meeting.__mapper__.columns:
                setattr(self, field, getattr(meeting, field))


class FilterForm(Form):
    """What a reader looks for; sent by GET."""

    class Meta(Form.Meta):
        csrf = False

    kind = SelectField(
        label_text(_l("Kind")), [Optional()], choices=choices_of(MeetingKind, KINDS, none=_l("all"))
    )
    district = SelectField(
        label_text(_l("Where")),
        [Optional()],
        choices=choices([("", _l("everywhere")), (str(ONLINE), _l("online"))], DISTRICTS.items()),
    )
    language = SelectField(
        label_text(_l("Language")),
        [Optional()],
        choices=choices([("", _l("all"))], SPOKEN.items()),
    )
    since = DateField(label_text(_l("From")), [Optional()])
    until = DateField(label_text(_l("Until")), [Optional()])

    def wanted(self, *, past: bool) -> Filter:
        """What was asked for; what is nonsense asks for nothing."""
        kind, district, language = (self._chosen(name) for name in ("kind", "district", "language"))
        return Filter(
            past=past,
            kind=MeetingKind(kind) if kind else None,
            district=int(district) if district else None,
            language=language,
            since=_beginning(self.since.data),
            until=_beginning(self.until.data + timedelta(days=1)) if self.until.data else None,
        )

    def _chosen(self, name: str) -> str:
        field: Any = self[name]
        known = {str(one.value) for one in field.choices}
        return str(field.data) if str(field.data) in known else ""


def _beginning(day: date | None) -> datetime | None:
    return None if day is None else clock.from_local(datetime.combine(day, time()))


class SignUpForm(TicketForm):
    """Without an account."""

    name = NameField(
        _l("Your name"),
        description=_l(
            "Whatever you like. Only those in charge see it. It stands on a certificate."
        ),
    )
    email = EmailField(
        _l("E-mail address"), description=_l("We send you a link. Then the place is yours.")
    )


class ReasonForm(Form):
    reason = TextField(
        _l("Reason"),
        most=2000,
        description=_l("Everybody reads it on the page; who signed up is told."),
    )


class AttendanceForm(Form):
    there = NumbersField(_l("Who was there?"))
    walk_ins = IntegerField(
        label_text(_l("How many came without having signed up?")),
        [
            InputRequired(label_text(_l("Please give a number, 0 for nobody."))),
            NumberRange(0, LARGEST, label_text(_l("Please give a number, 0 for nobody."))),
        ],
        default=0,
    )

    def offer(self, seats: Iterable[Seat]) -> None:
        self.there.choices = choices((seat.id, seat.name) for seat in seats)


class MinutesForm(Form):
    body = TextField(
        _l("Minutes"),
        most=30_000,
        description=_l("What was said and agreed. No names of people who did not agree to it."),
    )
    public = BooleanField(label_text(_l("Publish: everybody can read it")))
