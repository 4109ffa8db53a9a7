"""What a preview colours, and where it cuts."""

import pytest

from scheduling.rules.previews import cut, pieces


def test_links_hashtags_and_mentions_are_coloured_and_nothing_is_lost():
    text = "Ask @ana.roasts: https://lumen.example/menu, #coffee or ana@example.com #12"

    found = pieces(text)

    assert [one.text for one in found if one.is_link] == ["@ana.roasts", "https://lumen.example/menu", "#coffee"]
    assert "".join(one.text for one in found) == text


def test_an_empty_text_has_no_pieces():
    assert pieces("") == []


@pytest.mark.parametrize(
    ("platform", "length", "shown"), [("x", 280, 280), ("instagram", 125, 125), ("instagram", 126, 125)]
)
def test_each_platform_cuts_where_it_does(platform, length, shown):
    seen, more = cut(platform, "a" * length)

    assert (len(seen), more) == (shown, shown < length)
