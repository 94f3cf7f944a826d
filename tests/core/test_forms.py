"""Whatever is typed comes back with a clear message, and only clean text gets through."""

from collections.abc import Iterator
from datetime import UTC, datetime
from enum import Enum
from typing import Any

import pytest
from flask import Flask, g
from wtforms import PasswordField, SelectField

from app.core.forms import (
    EmailField,
    Form,
    LineField,
    LocalDateTimeField,
    NameField,
    TextField,
    choices_of,
)


class Colour(Enum):
    RED = "red"
    GREEN = "green"


class Everything(Form):
    title = LineField("Title", most=10)
    text = TextField("Text", most=100, required=False)
    name = NameField("Name", required=False)
    email = EmailField("E-mail", required=False)
    at = LocalDateTimeField("When", required=False)
    colour = SelectField(
        "Colour",
        choices=choices_of(Colour, {Colour.RED: "Rot", Colour.GREEN: "Grün"}, none="Please choose"),
    )
    password = PasswordField("Password")


@pytest.fixture
def fill(sqlite_app: Flask) -> Iterator[Any]:
    """Post fields to the form in a language."""
    contexts = []

    def post(*, lang: str = "en", obj: Any = None, **fields: Any) -> Everything:
        context = sqlite_app.test_request_context(
            f"/{lang}/", method="POST", data={"title": "T", "colour": "red", **fields}
        )
        contexts.append(context)
        context.push()
        g.language_tag = lang
        form = Everything(obj=obj)
        form.validate()
        return form

    yield post
    for context in reversed(contexts):
        context.pop()


def test_what_is_typed_is_cleaned(fill):
    form = fill(
        title="  A\0 \u202e b ", text="one\r\ntwo\0", name=" Ali\u200b  B ", email=" a@ÄB.de "
    )
    assert not form.errors
    assert form.title.data == "A b"
    assert form.text.data == "one\ntwo"
    assert form.name.data == "Ali B"
    assert form.email.data == "a@äb.de"


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "3 characters too long"), ("de", "3 Zeichen"), ("ar", "3 ")]
)
def test_too_long_is_said_and_comes_back_whole(fill, lang, words):
    form = fill(lang=lang, title="0123456789abc")
    assert words in form.title.errors[0]
    assert "10" in form.title.errors[0]
    assert 'value="0123456789abc"' in form.title()


def test_one_character_too_many_is_singular(fill):
    assert "1 character too long" in fill(title="0123456789a").title.errors[0]


def test_a_megabyte_is_refused_with_its_own_message(fill):
    form = fill(text="x\0" * 100_000)
    assert form.text.errors == [
        "This is 99900 characters too long. At most 100 characters are possible."
    ]


@pytest.mark.parametrize("nothing", ["", "  \t", "\0", "\u200b\u2060", "\u202e"])
def test_required_means_something_visible(fill, nothing):
    assert fill(title=nothing).title.errors == ["Please fill in this field."]


def test_a_field_that_was_not_sent_is_missing_or_empty(fill):
    form = fill(title=None)
    assert "title" in form.errors
    assert "text" not in form.errors


def test_what_nests_too_deep_is_refused(fill):
    form = fill(text="> " * 40 + "x")
    assert "nested" in form.text.errors[0]
    assert "&gt; &gt; " in form.text()


@pytest.mark.parametrize(
    ("name", "words"),
    [("Stadt ✓", "these characters: ✓"), ("A\u3164B", "U+3164"), ("Cаritas", "two alphabets")],
)
def test_a_deceiving_name_is_refused(fill, name, words):
    form = fill(name=name)
    assert words in form.name.errors[0]
    assert name in form.name()


@pytest.mark.parametrize("address", ["a", "a@b", "a b@c.de", "a@b.de\r\nBcc: c@d.de", "<a@b.de>"])
def test_what_is_no_address_is_refused(fill, address):
    assert "name@example.org" in fill(email=address).email.errors[0]


def test_a_wrong_address_comes_back_as_typed(fill):
    assert 'value="nobody@"' in fill(email="nobody@").email()


def test_a_password_is_kept_as_typed_but_can_be_hashed(fill):
    assert fill(password=" pä ss\0 ").password.data == " pä ss "


def test_a_time_is_the_citys(fill):
    form = fill(at="2027-07-01T18:00")
    assert form.at.data == datetime(2027, 7, 1, 16, 0, tzinfo=UTC)
    assert fill(at="01.12.2027 18:00").at.data == datetime(2027, 12, 1, 17, 0, tzinfo=UTC)
    assert fill().at.data is None


def test_a_kept_time_is_shown_on_the_citys_clock(fill):
    class Window:
        at = datetime(2027, 7, 1, 16, 0, tzinfo=UTC)

    fill()
    assert 'value="2027-07-01T18:00"' in Everything(None, obj=Window()).at()


@pytest.mark.parametrize("typed", ["tomorrow", "2027-13-01T10:00", "0001-01-01T00:00", "10:00"])
def test_what_is_no_time_comes_back(fill, typed):
    form = fill(at=typed)
    assert "such as 2027-05-31 18:00" in form.at.errors[0]
    assert typed in form.at()


def test_the_hour_that_is_left_out_does_not_exist(fill):
    assert "put forward" in fill(at="2027-03-28T02:30").at.errors[0]
    assert fill(at="2027-03-28T03:00").at.data == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)


def test_the_hour_that_comes_twice_stays_what_it_was(fill):
    class Window:
        at = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)  # the second 02:30

    assert fill(at="2027-10-31T02:30").at.data == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert fill(at="2027-10-31T02:30", obj=Window()).at.data == Window.at


def test_a_choice_is_a_member_with_a_label(fill):
    shown = fill(colour="green").colour()
    assert 'value="">Please choose</option>' in shown
    assert 'selected value="green">Grün' in shown
    assert "colour" not in fill(colour="green").errors
    assert "colour" in fill(colour="gr\0een ").errors
    with pytest.raises(KeyError):
        choices_of(Colour, {Colour.RED: "Rot"})


@pytest.mark.parametrize(
    "body",
    [
        b"title=%ED%A0%80A%00&text=%FF%FEb",
        b"title=A%F0%9F&text=b",
        b"title=A&text=%C0%AF&%ED%A0%80=x",
    ],
)
def test_bytes_that_are_no_text_do_no_harm(sqlite_app, body):
    with sqlite_app.test_request_context(
        "/en/", method="POST", data=body, content_type="application/x-www-form-urlencoded"
    ):
        form = Everything()
        form.validate()
        assert "A" in (form.title.data or "")
        for field in (form.title, form.text):
            assert "\0" not in (field.data or "")
            f"{field.data}{field()}{field.errors}".encode()  # no lone surrogates


def test_json_with_lone_surrogates_does_no_harm(sqlite_app):
    body = b'{"title": "A\\ud800\\u0000", "text": 5, "password": "p\\udc00"}'
    with sqlite_app.test_request_context(
        "/en/", method="POST", data=body, content_type="application/json"
    ):
        form = Everything()
        form.validate()
        assert form.title.data == "A"
        assert form.text.data is None
        assert form.password.data == "p"
