"""The way in, and health for a monitor."""

from flask import current_app, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from app.core.web import guard
from app.core.web.languages import preferred
from app.pages.queries import health as queries
from app.pages.views import root_bp


@root_bp.get("/")
@guard("pages.read")
def start() -> ResponseReturnValue:
    """To the start page in the language the browser asks for."""
    language = preferred(request, current_app.config["SETTINGS"].default_language)
    return redirect(f"/{language.tag}/")


@root_bp.get("/health")
@guard("pages.read")
def health() -> ResponseReturnValue:
    """Database and queue, for a monitor; 503 when pages cannot be served."""
    try:
        return jsonify(status="ok", **queries.health())
    except SQLAlchemyError:
        return jsonify(status="down", database="unreachable"), 503
