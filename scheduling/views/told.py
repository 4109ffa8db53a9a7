"""What is said of a deed that was done with several posts at once."""

from django.utils.translation import ngettext_lazy

MOVE, SKIP, CANCEL, UNDO, EMPTY, SLOTS, LABEL, COPY = (
    "move",
    "skip",
    "cancel",
    "undo",
    "empty",
    "slots",
    "label",
    "copy",
)
SAID = {
    MOVE: ngettext_lazy("%(count)s post moved.", "%(count)s posts moved.", "count"),
    SKIP: ngettext_lazy("%(count)s post skipped.", "%(count)s posts skipped.", "count"),
    CANCEL: ngettext_lazy("%(count)s post canceled.", "%(count)s posts canceled.", "count"),
    UNDO: ngettext_lazy("%(count)s post is back.", "%(count)s posts are back.", "count"),
    EMPTY: ngettext_lazy("It waits in the tray again.", "%(count)s wait in the tray again.", "count"),
    SLOTS: ngettext_lazy("%(count)s post has a new slot.", "%(count)s posts have new slots.", "count"),
    LABEL: ngettext_lazy(
        "The labels of %(count)s content item changed.", "The labels of %(count)s content items changed.", "count"
    ),
    COPY: ngettext_lazy("%(count)s draft made.", "%(count)s drafts made.", "count"),
}


def said_of(deed: str, count: int) -> str:
    """Return what is said of a deed."""
    return SAID[deed] % {"count": count}
