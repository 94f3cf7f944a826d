"""The moderators say in other languages what the dialogue and its rounds say, not yet all."""

from app.core.transactions import transaction
from app.pages.cli.stage import Stage
from app.rounds import commands
from app.rounds import queries as rounds
from app.rounds.queries import translations
from app.rounds.queries.translations import Words

RULES: dict[str, Words] = {
    "en": {
        "open_to_influence": "Which new measures come into the plan, and what is done first.",
        "not_open": "Federal and state laws. How large the city's budget is.",
        "who_decides": "Both chambers give their vote. The departments decide and answer every "
        "proposal with a reason. About money the council decides.",
    },
    "ar": {
        "open_to_influence": "ما الإجراءات الجديدة التي تُدرج في الخطة، وما الذي يحدث أولًا.",
        "not_open": "قوانين الاتحاد والولاية. وحجم ميزانية المدينة.",
        "who_decides": "تصوّت المجموعتان كلتاهما. ثم تقرر إدارات المدينة وترد على كل اقتراح مع ذكر "
        "السبب. أما المال فيقرر بشأنه مجلس المدينة.",
    },
    "de-simple": {
        "open_to_influence": "Was soll die Stadt neu machen?\nWas soll zuerst passieren?",
        "not_open": "Die Gesetze.\nUnd wie viel Geld die Stadt hat.",
        "who_decides": "Alle stimmen ab.\nDann entscheidet die Stadt.\n"
        "Über Geld entscheidet der Rat.",
    },
}
DIALOGUE: dict[str, Words] = {
    "en": {
        "title": "From the accommodation into the neighbourhood",
        "question": "What helps people to arrive in their neighbourhood?",
        "summary": "The measure of 2017 is completed. Together we develop the plan further: "
        "organisations make proposals, everybody joins in, both chambers vote, and the "
        "administration answers every proposal with a reason.",
    },
    "ar": {
        "title": "من مركز الإيواء إلى الحي",
        "question": "ما الذي يساعد الناس على الاستقرار في حيّهم؟",
        "summary": "اكتمل إجراء عام 2017. والآن نطوّر الخطة معًا: المنظمات تقدّم اقتراحات، والجميع "
        "يشارك في النقاش، وتصوّت المجموعتان، وتجيب الإدارة عن كل اقتراح مع ذكر السبب.",
    },
}
ROUNDS: dict[str, dict[str, Words]] = {
    "Wie wir miteinander arbeiten": {
        "en": {
            "title": "How we work together",
            "summary": "Before anything else all decide by which rules the next rounds run.",
            "open_to_influence": "By which rules the next rounds run.",
            "not_open": "That both chambers are heard, and that the administration answers every "
            "proposal.",
            "who_decides": "Both chambers. What both want is done.",
        },
        "ar": {
            "title": "كيف نعمل معًا",
            "summary": "قبل الحديث عن المضمون يقرر الجميع وفق أي قواعد تجري الجولات التالية.",
            "open_to_influence": "القواعد التي تجري وفقها الجولات التالية.",
            "not_open": "أن تُسمع المجموعتان كلتاهما وأن تجيب الإدارة عن كل اقتراح.",
            "who_decides": "المجموعتان كلتاهما. وما تريدانه معًا هو الذي يسري.",
        },
    },
    "Vorschläge für das Ankommen": {
        "en": {
            "title": "Proposals for arriving",
            "summary": "What is missing in the neighbourhood when people move from the "
            "accommodation into a flat of their own? Organisations and individuals make proposals.",
            **RULES["en"],
        },
        "ar": {
            "title": "اقتراحات من أجل الاستقرار",
            "summary": "ما الذي ينقص في الحي عندما ينتقل الناس من مركز الإيواء إلى مسكن خاص بهم؟ "
            "المنظمات والأفراد يقدّمون اقتراحات.",
            **RULES["ar"],
        },
    },
    "Begegnung im Stadtteil": {
        "en": {
            "title": "Meeting in the neighbourhood",
            "summary": "The first new measures are in the plan. Now it is about places and "
            "occasions where people of the neighbourhood meet.",
            **RULES["en"],
        },
        "ar": {
            "title": "لقاءات في الحي",
            "summary": "الإجراءات الجديدة الأولى واردة في الخطة. والآن نتحدث عن الأماكن والمناسبات "
            "التي يلتقي فيها الناس في الحي.",
            **RULES["ar"],
        },
        "de-simple": {"title": "Menschen treffen sich im Stadtteil", **RULES["de-simple"]},
    },
    "Ein Text für den Plan": {
        "en": {
            "title": "A text for the plan",
            "summary": "The guiding principles are to open the plan. Every paragraph can be "
            "commented on, and you can suggest other words.",
            **RULES["en"],
        },
        "ar": {
            "title": "نصّ للخطة",
            "summary": "ستتصدّر المبادئ التوجيهية الخطة. ويمكن التعليق على كل فقرة، كما يمكنكم "
            "اقتراح صياغة أخرى.",
            **RULES["ar"],
        },
    },
}


def play(stage: Stage) -> None:
    _say(stage, stage.dialogue_id, DIALOGUE)
    for one in rounds.public_rounds(stage.dialogue_id):
        _say(stage, one.id, ROUNDS.get(one.title, {}))


def _say(stage: Stage, subject_id: int, said: dict[str, Words]) -> None:
    for language, words in said.items():
        with transaction():
            source = translations.source(subject_id)
            assert source is not None  # noqa: S101 — what the demonstration itself has made
            of = translations.digest(source.words)
            commands.translate(source, language, words, of=of, by=stage.actor("moderation"))
