"""Every route is guarded, named in kebab-case, and its parameters have types."""

import re

from app.core import policy


def test_every_route_has_a_guard_whose_rule_exists(sqlite_app):
    for route in sqlite_app.url_map.iter_rules():
        if route.endpoint == "static":
            continue
        guard = getattr(sqlite_app.view_functions[route.endpoint], "__guard__", None)
        assert guard is not None, f"{route.rule} has no guard"
        assert guard.action in policy.RULES, f"{guard.action} has no rule"


def test_addresses_are_kebab_case_with_typed_parameters(sqlite_app):
    for route in sqlite_app.url_map.iter_rules():
        if route.endpoint == "static":
            continue
        for part in filter(None, route.rule.split("/")):
            literal = re.fullmatch(r"[a-z0-9][a-z0-9.-]*", part)
            typed = re.fullmatch(r"[a-z0-9-]*(<[a-z]+(\([^)]*\))?:[a-z_]+>[a-z.-]*)+", part)
            assert literal or typed, f"{route.rule}: {part}"


def test_flask_policy_prints_every_route(sqlite_app):
    result = sqlite_app.test_cli_runner().invoke(args=["policy"])
    assert result.exit_code == 0, result.output
    assert len(result.output.splitlines()) == len(list(sqlite_app.url_map.iter_rules()))
    assert "NO " not in result.output
