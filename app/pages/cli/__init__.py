"""`flask demo`: a finished and a running round with invented people, for trying things out."""

from enum import Enum

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import force_locale
from sqlalchemy import func, select

from app.accounts.models import Person
from app.audit.models import LogLine
from app.core import clock
from app.core.db import db
from app.core.events import emit
from app.core.policy import SYSTEM
from app.core.subjects import Subject
from app.core.transactions import transaction
from app.pages.cli import finished, follow_up, method_round, partners, people, running
from app.pages.cli.stage import Stage, nobody_gets_mail, settle
from app.pages.events import DemonstrationBegun, DemonstrationLoaded
from config import Settings

group = AppGroup("demo", help="The demonstration: invented people and organisations.")


class Found(Enum):
    """What is in the database before loading."""

    NOTHING = "nothing"
    HALF = "half"
    ALL = "all"
    SOMETHING_ELSE = "something else"


@group.command("load")
def load() -> None:
    """Fill an empty database with the demonstration. A second time does nothing."""
    settings: Settings = current_app.config["SETTINGS"]
    if settings.production or not settings.demonstration:
        raise click.ClickException("Only where DEMONSTRATION is on, and never in production.")
    found = _found()
    if found is Found.ALL:
        click.echo("The demonstration is loaded already. Nothing was changed.")
        return
    if found is Found.HALF:
        raise click.ClickException(
            f"The demonstration was loaded only in part. Delete {settings.data_path} (with "
            "PostgreSQL: empty the database) and start again."
        )
    if found is Found.SOMETHING_ELSE:
        raise click.ClickException("This database holds other people's data. Nothing was changed.")
    click.echo("Loading the demonstration …")
    with force_locale("de"):
        _play()
    click.echo(people.accounts_text())


@group.command("accounts")
def accounts() -> None:
    """Print the accounts of the demonstration, where it is loaded."""
    if not current_app.config["SETTINGS"].demonstration or _found() is not Found.ALL:
        raise click.ClickException("The demonstration is not loaded.")
    click.echo(people.accounts_text())


def _play() -> None:
    """Half a year in a few seconds. Only the last hours put mails into the folder."""
    stage = Stage(today=clock.today())
    now = clock.now()
    with transaction():
        emit(DemonstrationBegun(by=SYSTEM))
    with clock.frozen(stage.moment(-176.5)):
        with nobody_gets_mail():
            people.come(stage)
            partners.bring_plan(stage)
            partners.found(stage)
            partners.begin_dialogue(stage)
            method_round.play(stage)
            finished.play(stage)
            people.read_inboxes(stage)
            running.play(stage)
            follow_up.play(stage)
            settle()
        running.today(stage)
        clock.tick(now - clock.now())
        settle()
    with transaction():
        emit(DemonstrationLoaded(by=SYSTEM))


def _found() -> Found:
    def logged(event: str) -> bool:
        return db.session.scalar(select(LogLine.id).where(LogLine.event == event)) is not None

    if logged(DemonstrationLoaded.name()):
        return Found.ALL
    if logged(DemonstrationBegun.name()):
        return Found.HALF
    rows = select(func.count())
    some = db.session.scalar(rows.select_from(Person)) or db.session.scalar(
        rows.select_from(Subject)
    )
    return Found.SOMETHING_ELSE if some else Found.NOTHING
