"""The tray beside the calendar: what is written and has no time yet."""

from typing import Any

from scheduling.services.untimed import MOST_SHOWN, count_untimed, untimed
from scheduling.views.asked import Asked
from workspaces.pages import Page


def tray_context(page: Page, asked: Asked) -> dict[str, Any]:
    """Return how much has no time, the address that opens or closes the tray, and what lies in it while it is open."""
    is_open = bool(asked.kept.get("tray"))
    shown = page.workspace, asked.narrowing
    cards = list(untimed(*shown)[: MOST_SHOWN + 1]) if is_open else []
    count = len(cards) if is_open and len(cards) <= MOST_SHOWN else count_untimed(*shown)
    return {
        "tray_is_open": is_open,
        "tray_link": asked.query(tray="" if is_open else "1"),
        "untimed_count": count,
        "cards": cards[:MOST_SHOWN],
        "untimed_more": count - MOST_SHOWN if is_open and count > MOST_SHOWN else 0,
    }
