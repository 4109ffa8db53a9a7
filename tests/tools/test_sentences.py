"""The sentences that code marks are collected as they will be recognised: with a blank for each value."""

import pytest

from tools.sentences import sentences


@pytest.mark.parametrize(
    ("code", "collected"),
    [
        ('sentence("It is over.")', "It is over."),
        ('sentence("100% of it")', "100% of it"),
        ('sentence(f"{count} of {MOST:,} at {post.when:%H:%M}")', "%(count)s of %(most)s at %(when)s"),
        ('sentence(f"100% of {quoted(name)}")', "100%% of %(name)s"),
        ('sentence(f"from {least} to {most}, or -{most}")', "from %(least)s to %(most)s, or -%(most)s"),
        ('sentence(f"{one.name} is on {other.name}")', "%(name)s is on %(name_2)s"),
        ('sentence("late by {minutes} min")', "late by %(minutes)s min"),
        ("sentence(f\"{row['id']} is {len(rows)}\")", "%(id)s is %(rows)s"),
    ],
)
def test_each_value_is_a_blank_that_is_named_for_it(code, collected):
    assert list(sentences(code)) == [collected]


def test_what_is_put_together_elsewhere_cannot_be_marked():
    with pytest.raises(ValueError, match="Line 2: mark a text or an f-string, not"):
        list(sentences('said = "It is"\nsentence(said + " over.")'))
