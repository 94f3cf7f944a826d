"""People find what was written in another spelling than theirs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.text.folding import fold, stems, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mitarbeiter:innen", "mitarbeiterinnen"),
        ("Mitarbeiter*innen", "MitarbeiterInnen"),
        ("Mitarbeiter_innen", "Mitarbeiter/-innen"),
        ("Mitarbeiter/innen", "Mitarbeiter(innen)"),
        ("Straße", "STRASSE"),
        ("Häuser", "hauser"),
        ("Café", "cafe"),
        ("İstanbul", "istanbul"),
        ("ISPARTA", "ısparta"),
        ("Łódź", "lodz"),
        ("ﬁnanzen", "finanzen"),
        ("Ｐｌａｎ", "plan"),
        ("فارسی", "فارسي"),
        ("کتاب", "كتاب"),
        ("مدرسة", "مدرسه"),
        ("إدارة", "اداره"),
        ("قَدَّمَ", "قدم"),
        ("بـيـت", "بيت"),
        ("می\u200cخواهم", "میخواهم"),
        ("۲۰۲۷ ٢٠٢٧", "2027 2027"),
        ("ёлка", "елка"),
        ("п’ять", "п'ять"),
    ],
)
def test_two_spellings_of_one_word_meet(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("й", "и"), ("ї", "і"), ("Öffnung: in der Mitte", "Öffnungin der Mitte"), ("a:berg", "aberg")],
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_words_are_runs_of_letters_and_digits() -> None:
    assert words("Spiel-Platz, 3 Stück; l'intégration & Bürger:innen!") == [
        *("spiel", "platz", "3", "stuck", "l", "integration", "burgerinnen")
    ]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "Häuser", "Haeuser"),
        ("de", "Sprachkurse", "Sprachkursen"),
        ("en", "meetings", "meeting"),
        ("ar", "المدرسة", "مدرسة"),
    ],
)
def test_forms_of_a_word_share_a_stem(language: str, one: str, other: str) -> None:
    assert stems(one, language) == stems(other, language)


def test_a_language_without_stemmer_is_searched_by_its_words() -> None:
    assert stems("Häuser bauen", "tlh") == stems("Häuser bauen", None) == ["hauser", "bauen"]


@given(st.text(max_size=100))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=100), st.sampled_from(["de", "en", "ar", "xx"]))
def test_what_folds_alike_is_found_alike(text: str, language: str) -> None:
    assert stems(fold(text), language) == stems(text, language)
    assert len(stems(text, language)) == len(words(text))
