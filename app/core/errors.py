"""Errors that a person can read: a status and a translated sentence."""

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString


class AppError(Exception):
    """Base of every expected error. `message` is shown to the reader in their language."""

    status = 400
    title = _("That did not work")
    default = _("Please check what you entered and try again.")

    def __init__(self, message: LazyString | str | None = None) -> None:
        self.message = message or self.default
        super().__init__(str(message or type(self).__name__))

    def __str__(self) -> str:
        return str(self.message)


class SignInFirst(AppError):
    status = 401
    title = _("Please sign in")
    default = _("You need to be signed in for this.")


class Refused(AppError):
    status = 403
    title = _("You cannot do this")
    default = _("You are not entitled to do this.")


class NotFound(AppError):
    status = 404
    title = _("Page not found")
    default = _("There is nothing at this address, or it is not public.")


class Conflict(AppError):
    """Possible a moment ago, not any more: the state changed while somebody typed."""

    status = 409
    title = _("Something has changed in the meantime")
    default = _("This is not possible any more. What you typed is kept below.")


class Invalid(AppError):
    status = 422
    title = _("Something is missing or not right")


class TooMany(AppError):
    """Too many attempts; `retry_seconds` says honestly when to come back."""

    status = 429
    title = _("Please wait a moment")
    default = _("That was too often in a short time.")

    def __init__(self, retry_seconds: int, message: LazyString | str | None = None) -> None:
        super().__init__(message)
        self.retry_seconds = retry_seconds
