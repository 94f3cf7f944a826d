"""Commands of the ground floor: `flask policy`, `flask worker`, `flask search`."""

import signal
import threading

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from app.core import jobs, policy
from app.core.search import keeping


@click.command("policy")
@with_appcontext
def show_policy() -> None:
    """Print every route with its action and rule."""
    rules = dict(policy.describe_rules())
    unguarded = 0
    for route in sorted(current_app.url_map.iter_rules(), key=lambda r: (r.rule, r.endpoint)):
        view = current_app.view_functions[route.endpoint]
        guard = getattr(view, "__guard__", None)
        methods = ",".join(sorted((route.methods or set()) - {"HEAD", "OPTIONS"}))
        if route.endpoint == "static":
            action, rule = "static", "public files"
        elif guard is None:
            unguarded += 1
            action, rule = "-", "NO GUARD"
        else:
            action, rule = guard.action, rules.get(guard.action, "NO RULE")
        click.echo(f"{methods:8} {route.rule:60} {action:34} {rule}")
    if unguarded:
        raise click.ClickException(f"{unguarded} routes without a guard")


@click.command("worker")
@with_appcontext
@click.option("--once", is_flag=True, help="Do what is due and end.")
@click.option("--pause", default=1.0, help="Seconds between two looks at the queue.")
def worker(once: bool, pause: float) -> None:
    """Do the queued work: mail, notices, due openings and closings."""
    stop = threading.Event()
    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, lambda *_: stop.set())
    while not stop.is_set():
        tried = jobs.run_due()
        if once and not tried:
            break
        if not once and not tried:
            stop.wait(pause)


search = AppGroup("search", help="The index of everything that can be found.")


@search.command("rebuild")
def rebuild_search() -> None:
    """Make the index right, whatever it holds; readers and writers need not wait."""
    found = keeping.rebuild()
    click.echo(f"{found.missing} added, {found.changed} changed, {found.left_over} taken out.")


@search.command("check")
def check_search() -> None:
    """Say whether the index holds exactly what everybody may read; fails where it does not."""
    found = keeping.check()
    if any(found):
        raise click.ClickException(
            f"{found.missing} missing, {found.changed} out of date, {found.left_over} too many:"
            " flask search rebuild makes it right"
        )
    click.echo("The index is right.")


def init(app: Flask) -> None:
    app.cli.add_command(show_policy)
    app.cli.add_command(worker)
    app.cli.add_command(search)
