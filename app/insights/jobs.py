"""Drawing after the close, and forgetting who thought what."""

from datetime import timedelta

from flask import current_app
from sqlalchemy import exists, select

from app.core import clock
from app.core.db import db
from app.core.jobs import job
from app.core.transactions import transaction
from app.insights import commands, queries
from app.insights.models import Landscape, PersonOpinion, Statement
from config import Settings


@job("insights.draw")
def draw(landscape_id: int) -> None:
    """What dies in the middle begins anew: nothing is kept before all is known."""
    db.session.rollback()
    found = queries.get(landscape_id)
    if found is None:
        return
    with transaction(of=found):
        again = queries.get(landscape_id)
        if again is not None:
            commands.draw_landscape(again)


@job("insights.forget-opinions", every=timedelta(days=1))
def forget() -> None:
    settings: Settings = current_app.config["SETTINGS"]
    before = clock.now() - timedelta(days=settings.retention_roll_days)
    known = exists().where(
        Statement.landscape_id == Landscape.id, PersonOpinion.statement_id == Statement.id
    )
    for landscape_id in db.session.scalars(
        select(Landscape.id).where(Landscape.drawn_at < before, known).order_by(Landscape.id)
    ).all():
        with transaction():
            commands.forget_opinions(landscape_id)
