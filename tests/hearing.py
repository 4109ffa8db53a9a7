"""What a person sees or hears of a page, and what of it is English that the page should have said in Spanish."""

import re
from html.parser import HTMLParser

from django.apps import apps
from django.db.models import CharField, TextField
from django.template.defaultfilters import capfirst

from tools.messages import read

OURS = ("workspaces", "campaigns", "scheduling", "publishing")
SHORTEST = 13  # Shorter words may stand in anybody's text: they count only where they are all that stands there.
SPOKEN = ("title", "aria-label", "placeholder", "alt", "data-close", "value")
SILENT = ("script", "style", "code", "pre")
TYPED = ("text", "hidden", "checkbox", "radio", "date", "time", "number", "url", "email", "search", None)
ADDRESS = re.compile(r"\w+://\S+")
BLANK = re.compile(r"%\(\w+\)[sd]|\{\w*\}|<[^>]*>")
# Words that no Spanish sentence holds; two of them in one piece are English that nobody can have translated.
FUNCTION_WORDS = re.compile(
    r"\b(the|of|and|is|are|was|has|have|its|it|this|that|with|for|from|by|to|on|at|not|or|nothing|which|when|what|here)\b",
    re.IGNORECASE,
)


class Heard(HTMLParser):
    """The pieces of a page that are read or read out; in `code` stand the words of programs."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.silent = 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        """Take what an element says by its attributes; what stands in a field was typed by somebody."""
        self.silent += tag in SILENT or (tag == "span" and (self.silent > 0 or _is_icon(attrs)))
        typed = tag in ("option", "input") and dict(attrs).get("type") in TYPED
        self.pieces += [value for name, value in attrs if name in SPOKEN and value and (name != "value" or not typed)]

    def handle_endtag(self, tag):
        """Leave what is silent."""
        self.silent -= tag in SILENT or (self.silent > 0 and tag == "span")

    def handle_data(self, data):
        """Take the text."""
        if not self.silent and data.strip():
            self.pieces.append(" ".join(data.split()))


class English:
    """What the catalog says in another way in Spanish: whole messages, and the long pieces of all."""

    def __init__(self) -> None:
        self.whole: set[str] = set()
        self.parts: set[str] = set()
        spanish: set[str] = set()
        for message in read("es"):
            both = zip(_forms(message.id), _forms(message.string), strict=False)
            for said, other in ((one, other) for one, other in both if one):
                spanish |= {other, capfirst(other)}
                self.whole |= {said, capfirst(said)}
                pieces = (one.strip() for one in BLANK.split(said.replace("%%", "%")))
                self.parts |= {one for one in pieces if len(one) >= SHORTEST and one not in other}
        self.whole -= spanish

    def left_in(self, page: str, theirs: list[str]) -> list[str]:
        """Return the pieces of a page that are English; `theirs` is what people wrote, the longest first."""
        everything = "\n".join(theirs)
        heard = [part for one in Heard(page).pieces for part in one.split(" · ")]
        said = "\n".join({one for one in heard if len(one) < 4 or one.rstrip("… ") not in everything})
        for one in theirs:
            if one in said:
                said = said.replace(one, "")
        parts = [one for one in self.parts if one in said]
        pieces = {one.strip(" “”«»,.:") for one in said.splitlines()}
        return sorted(
            one for one in pieces if one in self.whole or _is_english(one) or any(part in one for part in parts)
        )


def what_people_wrote() -> list[str]:
    """Return the texts that stand in rows because somebody wrote them, whole and by their lines, the longest first."""
    texts = {
        " ".join(part.split())
        for model in apps.get_models()
        if model._meta.app_label in OURS
        for field in model._meta.get_fields()
        if isinstance(field, CharField | TextField) and not field.choices and field.name not in KEPT_IN_ENGLISH
        for text in model.objects.values_list(field.name, flat=True)
        for part in [text or "", *(text or "").splitlines()]
    }
    return sorted((one for one in texts if len(one) > 3), key=len, reverse=True)


KEPT_IN_ENGLISH = {"reason", "error", "disabled_reason", "disconnect_reason"}


def _is_icon(attrs) -> bool:
    """Return whether an element's text is the name of a font's picture."""
    return "material-symbols" in (dict(attrs).get("class") or "")


def _is_english(piece: str) -> bool:
    return len({one.lower() for one in FUNCTION_WORDS.findall(ADDRESS.sub("", piece))}) > 1


def _forms(said):
    return said if isinstance(said, tuple | list) else (said,)
