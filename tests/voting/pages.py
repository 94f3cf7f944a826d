"""Reading and sending pages as a voter does."""

import re


def found(pattern, text):
    """The first group of the pattern, which must be there."""
    match = re.search(pattern, text)
    assert match is not None, pattern
    return match[1]


def look_over(browser, page, data):
    """The second step: the signed code and the code in words."""
    text = browser.post(f"{page}/vote", data=data).get_data(as_text=True)
    return (
        found(r'name="code_token" value="([^"]+)"', text),
        found(r'class="code" id="code">([^<]+)<', text),
    )


def vote(browser, page, data):
    """Both steps of a person's vote; the answer and the check code."""
    token, code = look_over(browser, page, data)
    return browser.post(f"{page}/cast", data={**data, "code_token": token}), code
