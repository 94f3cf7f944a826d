"""A moderator has the archive made; somebody else reads it without the platform, in Arabic too."""

import zipfile
from pathlib import Path

import pytest

from tests.journeys.before import PASSWORD, people
from tests.journeys.conftest import LOOKS
from tests.opendata.conftest import tell

pytestmark = pytest.mark.journey


def test_from_the_button_to_the_unpacked_pages(
    somebody, platform, look, run_jobs, setting, tmp_path: Path
):
    with platform.app_context():
        told = tell(people(others=0)["moderation"])
        address, proposal_id = f"/dialogues/{told.dialogue.id}", told.proposal.id
    mo = somebody()
    mo.sign_in("moderation@example.org", PASSWORD)
    mo.go(address)
    mo.follow("Archive of this dialogue")
    mo.press("Make the package")
    mo.see(mo.say("The package waits to be made."))
    run_jobs()

    guest = somebody("ar", width=360)
    guest.go(f"{address}/archive")
    with guest.page.expect_download() as download:
        guest.page.locator("a[download]").click()
    with zipfile.ZipFile(download.value.path()) as package:
        package.extractall(tmp_path)

    page = look.browser.new_page(viewport={"width": 320, "height": 800})
    page.goto((tmp_path / "index.html").as_uri())
    page.get_by_text("العربية").click()
    page.get_by_role("link", name="Vorschläge").click()
    page.locator("main a").first.click()
    page.get_by_role("link", name="Ein Raum für alle").click()
    assert page.url.endswith(f"/ar/proposals/{proposal_id}.html")
    assert (
        page.locator(".said").first.evaluate("one => getComputedStyle(one).borderInlineStartWidth")
        == "3px"
    )
    page.close()
    if setting == LOOKS:
        _look_at_every_kind_of_page(look, tmp_path)


def _look_at_every_kind_of_page(look, folder: Path) -> None:
    context = look.browser.new_context(bypass_csp=True, viewport={"width": 320, "height": 800})
    page = context.new_page()
    kinds = set()
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder).as_posix()
        kind = "".join(one for one in name if not one.isdigit())
        if kind in kinds or name.startswith(("de/", "en/")):
            continue
        kinds.add(kind)
        page.goto(path.as_uri())
        look.page(page, name)
    context.close()
    assert len(kinds) > 7
