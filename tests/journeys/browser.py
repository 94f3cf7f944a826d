"""A person at a browser: what they can see, click and fill in, in their language.

Words are given as message ids (the English sentences of the code) and looked up in the person's
catalogue, so that a journey plays in every language. Every kind of page that a person opens is
looked at by axe, in the long run in Arabic on a phone, and checked for strangers' hosts,
forbidden scripts and sideways scrolling on a phone and on a desk.
"""

import re
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from babel.support import Translations
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect
from playwright.sync_api import Request as Asked

from app.core.languages import LANGUAGES
from config import ROOT

expect.set_options(timeout=30_000)  # a busy machine decides no test

PHONE = 360
DESK = 1280
LOOKED_AT = {"ar": PHONE}
"""Languages and widths in which pages are looked at in the long run: the other run is mostly in
German on a desk."""
AXE = "/axe.js"
"""Where the test server has it: with an address the browser compiles it once, not at every page."""
AXE_FILE = ROOT / "tests/vendor/axe.min.js"
RUN_AXE = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.map(
    v => v.id + ": " + v.help + "\\n    " + v.nodes.map(n => n.html).join("\\n    "))"""
REACHED = """wanted => { const now = document.activeElement; return now === wanted
    || now.type === "radio" && wanted.type === "radio" && now.name === wanted.name; }"""
TOO_WIDE = """() => { const wide = document.documentElement;
    if (wide.scrollWidth <= wide.clientWidth) return [];
    const out = box => box.right > wide.clientWidth + 1 || box.left < -1;
    return [...document.body.querySelectorAll("*")]
        .filter(one => one.checkVisibility() && out(one.getBoundingClientRect()))
        .map(one => one.cloneNode().outerHTML); }"""


@cache
def _catalogue(language: str) -> Translations:
    return Translations.load(str(ROOT / "translations"), [language])  # type: ignore[return-value]


def words(language: str, message: str, **values: object) -> str:
    """A sentence of the interface in a language."""
    found = str(_catalogue(language).gettext(message))
    return found % values if values else found


class Seen:
    """What was looked at: kinds of pages by language and width. Empty files in a folder, because
    parallel test processes share the work."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)

    def claim(self, kind: str, language: str, width: int) -> bool:
        """Whether nobody looked at this before; from now on somebody has."""
        name = sha256(f"{kind} {language} {width}".encode()).hexdigest()
        try:
            (self.folder / name).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


DIFFERS = ("questions/",)
"""Pages that look different from journey to journey: each looks at them anew."""


class Look:
    """Checks pages, each kind once in a language and at a width.

    `run` is what all journeys of this run have looked at, `own` what this one has; without them it
    looks at nothing. It looks at pages in the language and at the width of whoever opens them, with
    `everywhere` in each of LOOKED_AT.
    """

    def __init__(
        self,
        browser: Browser,
        run: Seen | None = None,
        own: Seen | None = None,
        *,
        everywhere: bool = False,
    ) -> None:
        self.browser = browser
        self.run = run
        self.own = own
        self.everywhere = everywhere
        self.found: list[str] = []
        self._twin: Page | None = None

    def at(self, page: Page, *, anew: bool = False) -> None:
        """Open the address of a person's page as the same person, script allowed.

        `anew`, though another journey has looked at such a page: there is something else on it.
        """
        if self.run is None or self.own is None:
            return
        parts = urlsplit(page.url)
        language, _, rest = parts.path.lstrip("/").partition("/")
        if language not in LANGUAGES:
            return
        kind = re.sub(r"\d+|(?<=/)[\w-]{20,}", "#", rest)
        seen = self.own if anew or kind.startswith(DIFFERS) else self.run
        assert page.viewport_size is not None
        wanted = LOOKED_AT if self.everywhere else {language: page.viewport_size["width"]}
        missing = [(tag, width) for tag, width in wanted.items() if seen.claim(kind, tag, width)]
        if not missing:
            return
        twin = self._twin_of(page.context)
        query = f"?{parts.query}" if parts.query else ""
        for tag, width in missing:
            twin.set_viewport_size({"width": width, "height": 800})
            twin.goto(f"{parts.scheme}://{parts.netloc}/{tag}/{rest}{query}")
            self.page(twin, f"/{tag}/{rest}")

    def _twin_of(self, context: BrowserContext) -> Page:
        """A page of our own in which the person of the context is signed in."""
        if self._twin is None:
            self._twin = self.browser.new_context(reduced_motion="reduce").new_page()
        ours = self._twin.context
        ours.clear_cookies()
        ours.add_cookies(context.cookies())  # type: ignore[arg-type]  # as it gave them
        return self._twin

    def page(self, page: Page, where: str) -> None:
        """Axe, and whether the page is too wide for a desk or a phone."""
        if page.url.startswith("file:"):
            page.add_script_tag(path=AXE_FILE)
        else:
            page.add_script_tag(url=AXE)
        self.found += [f"{where}: {violation}" for violation in page.evaluate(RUN_AXE)]
        for width in (DESK, PHONE):
            page.set_viewport_size({"width": width, "height": 800})
            if wide := page.evaluate(TOO_WIDE):
                self.found.append(f"{where}: too wide for {width} px: {' '.join(wide)}")

    def close(self) -> None:
        if self._twin is not None:
            self._twin.context.close()


class Somebody:
    """One person's browser: their own cookies, language, screen; with or without script."""

    def __init__(
        self,
        look: Look,
        base: str,
        *,
        javascript: bool,
        language: str = "de",
        width: int = DESK,
        mails: Callable[[str], str],
    ) -> None:
        self.look = look
        self.base = base
        self.language = language
        self.width = width
        self.mails = mails
        self.context = look.browser.new_context(
            java_script_enabled=javascript,
            viewport={"width": width, "height": 800},
            reduced_motion="reduce",
            base_url=base,
        )
        self.context.set_default_timeout(60_000)
        self.page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.look.found.append(f"{self.page.url}: {message.text}")

    def _asked(self, request: Asked) -> None:
        if not request.url.startswith((self.base, "data:")):
            self.look.found.append(f"{self.page.url} asks {request.url}")

    def say(self, message: str, **values: object) -> str:
        return words(self.language, message, **values)

    @property
    def path(self) -> str:
        """Where one is, without the language."""
        return "/" + urlsplit(self.page.url).path.lstrip("/").partition("/")[2]

    def go(self, path: str) -> None:
        """Open an address (without the language)."""
        answer = self.page.goto(f"/{self.language}{path}")
        assert answer is not None
        assert answer.status < 400, f"{path}: {answer.status}"
        self._looked()

    def status(self, path: str) -> int:
        """The status of an address, without staying there."""
        return int(self.context.request.get(f"{self.base}/{self.language}{path}").status)

    def _looked(self) -> None:
        self.page.wait_for_load_state()
        self.look.at(self.page)

    def look_anew(self) -> None:
        """At the page one is on, though others have looked at such a page before."""
        self.look.at(self.page, anew=True)

    def button(self, message: str, **values: object) -> Locator:
        return self.page.get_by_role("button", name=self.say(message, **values), exact=True)

    def link(self, message: str, **values: object) -> Locator:
        return self.page.get_by_role("link", name=self.say(message, **values), exact=True)

    def press(self, message: str, **values: object) -> None:
        """Press a button."""
        self.button(message, **values).first.click()
        self._looked()

    def follow(self, message: str, **values: object) -> None:
        """Follow a link."""
        self.link(message, **values).first.click()
        self._looked()

    def by_keyboard(self, message: str) -> None:
        """Reach a button with the tab key alone and press it with Enter."""
        self.tab_to(self.button(message).first)
        self.page.keyboard.press("Enter")
        self._looked()

    def tab_to(self, wanted: Locator) -> None:
        """Reach something with the tab key alone; of radio buttons any one of its group."""
        for _ in range(120):
            self.page.keyboard.press("Tab")
            if wanted.evaluate(REACHED):
                return
        raise AssertionError(f"the tab key does not reach {wanted}")

    def pick_by_keyboard(self, wanted: Locator) -> None:
        """A radio button (with the arrow keys) or a checkbox (with the space bar)."""
        self.tab_to(wanted)
        self.page.keyboard.press("Space")
        if wanted.get_attribute("type") == "checkbox":
            return
        for _ in range(20):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrow keys do not reach {wanted}")

    def field(self, label: str) -> Locator:
        """A field by its label; a label that is optional says so behind it."""
        said = re.escape(self.say(label))
        return self.page.get_by_label(re.compile(rf"^\s*{said}(\s|$)")).first

    def fill(self, label: str, value: str) -> None:
        self.field(label).fill(value)

    def choose(self, label: str, option: str) -> None:
        """An entry of a list to choose from."""
        self.field(label).select_option(label=self.say(option))

    def tick(self, label: str) -> None:
        """A checkbox or radio button."""
        self.page.get_by_label(self.say(label)).first.check()

    def see(self, message: str, **values: object) -> None:
        expect(self.page.locator("main")).to_contain_text(self.say(message, **values))

    def see_not(self, message: str, **values: object) -> None:
        expect(self.page.locator("main")).not_to_contain_text(self.say(message, **values))

    def open_mail(self, address: str) -> None:
        """Open the first link of the newest mail to an address."""
        found = re.search(r"https?://\S+", self.mails(address))
        assert found, "no link in the mail"
        parts = urlsplit(found.group())
        answer = self.page.goto(parts.path + (f"?{parts.query}" if parts.query else ""))
        assert answer is not None
        assert answer.status < 400
        self._looked()

    def sign_in(self, email: str, password: str) -> None:
        self.go("/sign-in")
        self.fill("E-mail address", email)
        self.fill("Password", password)
        self.press("Sign in")

    def sign_out(self) -> None:
        """By the menu under one's name."""
        self.page.locator("header details:has(form) > summary").click()
        self.press("Sign out")


def newest_mail(folder: Path, address: str) -> str:
    """The text of the newest mail to an address."""
    from email import message_from_bytes, policy
    from email.message import EmailMessage

    for file in sorted(folder.glob("*.eml"), reverse=True):
        mail = message_from_bytes(file.read_bytes(), _class=EmailMessage, policy=policy.default)
        if mail["To"] == address:
            return str(mail.get_content())
    raise AssertionError(f"no mail to {address}")
