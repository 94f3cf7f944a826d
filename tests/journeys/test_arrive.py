"""A stranger arrives, reads, gets an account, and comes back."""

import pytest

from tests.journeys.browser import PHONE

pytestmark = pytest.mark.journey


def test_sign_up_on_a_phone_in_arabic(somebody):
    amira = somebody("ar", width=PHONE)
    amira.go("/")
    amira.go("/sign-up")
    amira.fill("E-mail address", "amira@example.org")
    amira.fill("Display name", "أميرة")
    amira.by_keyboard("Continue")
    amira.see("Please look into your mail")

    amira.open_mail("amira@example.org")
    amira.fill("Password", "a long walk through Linden")
    amira.press("Open my account")
    amira.go("/account")
    amira.sign_out()
    amira.sign_in("amira@example.org", "a long walk through Linden")
    amira.go("/inbox")


def test_sign_in_by_a_link(somebody):
    lee = somebody()
    lee.go("/sign-up")
    lee.fill("E-mail address", "lee@example.org")
    lee.fill("Display name", "Lee")
    lee.press("Continue")
    lee.open_mail("lee@example.org")
    lee.fill("Password", "a long walk through Linden")
    lee.press("Open my account")

    elsewhere = somebody()
    elsewhere.go("/sign-in/link")
    elsewhere.fill("E-mail address", "lee@example.org")
    elsewhere.press("Send the link")
    elsewhere.open_mail("lee@example.org")
    elsewhere.press("Sign in now")
    elsewhere.go("/account")
    elsewhere.see("Lee")
