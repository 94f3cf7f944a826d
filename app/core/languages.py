"""The languages of the interface. Adding one is a catalogue and a line here."""

from dataclasses import dataclass

from babel import Locale, UnknownLocaleError


@dataclass(frozen=True)
class Language:
    """`tag` stands in the URL, `locale` is Babel's, `catalogue` the folder in translations/.

    Three things, because Babel parses `de-simple` to plain `de`.
    """

    tag: str
    locale: str
    catalogue: str
    native_name: str
    dir: str = "ltr"
    stemmer: str = ""


SOURCE = "en"  # the language of the message ids: its catalogue needs plural forms only

LANGUAGES: dict[str, Language] = {
    language.tag: language
    for language in (
        Language("de", "de", "de", "Deutsch", stemmer="german"),
        Language("en", "en", "en", "English", stemmer="english"),
        Language("ar", "ar", "ar", "العربية", dir="rtl", stemmer="arabic"),
    )
}

SPOKEN = {
    "de": "Deutsch",
    "ar": "العربية",
    "bg": "Български",
    "bs": "Bosanski",
    "ckb": "کوردیی ناوەندی",
    "el": "Ελληνικά",
    "en": "English",
    "es": "Español",
    "fa": "فارسی",
    "fr": "Français",
    "hr": "Hrvatski",
    "it": "Italiano",
    "ku": "Kurmancî",
    "pl": "Polski",
    "ps": "پښتو",
    "pt": "Português",
    "ro": "Română",
    "ru": "Русский",
    "so": "Soomaali",
    "sq": "Shqip",
    "sr": "Српски",
    "ti": "ትግርኛ",
    "tr": "Türkçe",
    "uk": "Українська",
    "vi": "Tiếng Việt",
    "zh": "中文",
}
"""Languages that people are spoken with in, by their own names."""


def locale_of(tag: str, otherwise: str = "de") -> str:
    """Babel's name for the language of a text, in which is said what the program writes into it."""
    return LANGUAGES.get(tag, LANGUAGES[otherwise]).locale


SIMPLE = "de-simple"
"""Leichte Sprache: texts are written in it, the interface is not (yet)."""

TO_COME = ("tr", "fa", "ru", "uk", "pl", "ku", "fr")
"""Texts can be promised and written in them; nobody has made a catalogue of the interface yet."""


def name_of(tag: str) -> str:
    """A language's own name, of one without an interface too; a tag that nobody knows stays."""
    if tag in LANGUAGES:
        return LANGUAGES[tag].native_name
    if tag == SIMPLE:
        return "Leichte Sprache"
    try:
        name = Locale.parse(tag, sep="-").get_language_name(tag)
    except (UnknownLocaleError, ValueError):
        name = None
    return name or tag
