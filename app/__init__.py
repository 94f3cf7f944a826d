"""Plandialog: a plan, developed further by dialogue. `create_app` is the one entrance."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from flask import Flask
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

from app.core import cli, clock, db, freshness, limits, mail, policy
from app.core.search import keeping
from app.core.web import context, errors, languages, security, shared
from config import ROOT, Settings

FEATURES = (
    "accounts",
    "organisations",
    "plan",
    "rounds",
    "proposals",
    "amendments",
    "comments",
    "merging",
    "voting",
    "moderation",
    "answers",
    "followup",
    "enquiries",
    "meetings",
    "trace",
    "notifications",
    "audit",
    "insights",
    "opendata",
    "pages",
)
"""What the platform does, from the ground up. A feature may know only those before it."""

GROUND = (limits, mail, keeping)
"""Imported for their table and their jobs."""

_PARTS = ("models", "policy", "jobs", "handlers")  # imported for what they register


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application: settings, database, language, security, then every feature."""
    settings = settings or Settings.from_environment()
    app = Flask(
        "app",
        root_path=str(ROOT / "app"),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "app" / "static"),
    )
    app.config["SETTINGS"] = settings
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.sqlalchemy_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = db.engine_options(settings.sqlalchemy_url)
    Path(settings.data_path).mkdir(parents=True, exist_ok=True)
    clock.set_zone(settings.timezone)
    db.init(app)
    with app.app_context():
        freshness.listen(db.db.engine)
    Migrate(app, db.db, directory=str(ROOT / "migrations"))
    shared.init(app, settings)
    languages.init(app, settings)
    security.init(app, settings)
    errors.init(app)
    context.init(app, settings)
    cli.init(app)
    if settings.behind_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's documented way
            app.wsgi_app, x_for=settings.behind_proxies, x_proto=settings.behind_proxies
        )

    @app.teardown_request
    def forget_question(_error: BaseException | None) -> None:
        policy.asked.set(None)

    for part in _PARTS:
        for feature in FEATURES:
            _import(feature, part)
    for feature in FEATURES:
        _register(app, feature)
    return app


def _import(feature: str, part: str) -> object | None:
    name = f"app.{feature}.{part}"
    if find_spec(f"app.{feature}") is None or find_spec(name) is None:
        return None
    return import_module(name)


def _register(app: Flask, feature: str) -> None:
    """Blueprints: `bp` under the language, `root_bp` at the top; `flask` commands: `group`, and
    `top_level` for those without a group."""
    for part in ("views", "api"):
        module = _import(feature, part)
        if (bp := getattr(module, "bp", None)) is not None:
            app.register_blueprint(bp, url_prefix="/<lang:lang>")
        if (root := getattr(module, "root_bp", None)) is not None:
            app.register_blueprint(root)
    module = _import(feature, "cli")
    if (group := getattr(module, "group", None)) is not None:
        app.cli.add_command(group)
    for command in getattr(module, "top_level", ()):
        app.cli.add_command(command)
