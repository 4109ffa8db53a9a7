"""`make messages`: collects what pages say, and compiles what it is in other languages.

Without the gettext programs: Babel reads Python, Django itself turns templates into what Babel can read.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from tools.sentences import sentences
from workspaces.phrases import CONTEXT

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("workspaces", "campaigns", "scheduling", "publishing", "marketmind")
LANGUAGES = ("es",)
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}


def collect() -> Catalog:
    """Return every message that the code and the templates hold."""
    found = Catalog(project="MarketMind", fuzzy=False)
    for path, data in _files():
        where = str(path.relative_to(ROOT))
        for _, message, comments, context in extract("python", BytesIO(data), KEYWORDS, ("Translators:",)):
            # Without line numbers: else every change of a file would change the catalog.
            found.add(message, locations=[(where, 0)], auto_comments=comments, context=context)
        for message in sentences(data.decode()) if path.suffix == ".py" else ():
            found.add(message, locations=[(where, 0)], context=CONTEXT)
    return found


def _files() -> Iterator[tuple[Path, bytes]]:
    for source in SOURCES:
        for path in sorted((ROOT / source).rglob("*.py")):
            if not {"tests", "migrations"} & set(path.parts):
                yield path, path.read_bytes()
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        # What is left of a template is no Python: its indentation means nothing.
        yield path, "\n".join(line.strip() for line in text.splitlines()).encode()


def catalog_path(language: str) -> Path:
    """Return where the messages of a language stand."""
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """Return the catalog of a language, which may be empty."""
    path = catalog_path(language)
    if not path.exists():
        return Catalog(locale=language, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def missing(language: str) -> list[str]:
    """Return the messages that a language has no words for, and those whose blanks do not fit."""
    catalog = read(language)
    there = {(one.id if isinstance(one.id, str) else one.id[0], one.context): one for one in catalog if one.id}
    wanted = [one for one in collect() if one.id]
    keys = [(one.id if isinstance(one.id, str) else one.id[0], one.context) for one in wanted]
    absent = [key[0] for key in keys if key not in there or not _is_said(there[key]) or there[key].fuzzy]
    wrong = [f"{message.id}: {error}" for message, errors in catalog.check() for error in errors]
    return absent + wrong


def _is_said(message: object) -> bool:
    said = message.string
    return all(said) if isinstance(said, tuple) else bool(said)


def compiled(language: str) -> bytes:
    """Return the catalog of a language as programs read it."""
    out = BytesIO()
    write_mo(out, read(language))
    return out.getvalue()


def update(language: str) -> None:
    """Bring the catalog of a language up to the sources, without guesses, and compile it."""
    catalog, path = read(language), catalog_path(language)
    catalog.update(collect(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=120, sort_output=True, omit_header=False, include_lineno=False)
    path.with_suffix(".mo").write_bytes(compiled(language))


def main() -> None:
    """Update and compile each language; say what it has no words for."""
    settings.configure()
    for language in LANGUAGES:
        update(language)
        lacking = missing(language)
        print(f"{language}: {len(lacking)} missing")
        for one in lacking[:20]:
            print(f"  {one!r}")
    sys.exit(0)


if __name__ == "__main__":
    main()
