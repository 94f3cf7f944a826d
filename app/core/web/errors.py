"""Every error as a page in the reader's language; unknown ones are logged and say nothing."""

import logging
from contextlib import suppress

from flask import Flask, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge

from app.core import errors
from app.core.db import db
from app.core.web import kept
from app.core.web.actors import actor

log = logging.getLogger(__name__)


class Stale(errors.AppError):
    status = 400
    title = _("This form was open for too long")
    default = _("For your safety we ask you to send it again. What you typed is kept below.")


class TooLarge(errors.AppError):
    status = 413
    title = _("That is too much at once")
    default = _("Please shorten the text or send it in parts.")


class WrongMethod(errors.AppError):
    status = 405
    title = _("This address only takes a form")
    default = _("Please go back and use the button on the page.")


class Broken(errors.AppError):
    status = 500
    title = _("Something went wrong on our side")
    default = _("The error has been recorded. Please try again in a moment.")


def page(error: errors.AppError) -> Response:
    """The error page. A database in trouble must not keep it from being shown."""
    db.session.rollback()
    with suppress(errors.Refused):  # for whom the form speaks, which no guard has looked at yet
        actor()
    resend = isinstance(error, Stale)
    html = render_template(
        "layout/error.html",
        error=error,
        kept=kept.words(),
        kept_fields=kept.typed() if resend else [],
        resend_to=request.full_path.rstrip("?") if resend else "",
        packed=kept.pack() if isinstance(error, errors.SignInFirst) else "",
        next_path=request.full_path.rstrip("?") if request.method == "GET" else "",
    )
    response = make_response(html, error.status)
    if isinstance(error, errors.TooMany):
        response.headers["Retry-After"] = str(error.retry_seconds)
    return response


def init(app: Flask) -> None:
    @app.errorhandler(errors.AppError)
    def expected(error: errors.AppError) -> ResponseReturnValue:
        return page(error)

    @app.errorhandler(CSRFError)
    def stale(error: CSRFError) -> ResponseReturnValue:
        return page(Stale())

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> ResponseReturnValue:
        if error.code is not None and error.code < 400:
            return error.get_response()  # redirects of the router
        if isinstance(error, RequestEntityTooLarge):
            request.form = ImmutableMultiDict()  # reading it for the page would raise again
            return page(TooLarge())
        if isinstance(error, MethodNotAllowed):
            response = page(WrongMethod())
            response.headers["Allow"] = ", ".join(error.valid_methods or ())
            return response
        if error.code in (400, 415, 422):
            return page(errors.AppError())
        return page(errors.NotFound() if error.code == 404 else Broken())

    @app.errorhandler(Exception)
    def unknown(error: Exception) -> ResponseReturnValue:
        if app.testing:
            raise error
        log.error("unexpected error", exc_info=error, extra={"route": str(request.url_rule)})
        return page(Broken())
