"""Catalogues: `python -m tools.translations update` after changing words, `check` in make check.

Message ids are the English sentences, so the English catalogue holds plural forms only by itself.
"""

import sys
from copy import deepcopy
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from app.core.languages import LANGUAGES, SOURCE, Language
from tools.catalogues import ROOT

FOLDER = ROOT / "translations"
TEMPLATE = FOLDER / "messages.pot"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "_": None,
    "_l": None,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
}

# Written out, because Babel's defaults are wrong or missing for several languages to come.
PLURALS = {
    "de": (2, "(n != 1)"),
    "en": (2, "(n != 1)"),
    "ar": (
        6,
        "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)",
    ),
}


def path_of(language: Language) -> Path:
    return FOLDER / language.catalogue / "LC_MESSAGES" / "messages.po"


def extracted() -> Catalog:
    """Every message of the code and the templates, with where it stands (file only)."""
    with (FOLDER / "babel.cfg").open() as config:
        methods, options = parse_mapping_cfg(config)
    catalog = Catalog(project="Plandialog", fuzzy=False)
    for name, _line, message, comments, context in sorted(
        extract_from_dir(ROOT, methods, options, KEYWORDS, ("i18n:",), strip_comment_tags=True),
        key=lambda found: (found[0], found[1]),
    ):
        catalog.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    return catalog


def _serialised(catalog: Catalog) -> bytes:
    buffer = BytesIO()
    write_po(
        buffer,
        catalog,
        width=100,
        sort_by_file=True,
        omit_header=False,
        include_lineno=False,
        ignore_obsolete=True,
    )
    lines = buffer.getvalue().splitlines(keepends=True)
    dated = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By', b'"Last-Translator')
    return b"".join(line for line in lines if not line.startswith(dated))


def load(language: Language) -> Catalog:
    path = path_of(language)
    catalog = Catalog(locale=language.locale, project="Plandialog", fuzzy=False)
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language.locale)
    # Babel has no public way to set the rule; the header it writes comes from these two.
    vars(catalog)["_num_plurals"], vars(catalog)["_plural_expr"] = PLURALS[language.catalogue]
    catalog.fuzzy = False
    return catalog


def save(language: Language, catalog: Catalog) -> None:
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_serialised(catalog))


def update() -> None:
    template = extracted()
    TEMPLATE.write_bytes(_serialised(template))
    for language in LANGUAGES.values():
        catalog = load(language)
        # A copy: new messages are taken over as they are, and one language fills them in.
        catalog.update(deepcopy(template), no_fuzzy_matching=True)
        if language.catalogue == SOURCE:
            for message in catalog:
                if message.id:
                    message.string = message.id
        save(language, catalog)


def problems() -> list[str]:
    """What is missing or broken in the shipped catalogues, one sentence each."""
    found = []
    template = extracted()
    if not TEMPLATE.exists() or TEMPLATE.read_bytes() != _serialised(template):
        found.append("messages.pot is behind the code: run python -m tools.translations update")
    ids = {message.id for message in template if message.id}
    for language in LANGUAGES.values():
        catalog = load(language)
        known = {message.id: message for message in catalog if message.id}
        found += [
            f"{language.tag}: not in the catalogue: {message_id}"
            for message_id in sorted(map(str, ids - known.keys()))
        ]
        for message in known.values():
            strings = (
                message.string if isinstance(message.string, tuple | list) else (message.string,)
            )
            if message.fuzzy or not all(strings):
                found.append(f"{language.tag}: empty or fuzzy: {message.id}")
            if language.dir == "rtl" and message.string == message.id:
                found.append(f"{language.tag}: still English: {message.id}")
            found.extend(
                f"{language.tag}: {message.id}: {error}" for error in message.check(catalog)
            )
    return found


def main(arguments: list[str]) -> int:
    if arguments == ["update"]:
        update()
        return 0
    if arguments == ["check"]:
        found = problems()
        print("\n".join(found) or "translations: complete")
        return 1 if found else 0
    print("usage: python -m tools.translations update|check", file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
