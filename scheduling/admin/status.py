"""How the admin shows a state: a colour, a sign and a word."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from scheduling.models import Status

SIGNS = {
    Status.PLANNED: "+",
    Status.DRAFT: "✎",
    Status.IN_REVIEW: "◔",
    Status.SCHEDULED: "◷",
    Status.PENDING: "→",
    Status.PUBLISHING: "⇡",
    Status.PUBLISHED: "✓",
    Status.FAILED: "✕",
    Status.UNCONFIRMED: "?",
    Status.MISSED: "!",
    Status.SKIPPED: "⤼",
    Status.CANCELED: "⊘",
}


def status_word(status: str) -> SafeString:
    """Return a state for a page."""
    known = Status(status)
    return format_html(
        '<span class="status status-{}"><span aria-hidden="true">{}</span> {}</span>', known, SIGNS[known], known.label
    )
