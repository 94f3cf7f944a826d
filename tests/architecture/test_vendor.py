"""What we took from others is what we say it is, and a first visit stays small."""

import gzip
import re
from pathlib import Path

from tools import vendor

STATIC = vendor.ROOT / "app/static"
FIRST_VISIT = 100_000
ROOM_FOR_THE_PAGE = 15_000


def test_every_vendored_file_is_as_written_down() -> None:
    assert vendor.problems() == []


def test_a_changed_file_is_noticed(tmp_path: Path, monkeypatch) -> None:
    for folder in vendor.FOLDERS:
        for path in (vendor.ROOT / folder).rglob("*"):
            if path.is_file():
                copy = tmp_path / path.relative_to(vendor.ROOT)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(path.read_bytes())
    (tmp_path / "app/static/vendor/htmx.js").write_text("alert(1)")
    (tmp_path / "app/static/vendor/stray.js").write_text("")
    monkeypatch.setattr(vendor, "ROOT", tmp_path)
    monkeypatch.setattr(vendor, "MANIFEST", tmp_path / "app/static/vendor/vendor.json")
    assert vendor.problems() == [
        "app/static/vendor/htmx.js: not what vendor.json says",
        "app/static/vendor/stray.js: not in vendor.json",
    ]


def test_a_first_visit_is_light_even_in_arabic() -> None:
    """Arabic pages need four fonts, German ones two; the page itself comes on top."""
    fonts = sum(
        path.stat().st_size
        for path in (STATIC / "vendor/fonts").glob("*.woff2")
        if "latin-ext" not in path.name
    )
    texts = [
        "vendor/kern.css",
        "css/plandialog.css",
        "js/plandialog.js",
        "vendor/htmx.js",
        "img/logo.svg",
    ]
    packed = sum(len(gzip.compress((STATIC / name).read_bytes())) for name in texts)
    assert fonts + packed + ROOM_FOR_THE_PAGE <= FIRST_VISIT


def test_our_styles_know_no_left_and_right() -> None:
    for sheet in (STATIC / "css").glob("*.css"):
        css = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S)
        physical = (
            r"(?:margin|padding|border)-(?:left|right)|[{;\s](?:left|right)\s*:"
            r"|:\s*(?:left|right)\s*[;}]"
        )
        assert re.findall(physical, css) == [], sheet.name
    vendored = (STATIC / "vendor/kern.css").read_text()
    assert not re.search(
        r"[{;](?:margin|padding|border)-(?:left|right)|[{;](?:left|right):", vendored
    )


def test_styles_and_scripts_ask_no_other_host() -> None:
    for path in [*STATIC.rglob("*.css"), *(STATIC / "js").glob("*.js")]:
        addresses = re.findall(
            r"(?:url\(|import\s|fetch\()\s*[\"']?(?:https?:)?//[^\"')]+", path.read_text()
        )
        assert addresses == [], path.name
