"""`flask plan`: plans as files."""

from pathlib import Path

import click
from flask.cli import AppGroup

from app.core.policy import SYSTEM
from app.core.transactions import transaction
from app.plan import commands, queries

group = AppGroup("plan", help="Plans as files (docs/plan-format.md).")


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--reason", default="", help="Why, for the public list of versions.")
def import_(file: Path, reason: str) -> None:
    """Bring what FILE says into its plan. All of it happens or nothing."""
    try:
        with transaction():
            done = commands.import_plan(file.read_bytes(), reason=reason, by=SYSTEM)
            title = done.plan.title
    except commands.WrongFile as wrong:
        raise click.ClickException(f"{file}: {wrong}. Nothing was changed.")
    if not done.changes:
        click.echo(f"{title}: nothing to change, the plan says all of this already.")
        return
    click.echo(f"{title}: {len(done.created)} measures new, {len(done.changed)} changed.")
    for word, names in (("new", done.created), ("changed", done.changed)):
        for name in names:
            click.echo(f"  {word}: {name}")


@group.command("export")
@click.argument("key")
def export(key: str) -> None:
    """Print the plan with this KEY as a file."""
    plan = queries.plan_by_key(key)
    if plan is None:
        known = ", ".join(plan.key for plan in queries.plans()) or "none"
        raise click.ClickException(f"There is no plan {key!r}. Known: {known}.")
    click.echo(commands.export_plan(plan), nl=False)
