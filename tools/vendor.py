"""The front-end parts we ship: where each comes from, and that it is still what we took.

    python -m tools.vendor check     every file has the checksum written down
    python -m tools.vendor update    fetch the packages anew with npm and write the files

To take a newer version: change `version` in vendor.json, empty its `integrity`, run update, look,
commit.
Updating needs npm, fonttools and brotli; nobody who only runs the platform needs them.
"""

import base64
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from tools.logical_css import convert

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = (Path("app/static/vendor"), Path("tests/vendor"))
MANIFEST = ROOT / "app/static/vendor/vendor.json"


def problems() -> list[str]:
    """What is missing, changed or not written down; empty when all is well."""
    found = []
    listed = {MANIFEST.relative_to(ROOT).as_posix()}
    for package in _manifest()["packages"]:
        found += [
            f"{package['name']}: {field} is missing in vendor.json"
            for field in ("version", "integrity", "licence")
            if not package.get(field)
        ]
        for entry in package["files"]:
            listed.add(entry["path"])
            path = ROOT / entry["path"]
            if not path.is_file():
                found.append(f"{entry['path']}: missing")
            elif _sha256(path.read_bytes()) != entry["sha256"]:
                found.append(f"{entry['path']}: not what vendor.json says")
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.is_file() and name not in listed:
                found.append(f"{name}: not in vendor.json")
    return found


def update() -> None:
    manifest = _manifest()
    for package in manifest["packages"]:
        members = _fetch(package)
        for entry in package["files"]:
            made = _make(members[entry["from"]], entry)
            target = ROOT / entry["path"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(made)
            entry["sha256"] = _sha256(made)
    MANIFEST.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _fetch(package: dict[str, Any]) -> dict[str, bytes]:
    """The files of one npm package by path, after its integrity has been verified."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = f"{package['name']}@{package['version']}"
        subprocess.run(
            ["npm", "pack", "--silent", wanted], cwd=folder, check=True, stdout=subprocess.DEVNULL
        )
        archive = next(Path(folder).glob("*.tgz")).read_bytes()
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if package["integrity"] and package["integrity"] != integrity:
        sys.exit(f"{wanted}: the archive has {integrity}, vendor.json says {package['integrity']}")
    package["integrity"] = integrity
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        return {
            member.name.split("/", 1)[1]: file.read()
            for member in tar.getmembers()
            if member.isfile() and (file := tar.extractfile(member))
        }


def _make(source: bytes, entry: dict[str, Any]) -> bytes:
    match entry["how"]:
        case "copy":
            return source
        case "script":
            # The map it points to is not shipped; asking for it would be a 404.
            lines = source.decode().splitlines()
            return (
                "\n".join(line for line in lines if not line.startswith("//# source")).encode()
                + b"\n"
            )
        case "kern":
            return convert(source.decode()).encode()
        case "subset":
            return _subset(source, entry["unicodes"], entry["features"])
        case "subset-ttf":  # for documents: their program reads no packed fonts
            return _subset(source, entry["unicodes"], entry["features"], flavor=None)
        case how:
            sys.exit(f"vendor.json: how to make {entry['path']}? {how} is unknown")


def _subset(font: bytes, unicodes: str, features: str, *, flavor: str | None = "woff2") -> bytes:
    """Only the signs we need, without hinting (screens of today ignore it)."""
    from fontTools import subset

    options = subset.Options(flavor=flavor, hinting=False, desubroutinize=True)
    options.layout_features = features.split(",")
    loaded = subset.load_font(io.BytesIO(font), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(unicodes))
    subsetter.subset(loaded)
    made = io.BytesIO()
    subset.save_font(loaded, made, options)
    return made.getvalue()


def _manifest() -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return manifest


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def main() -> None:
    match sys.argv[1:]:
        case ["check"]:
            if found := problems():
                sys.exit("\n".join(found))
            print("Every vendored file is what vendor.json says.")
        case ["update"]:
            update()
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
