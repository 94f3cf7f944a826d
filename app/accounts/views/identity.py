"""Who is signed in: Flask-Login over our own sessions, which can be ended from anywhere."""

from datetime import timedelta

from flask import current_app
from flask.blueprints import BlueprintSetupState
from flask_login import LoginManager, UserMixin, current_user

from app.accounts import queries
from app.accounts.models import Session
from app.accounts.views import bp
from app.core import clock
from app.core.web.actors import SignedIn, person_source

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


@login_manager.user_loader  # type: ignore[untyped-decorator]  # flask_login has no types
def load(token: str) -> Identity | None:
    since = clock.now() - timedelta(days=current_app.config["SETTINGS"].session_days)
    session = queries.open_session(token, since=since)
    return Identity(token, session) if session is not None else None


@person_source
def signed_in(fresh: bool) -> SignedIn | None:
    user: object = current_user._get_current_object()
    identity = user if isinstance(user, Identity) else None
    if identity is not None and fresh:
        identity = load(identity.token)
    if identity is None:
        return None
    person = identity.session.person
    return SignedIn(
        person.id, person.display_name, person.language, person.email_confirmed_at is not None
    )
