"""The moderators say in other languages what the running round says; not all is done yet."""

from app.core.transactions import transaction
from app.pages.cli.stage import Stage
from app.rounds import commands
from app.rounds.queries import translations

ROUND = {
    "ar": {
        "title": "لقاءات في الحي",
        "summary": "الإجراءات الجديدة الأولى واردة في الخطة. والآن نتحدث عن الأماكن والمناسبات "
        "التي يلتقي فيها الناس في الحي.",
        "open_to_influence": "ما الإجراءات الجديدة التي تُدرج في الخطة، وما الذي يحدث أولًا.",
        "not_open": "قوانين الاتحاد والولاية. وحجم ميزانية المدينة.",
        "who_decides": "تصوّت المجموعتان كلتاهما. ثم تقرر إدارات المدينة وترد على كل اقتراح مع ذكر "
        "السبب. أما المال فيقرر بشأنه مجلس المدينة.",
    },
    "de-simple": {
        "title": "Menschen treffen sich im Stadtteil",
        "open_to_influence": "Was soll die Stadt neu machen?\nWas soll zuerst passieren?",
        "not_open": "Die Gesetze.\nUnd wie viel Geld die Stadt hat.",
        "who_decides": "Alle stimmen ab.\nDann entscheidet die Stadt.\n"
        "Über Geld entscheidet der Rat.",
    },
}


def play(stage: Stage) -> None:
    by = stage.actor("moderation")
    for language, words in ROUND.items():
        with transaction():
            source = translations.source(stage.round_id)
            assert source is not None  # noqa: S101 — the round that runs
            of = translations.digest(source.words)
            commands.translate(source, language, words, of=of, by=by)
