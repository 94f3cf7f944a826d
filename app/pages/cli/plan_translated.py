"""The plan of the city in Arabic, by how the originals begin. Not all is done yet."""

from app.core.transactions import transaction
from app.pages.cli.stage import Stage
from app.plan import commands, queries
from app.plan.models import Field, Measure
from app.plan.queries import field_history, translations

FIELD = {
    "Inklusion, Integration": "الدمج والاندماج والمشاركة",
    "MEIN HANNOVER": "هانوفر مدينتي 2030…",
    "ist eine weltoffene": "مدينة هجرة منفتحة على العالم وخالية من التمييز، ذات ثقافة ترحيب "
    "يحملها المجتمع الحضري كله.",
    "lebt durch eine starke": "تعيش بثقافة قوية من المشاركة والإسهام، في جميع فئات السكان.",
    "lebt durch die aktiven": "تعيش بأحيائها النشطة ذات المرافق الاجتماعية والتقنية والصحية "
    "الجيدة التي تُطوَّر مع السكان في أماكنهم.",
    "ermöglicht allen": "تتيح لجميع الناس حتى سنّ متقدمة حياة مستقلة ونشطة ضمن الجماعة في أحياء "
    "نابضة بالحياة.",
}
MEASURE = {
    "Integrationskonzept": "مفهوم اندماج اللاجئين: من مركز الإيواء إلى الأحياء",
    "Hannover war und ist": "كانت هانوفر وما زالت مدينة هجرة. وقد هدف العمل من أجل الاندماج، وهو "
    "من القضايا الرئيسية في سياسة المدينة، حتى الآن إلى تحسين فرص المشاركة في جميع مجالات الحياة "
    "للمقيمين هنا من ذوي الأصول المهاجرة قبل كل شيء. ومستقبلًا ينبغي أن تزداد أهمية ثقافة الترحيب "
    "والتقدير.",
    "von der Willkommens": "من ثقافة الترحيب إلى ثقافة الاستقرار",
    "Verbindung erprobter": "ربط مفاهيم الاندماج المجرَّبة بالاحتياجات الخاصة الناجمة عن اللجوء "
    "(خطة الاندماج المحلية 4.0)",
    "Anlaufstellen und weitere": "مراكز استقبال وإجراءات مرافقة أخرى لتسهيل الانتقال من مراكز "
    "الإيواء إلى مسكن خاص",
    "Dialog und Entscheidungs": "الحوار واتخاذ القرار بشأن منهجية تطوير خطة الاندماج المحلية",
    "Einstieg in dialogische": "بدء التطوير القائم على الحوار",
    "Abschluss des Planungs": "اختتام عملية التخطيط",
    "Ehrenamt und Hauptamt": "تأهيل المتطوعين والموظفين في قضايا الهجرة الناجمة عن اللجوء",
    "Zwei bis drei": "يعمل مركزان إلى ثلاثة مراكز استقبال في الأحياء",
    "Erstberatung": "الاستشارة الأولى",
    "Folgeberatung": "الاستشارة اللاحقة",
}


def play(stage: Stage) -> None:
    """Operators may write for every measure; this one has no unit."""
    measure, field = queries.measure(stage.measure_id), field_history.get(stage.field_id)
    for owner, words in ((measure, MEASURE), (field, FIELD)):
        if owner is not None:
            _say(stage, owner, words)


def _say(stage: Stage, owner: Measure | Field, words: dict[str, str]) -> None:
    with transaction():
        source = translations.source_of(owner, "de")
        commands.translate(
            source,
            "ar",
            {piece.name: said for piece in source.pieces if (said := _begins(piece.words, words))},
            of=source.digest,
            edition=0,
            by=stage.actor("betrieb"),
        )


def _begins(original: str, words: dict[str, str]) -> str:
    return next((said for begin, said in words.items() if original.startswith(begin)), "")
