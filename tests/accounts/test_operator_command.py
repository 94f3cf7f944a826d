"""`flask operator create`: the first operator of an empty instance."""

import pytest

from app.accounts import queries
from app.accounts.models import RoleName
from app.core.db import db
from tests.factories.accounts import person

GOOD = "richtig langes Passwort"


def _run(app, *arguments, typed=""):
    return app.test_cli_runner().invoke(args=["operator", "create", *arguments], input=typed)


def test_with_a_password_typed(app, context, client):
    result = _run(app, "Olga@Example.org", "Olga", typed=f"{GOOD}\n{GOOD}\n")
    assert result.exit_code == 0, result.output
    assert GOOD not in result.output
    data = {"email": "olga@example.org", "password": GOOD}
    assert client.post("/de/sign-in", data=data).status_code == 303
    assert client.get("/de/operator/people").status_code == 200


def test_with_a_link_by_mail(app, context, client, mails):
    result = _run(app, "olga@example.org", "Olga", "--mail")
    assert result.exit_code == 0, result.output
    path = mails.to("olga@example.org").path
    assert client.post(path, data={"password": GOOD}).status_code == 303
    assert client.get("/de/operator/people").status_code == 200


def test_for_somebody_who_has_an_account(app, context):
    amal = person("Amal", email="amal@example.org")
    for _ in range(2):
        result = _run(app, "amal@example.org", "anything")
        assert result.exit_code == 0, result.output
    db.session.rollback()
    assert queries.holders(RoleName.OPERATOR) == [amal.id]


@pytest.mark.parametrize(
    ("arguments", "typed"),
    [
        (("nobody", "Olga"), ""),
        (("olga@example.org", "\u200b"), ""),
        (("olga@example.org", "x" * 81), ""),
        (("olga@example.org", "AMAL"), f"{GOOD}\n{GOOD}\n"),
        (("olga@example.org", "Olga"), "short\nshort\n"),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(app, context, arguments, typed):
    person("Amal", name_skeleton=queries.name_key("Amal"))
    result = _run(app, *arguments, typed=typed)
    assert result.exit_code == 1
    assert "Error" in result.output
    db.session.rollback()
    assert queries.by_email("olga@example.org") is None
