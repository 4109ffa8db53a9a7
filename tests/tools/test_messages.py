"""Everything that people read is there in each language, and what programs read is compiled from it."""

import re
from html.parser import HTMLParser

import pytest

from tools.messages import LANGUAGES, ROOT, catalog_path, compiled, missing

SPOKEN = ("title", "aria-label", "placeholder", "alt", "data-close")
TAGS = re.compile(
    r"{%\s*block (?:body_class|body_data|bodyclass|coltype|at_\w+|extra_data)\s*%}.*?{%\s*endblock\s*%}|"
    r"<span class=\"material-symbols[^>]*>.*?</span>|"  # Their words are names of a font's pictures.
    r"{%\s*blocktranslate\b.*?%}.*?{%\s*endblocktranslate\s*%}|"
    r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|{%.*?%}|{{.*?}}|{#.*?#}",
    re.DOTALL,
)
# Names, and what stands the same in every language.
SAME = re.compile(r"aria-current=\"page\"|MarketMind|OpenAPI|Swagger|ReDoc|UTC|https?://\S*|ISO|UTM|URL|API")
SILENT = ("script", "style", "code", "pre", "kbd")
OF_PROGRAMS = {"description", "unfold", "helpers", "widgets"}  # The icons of unfold are words of a font.


class Words(HTMLParser):
    """Collects what a person would see or hear of a template."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the attributes that are read out or shown."""
        self.silent += tag in SILENT
        self.found += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        """Leave what is not prose."""
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        """Take the text."""
        if not self.silent:
            self.found.append(data)


def untold(path) -> list[str]:
    """Return the words of a template that no translation reaches."""
    words, source = Words(), path.read_text(encoding="utf-8")
    if "<" not in source:
        return []  # Attributes, which another template puts into a tag.
    words.feed(TAGS.sub("", source))
    return [text.strip() for text in words.found if re.search(r"[^\W\d_]{2,}", SAME.sub("", text))]


TEMPLATES = [one for one in sorted((ROOT / "templates").rglob("*.html")) if one.parent.name not in OF_PROGRAMS]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_has_its_words_and_their_blanks_fit(language):
    assert missing(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_programs_read_is_compiled_from_the_catalog(language):
    assert catalog_path(language).with_suffix(".mo").read_bytes() == compiled(language), "Run `make messages`."


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_template_says_nothing_that_cannot_be_translated(path):
    assert untold(path) == []
