"""The stage: a clock that stands where a document's examples stand, two years later."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest


@pytest.fixture
def clock(monkeypatch) -> Callable[[str], None]:
    """Set what time it is, in UTC."""

    def set_clock(text: str) -> None:
        at = datetime.fromisoformat(text).replace(tzinfo=UTC)
        monkeypatch.setattr("django.utils.timezone.now", lambda: at)

    return set_clock
