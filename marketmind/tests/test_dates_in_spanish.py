"""Spanish writes months small, on pages as in what code says."""

from datetime import date

import pytest
from django.template import Context, Template
from django.utils import translation

from workspaces.tongues import day_words

DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("language", "said"), [("es", "sáb 21 nov 2026"), ("en", "Sat 21 Nov 2026"), ("en-us", "Sat 21 Nov 2026")]
)
def test_a_day_is_written_as_the_language_does(language, said):
    with translation.override(language):
        page = Template('{{ day|date:"D j M Y" }}').render(Context({"day": DAY}))

        assert (page, day_words(DAY, "D j M Y")) == (said, said)
