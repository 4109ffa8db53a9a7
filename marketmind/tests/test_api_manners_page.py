"""The page on the API's manners says what the code does."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from workspaces.api.errors import CODE_OF_STATUS
from workspaces.services import pace_in_redis
from workspaces.services.idempotency import KEPT_FOR

PAGE = (Path(settings.BASE_DIR) / "docs" / "api-manners.md").read_text(encoding="utf-8")
NEVER = {406}  # The API answers JSON whatever is accepted.


def test_every_status_stands_there_with_its_code():
    listed = {int(status): code for status, code in re.findall(r"^\| (\d{3}) \| `(\w+)` \|", PAGE, re.MULTILINE)}

    assert listed == {status: code for status, code in CODE_OF_STATUS.items() if status not in NEVER}


@pytest.mark.parametrize(
    "words",
    [
        f"forgotten after {KEPT_FOR.total_seconds() / 3600:.0f} hours",
        f"opens the API for {settings.SIMPLE_JWT['ACCESS_TOKEN_LIFETIME'].total_seconds() / 60:.0f} minutes",
        f"for {settings.SIMPLE_JWT['REFRESH_TOKEN_LIFETIME'].days} days",
        f"more than {settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024 // 1024} MB",
        "within a quarter of a second" if pace_in_redis.PATIENCE == 0.25 else "nothing",
    ],
)
def test_its_numbers_are_those_of_the_code(words):
    assert words in PAGE
