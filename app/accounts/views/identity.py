"""Who is signed in: Flask-Login over our own sessions, which can be ended from anywhere."""

from datetime import timedelta

from flask import current_app
from flask import session as cookie
from flask.blueprints import BlueprintSetupState
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from app.accounts import queries
from app.accounts.models import Session
from app.accounts.views import bp
from app.core import clock
from app.core.db import writing
from app.core.web.actors import SignedIn, actor_again, person_source

login_manager = LoginManager()


class Identity(UserMixin):
    """A signed-in browser. Its id in the cookie is the token of the session, not the person's."""

    def __init__(self, token: str, session: Session) -> None:
        self.token = token
        self.session = session

    def get_id(self) -> str:
        return self.token


@bp.record_once
def set_up(state: BlueprintSetupState) -> None:
    login_manager.session_protection = ""  # tokens are random and can be ended; addresses change
    login_manager.init_app(state.app)
    settings = state.app.config["SETTINGS"]
    state.app.permanent_session_lifetime = timedelta(days=settings.session_days)


@login_manager.user_loader  # type: ignore[untyped-decorator]  # flask_login has no types
def load(token: str) -> Identity | None:
    since = clock.now() - timedelta(days=current_app.config["SETTINGS"].session_days)
    session = queries.open_session(token, since=since)
    return Identity(token, session) if session is not None else None


def _note_use(session: Session) -> None:
    """Once a day, with something the person does: reading writes nothing."""
    if clock.now() - session.last_used_at > timedelta(days=1):
        session.last_used_at = session.person.last_seen_at = clock.now()


@person_source
def signed_in(fresh: bool) -> SignedIn | None:
    user: object = current_user._get_current_object()
    identity = user if isinstance(user, Identity) else None
    if identity is not None and fresh:
        identity = load(identity.token)
    if identity is None:
        return None
    person = identity.session.person
    if writing():
        _note_use(identity.session)
    return SignedIn(
        person.id, person.display_name, person.language, person.email_confirmed_at is not None
    )


def begin(token: str, *, stay: bool = False) -> None:
    """Put the token of a session just started into the browser. After the transaction."""
    identity = load(token)
    if identity is not None:
        login_user(identity)
        cookie.permanent = stay
        actor_again()  # so that this very answer is already theirs


def end() -> None:
    """Take the token out of the browser."""
    logout_user()
    cookie.permanent = False
    actor_again()


def present_token() -> str | None:
    """The token of this browser's session."""
    user: object = current_user._get_current_object()
    return user.token if isinstance(user, Identity) else None
