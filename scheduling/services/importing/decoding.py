"""Bytes to text: UTF-8 and nothing else, but what is something else is recognised and named."""

import codecs

from django.utils.translation import gettext as _

from scheduling.services.importing.rows import MOST_BYTES
from workspaces.errors import Invalid
from workspaces.phrases import phrased
from workspaces.rules.sentences import sentence

SAVE_IT = sentence("Save it as UTF-8 (in a spreadsheet: “CSV UTF-8”) and import it again.")
MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
ZIP = b"PK\x03\x04"
A_LOOK = 200  # Bytes: enough to tell UTF-16 without a mark, where every other byte of plain letters is zero.


def decoded(data: bytes) -> str:
    """Return the text of a file.

    :raises Invalid: if it is empty, too large or not UTF-8, naming the line of the first bad byte.
    """
    if len(data) > MOST_BYTES:
        raise Invalid(_("The file is larger than %(most)s MB. Split it.") % {"most": MOST_BYTES // 1024 // 1024})
    if data.startswith(ZIP):
        raise Invalid(_("This is a spreadsheet or a ZIP, not a text file. %(save_it)s") % {"save_it": phrased(SAVE_IT)})
    for mark, name in MARKS.items():
        if data.startswith(mark):
            raise Invalid(
                _("Line 1: the file is %(name)s, not UTF-8. %(save_it)s") % {"name": name, "save_it": phrased(SAVE_IT)}
            )
    data = data.removeprefix(codecs.BOM_UTF8)
    if data[:A_LOOK].count(0) * 4 > len(data[:A_LOOK]):
        raise Invalid(_("Line 1: the file is UTF-16, not UTF-8. %(save_it)s") % {"save_it": phrased(SAVE_IT)})
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Invalid(_not_utf8(data, error.start)) from error
    if not text.strip():
        raise Invalid(_("The file is empty."))
    return text


def _not_utf8(data: bytes, place: int) -> str:
    line = max(data.count(b"\n", 0, place), data.count(b"\r", 0, place)) + 1
    byte = data[place : place + 1]
    letter = byte.decode("cp1252", "replace")
    held = f"0x{byte[0]:02X}"
    said = sentence(f"Line {line}: the file is not UTF-8. It holds the byte {held}.")
    if letter.isalpha() or letter in "€“”‘’«»¿¡–…":
        said = sentence(
            f"Line {line}: the file is not UTF-8. It holds the byte {held}, “{letter}” in Latin-1 (Windows-1252)."
        )
    return f"{phrased(said)} {phrased(SAVE_IT)}"
