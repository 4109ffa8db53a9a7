"""What a cell may hold, before anybody asks what it means."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from campaigns.models import ContentItem
from scheduling.models import ChannelAccount, Status
from scheduling.rules.words import quoted
from scheduling.services.importing.rows import FileRow
from workspaces.rules.sentences import sentence

MOST_CHARACTERS = {
    **{name: ContentItem._meta.get_field(name).max_length for name in ("title", "body", "link")},
    "channel_account": ChannelAccount._meta.get_field("external_ref").max_length,
    "scheduled_for": 64,
    "status": 64,
}
SURROGATE = re.compile("[\ud800-\udfff]")
_is_web_address = URLValidator(schemes=["http", "https"])


def cleaned(row: FileRow) -> dict[str, str]:
    """Return the cells without what only a file brings along: spaces at the ends, and other systems' line breaks."""
    cells = {name: tidy(row.cells.get(name, "")) for name in MOST_CHARACTERS}
    title = " ".join(line.strip() for line in cells["title"].split("\n") if line.strip())
    return {**cells, "title": title, "status": cells["status"].lower()}


def tidy(text: str) -> str:
    """Return text as an import stores it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def cell_problem(cells: dict[str, str]) -> tuple[str, str]:
    """Return the first cell of a row with which something is wrong, and what, as a sentence; else nothing twice."""
    for name, text in cells.items():
        if len(text) > MOST_CHARACTERS[name]:
            return name, sentence(f"The {name} has {len(text):,} characters; {MOST_CHARACTERS[name]:,} are the most.")
        if "\x00" in text:
            return name, sentence(f"The {name} holds a NUL character. Take it out.")
        if SURROGATE.search(text):
            return name, sentence(f"The {name} holds half of a character (a lone surrogate). Write it again.")
    if not cells["title"]:
        return "title", sentence("The title is empty. Give the post a title, by which the team finds it.")
    if cells["status"] and cells["status"] not in Status.values:
        return "status", sentence(
            f"{quoted(cells['status'])} is not a status. Use scheduled or draft, or leave it out."
        )
    problem = _link_problem(cells["link"])
    return ("link", problem) if problem else ("", "")


def _link_problem(link: str) -> str:
    try:
        if link:
            _is_web_address(link)
    except ValidationError:
        return sentence(f"{quoted(link)} is not a web address. Write it like https://example.com/page.")
    return ""
