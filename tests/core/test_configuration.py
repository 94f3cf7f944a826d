"""Every setting is documented; production refuses what is unsafe."""

from dataclasses import fields

import pytest

from config import ROOT, Settings


@pytest.mark.parametrize("setting", fields(Settings), ids=lambda f: f.name)
def test_every_setting_is_documented(setting):
    line = f"| `{setting.name.upper()}` | "
    page = (ROOT / "docs" / "configuration.md").read_text()
    assert any(
        found.startswith(line) and setting.metadata["doc"] in found for found in page.splitlines()
    )


def test_production_refuses_the_default_secret():
    with pytest.raises(ValueError, match="SECRET_KEY"):
        Settings.from_environment({"ENVIRONMENT": "production"})


def test_production_refuses_the_demonstration():
    with pytest.raises(ValueError, match="DEMONSTRATION"):
        Settings.from_environment(
            {"ENVIRONMENT": "production", "SECRET_KEY": "x" * 40, "DEMONSTRATION": "yes"}
        )


@pytest.mark.parametrize(("name", "value"), [("SESSION_DAYS", "ten"), ("DEMONSTRATION", "maybe")])
def test_a_wrong_value_names_its_variable(name, value):
    with pytest.raises(ValueError, match=name):
        Settings.from_environment({name: value})


def test_postgres_addresses_get_our_driver():
    settings = Settings(database_url="postgres://u@h/d")
    assert settings.sqlalchemy_url == "postgresql+psycopg://u@h/d"
