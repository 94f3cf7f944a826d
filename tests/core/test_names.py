"""No organisation passes itself off as another by the letters of its name."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.core.text.names import forbidden_characters, mixes_scripts, skeleton


@pytest.mark.parametrize(
    ("name", "pretender"),
    [
        ("Caritas Hannover", "Саritаs Hannover"),  # Cyrillic С and а
        ("Caritas Hannover", "CARITAS  hannover"),
        ("Caritas Hannover", "Caritas-Hannover"),
        ("Caritas Hannover", "Caritás Hannover"),
        ("Caritas Hannover", "Caritas\u200b Hann\u202eover"),
        ("Caritas Hannover", "Ｃａｒｉｔａｓ 𝐇𝐚𝐧𝐧𝐨𝐯𝐞𝐫"),
        ("Initiative 10", "lnltlatlve 1O"),
        ("INITIATIVE", "initiative"),
        ("Modern", "Modem"),
        ("Ηannover", "Hannover"),  # Greek capital eta
        ("Straße", "Strasse"),
        ("scope", "ѕсоре"),  # wholly Cyrillic
        ("جمعية كتاب", "جمعیة کتاب"),  # Persian ye and kaf
        ("Mitarbeiter:innen", "MitarbeiterInnen"),
    ],
)
def test_look_alikes_share_a_skeleton(name: str, pretender: str) -> None:
    assert skeleton(name) == skeleton(pretender)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Caritas Hannover", "Caritas Garbsen"),
        ("Nachbarschaftskreis Mitte", "Nachbarschaftskreis Nord"),
        ("Verein 2", "Verein 3"),
        ("جمعية الجسر", "جمعية البيت"),
        ("Мост", "Дом"),
        ("!!!", "???"),
    ],
)
def test_different_names_do_not(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@given(st.text(max_size=80))
@example("\ue000")  # private use: it once became a letter
def test_a_skeleton_is_its_own_and_knows_no_case(name: str) -> None:
    bones = skeleton(name)
    assert skeleton(bones) == bones
    bones.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize(
    "name", ["Brücke Minden", "БАЗА Мост ёж Гнездо", "ΕΛΛΗΝΙΚΗ Κοινότητα", "Հայ Տուն", "Çelik İş"]
)
def test_a_name_in_capitals_is_the_same_name(name: str) -> None:
    assert skeleton(name.upper()) == skeleton(name) == skeleton(name.lower())


@pytest.mark.parametrize(
    "name",
    [
        "Łódź–Verein „Brücke“ e. V. & Co. (2027) +1 №3",
        "خانه\u200cهای ایران",
        "क्\u200dष",
        "日本語 한국어",
        "O'Neill-Çelik, O’Hara",
        "ÀÉÎ" + "a\u0308",
    ],
)
def test_ordinary_names_hold_nothing_forbidden(name: str) -> None:
    assert forbidden_characters(name) == []


@pytest.mark.parametrize(
    "character",
    [
        *("\0", "\n", "\u202e", "\u2066", "\u200b", "\u200d", "\u200c", "\ufeff", "\u3164"),
        *("\u2800", "✓", "✔", "☑", "🗸", "⭐", "👩", "\ue000", "\ud800", "\u0378", "\u20dd"),
        *("\u2028", "\U000e0041"),
    ],
)
def test_what_is_invisible_or_a_badge_is_forbidden(character: str) -> None:
    assert forbidden_characters(f"Stadt{character}{character}Hannover") == [character]


@pytest.mark.parametrize(
    ("name", "mixes"),
    [
        ("Cаritas", True),  # Cyrillic а
        ("Caritаs Hannover", True),
        ("Ηannover", True),  # Greek Η
        ("Мост Hannover", False),
        ("جسر Brücke", False),
        ("東京タワー ひらがな", False),
        ("Ｃａｒｉｔａｓ", False),
        ("CO₂-Ausgleich", False),
        ("Café 3ª", False),
    ],
)
def test_two_alphabets_in_one_word(name: str, mixes: bool) -> None:
    assert mixes_scripts(name) is mixes
