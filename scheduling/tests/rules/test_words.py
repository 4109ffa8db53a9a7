from datetime import timedelta

import pytest

from scheduling.rules.words import quoted, span


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0min"), (0.2, "1s"), (30, "30s"), (60, "1min"), (270, "4min 30s"), (3600, "60min"), (86_400, "1440min")],
)
def test_a_length_of_time_reads_in_minutes_and_seconds_and_is_never_told_too_short(seconds, words):
    assert span(timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    ("text", "shown"),
    [("noon", "“noon”"), (" at\nnoon\x00 ", "“at noon”"), ("\ud800", "“”"), ("x" * 41, f"“{'x' * 40}…”")],
)
def test_what_somebody_wrote_is_shown_on_one_line_and_shortened(text, shown):
    assert quoted(text) == shown
