"""What the head of a day says of its open slots, in words that fit their number."""

import pytest
from django.utils import translation

from scheduling.tests.factories import NOW
from scheduling.views.heads import Heads


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ["1 open", "2 open", "1 to plan"]), ("es", ["1 libre", "2 libres", "1 por planificar"])],
)
def test_one_open_slot_is_no_plural(language, said):
    heads = Heads(NOW.date(), True, "", "")

    with translation.override(language):
        found = [heads.open(1), heads.open(2), heads.bare(1)]

    assert found == said
