"""What moderators type about the times of a round."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from app.core.forms import Form, LineField, LocalDateTimeField, TextField, choices, label_text

PUBLISHED = _l("Everybody reads it on the page of the round; followers are told.")


class WindowForm(Form):
    opens_at = LocalDateTimeField(_l("From"))
    closes_at = LocalDateTimeField(
        _l("Until"), description=_l("At this minute it closes: nothing is accepted after it.")
    )

    reason = TextField(
        _l("Reason"),
        most=2_000,
        required=False,
        description=PUBLISHED,
    )


class RunningWindowForm(WindowForm):
    """Once the round has begun: what was promised is moved with a reason only."""

    reason = TextField(_l("Reason"), most=2_000, description=PUBLISHED)


class RoughWindowForm(Form):
    words = LineField(
        _l("Roughly when"),
        most=200,
        description=_l("For example: spring 2027. The announcement needs exact dates."),
    )


class RemoveWindowForm(Form):
    reason = TextField(_l("Reason"), most=2_000, required=False, description=PUBLISHED)


class RunningRemoveWindowForm(RemoveWindowForm):
    reason = TextField(_l("Reason"), most=2_000, description=PUBLISHED)


class ResumeForm(Form):
    """What a pause did to the times of a round."""

    ends = RadioField(
        label_text(_l("What was to end or begin after the beginning of the pause")),
        choices=choices(
            [
                ("stay", _l("keeps its times; what came due in the pause happens now")),
                ("moved", _l("moves by the length of the pause")),
            ]
        ),
        default="stay",
    )
    reason = TextField(
        _l("Reason"),
        most=2_000,
        required=False,
        description=_l("Needed where times move. Everybody reads it on the page of the round."),
    )
