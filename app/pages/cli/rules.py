"""The rules of the demonstration's dialogue, in two versions."""

from app.core.transactions import transaction
from app.moderation import commands as moderation
from app.pages.cli.stage import Stage

GERMAN = """Hier reden viele Menschen miteinander. Damit es gut geht, bitten wir um dies:

- Sprechen Sie zur Sache und mit Achtung voreinander.
- Keine Beleidigungen, keine Hetze, keine Drohungen.
- Keine privaten Daten anderer Menschen.
- Keine Werbung und nichts, was gegen das Gesetz ist.
- Bleiben Sie beim Thema der Runde."""

ENGLISH = """Many people talk with one another here. To make it go well, we ask for this:

- Speak about the matter, and to one another with respect.
- No insults, no incitement, no threats.
- No private data of other people.
- No advertising, and nothing that is against the law.
- Stay with the subject of the round."""

ARABIC = """يتحدث هنا كثير من الناس معًا. لكي يسير الحوار جيدًا نرجو ما يلي:

- تحدثوا في الموضوع وباحترام متبادل.
- لا إهانات ولا تحريض ولا تهديد.
- لا بيانات خاصة لأشخاص آخرين.
- لا إعلانات ولا شيء مخالف للقانون.
- ابقوا في موضوع الجولة."""

SIMPLE = """Hier sprechen viele Menschen miteinander.
Dafür gibt es Regeln.

- Bleiben Sie freundlich.
- Beleidigen Sie niemanden.
- Schreiben Sie nichts Privates über andere Menschen.
- Machen Sie keine Werbung.
- Schreiben Sie nur zum Thema."""

AGREED = "\n- Wer für eine Organisation spricht, sagt es dazu."


def play(stage: Stage) -> None:
    """The first version as the dialogue begins."""
    first = {"de": GERMAN, "en": ENGLISH, "ar": ARABIC, "de-simple": SIMPLE}
    with transaction():
        by = stage.actor("moderation")
        moderation.change_rules(stage.dialogue_id, first, reason="", seen=0, by=by)


def change(stage: Stage) -> None:
    """A second version, with its reason."""
    texts = {
        "de": GERMAN + AGREED,
        "en": ENGLISH + "\n- Who speaks for an organisation says so.",
        "ar": ARABIC + "\n- من يتحدث باسم منظمة يذكر ذلك.",
        "de-simple": SIMPLE + "\n- Sprechen Sie für einen Verein? Dann schreiben Sie das dazu.",
    }
    with transaction():
        moderation.change_rules(
            stage.dialogue_id,
            texts,
            reason="In der ersten Runde war manchmal nicht zu sehen, wer für wen spricht.",
            seen=1,
            by=stage.actor("moderation"),
        )
