"""`flask operator`: the first operator of an instance."""

import click
from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask.cli import AppGroup

from app.accounts import commands, jobs, queries
from app.accounts.commands import passwords
from app.accounts.forms import SHORTEST
from app.accounts.models import Person, Purpose, RoleName
from app.core.policy import SYSTEM
from app.core.text.clean import TextRefused, clean_line
from app.core.text.names import forbidden_characters, mixes_scripts
from app.core.transactions import transaction

group = AppGroup("operator", help="People who run this instance.")


@group.command("create")
@click.argument("email")
@click.argument("name")
@click.option("--mail", is_flag=True, help="Mail a link to choose a password; else ask for one.")
def create(email: str, name: str, mail: bool) -> None:
    """Make an account with the operator's role, or give the role to the account of the address."""
    email = _email(email)
    person = queries.by_email(email)
    known = person is not None and person.email_confirmed_at is not None
    if not known:
        name = _name(name)
    password_hash = None if known or mail else _password_hash()
    with transaction():
        person = queries.by_email(email) or commands.add_person(
            email=email, name=name, language=current_app.config["SETTINGS"].default_language
        )
        if person.email_confirmed_at is None:
            commands.confirm(person, name=name, password_hash=password_hash, by=SYSTEM)
        commands.give_role(person, RoleName.OPERATOR, by=SYSTEM)
        if mail:
            _mail_link(person, email)
    click.echo(f"{person.display_name} <{email}> is an operator.")
    if mail:
        click.echo("A link to choose a password is in the mail queue.")


def _mail_link(person: Person, email: str) -> None:
    jobs.compose_link(person, Purpose.RESET, email=email, language=person.language)


def _email(typed: str) -> str:
    try:
        return validate_email(typed, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        raise click.ClickException(f"{typed!r} is not an e-mail address.")


def _name(typed: str) -> str:
    try:
        name = clean_line(typed, 80)
    except TextRefused:
        raise click.ClickException("The name is longer than 80 characters.")
    if not name or forbidden_characters(name) or mixes_scripts(name):
        raise click.ClickException("This name holds characters that no name may hold.")
    if queries.name_taken(name):
        raise click.ClickException("Somebody already has this name or one that looks like it.")
    return name


def _password_hash() -> str:
    password = click.prompt(
        f"Password (at least {SHORTEST} characters)", hide_input=True, confirmation_prompt=True
    )
    if len(password) < SHORTEST:
        raise click.ClickException(f"Please take at least {SHORTEST} characters.")
    return passwords.hash_password(password)
