"""The doors' clock stands still at NOW."""

import pytest
from django.utils import timezone

from scheduling.tests.factories import NOW


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
