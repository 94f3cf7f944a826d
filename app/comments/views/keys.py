"""A guest's private link."""

from app.core.pseudonyms import pseudonym


def private_key(form_key: str) -> str:
    """Of the private link: the same for the same form, so that sending twice gives one link."""
    return pseudonym("guest-comment", form_key)
