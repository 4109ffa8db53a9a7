"""How long texts are: each platform counts in its own way, and X in the strangest."""

import pytest

from scheduling.rules import PLATFORMS
from scheduling.rules.lengths import LIMITS, as_posted, hashtags, length, length_problems

FAMILY = "👨‍👩‍👧‍👦"

# text, X's weight, graphemes, UTF-16 units, bytes
TABLE = [
    ("This is a test.", 15, 15, 15, 15),
    ("", 0, 0, 0, 0),
    ("café", 4, 4, 4, 5),
    ("cafe\u0301", 4, 4, 5, 6),
    ("저찀쯿쿿", 8, 4, 4, 12),
    ("こんにちは、世界", 16, 8, 8, 24),
    ("H🐱☺", 5, 3, 4, 8),
    (FAMILY, 2, 1, 11, 25),
    ("🇩🇪🇪🇸", 4, 2, 8, 16),
    ("1️⃣", 2, 1, 3, 7),
    ("👍🏽", 2, 1, 4, 8),
    ("☺️", 2, 1, 2, 6),
    ("© ® ©️", 6, 5, 6, 11),
    ("“quoted” – it’s", 15, 15, 15, 23),
    ("10 €", 5, 4, 4, 6),
    ("a\nb", 3, 3, 3, 3),
    ("नमस्ते", 6, 3, 6, 18),
    ("http://test.com", 23, 15, 15, 15),
    ("test.com", 23, 8, 8, 8),
    ("Test https://test.com test https://test.com test.com test", 86, 57, 57, 57),
    ("(https://example.org/a_b?c=d#e).", 23 + 3, 32, 32, 32),
    ("mail ana@example.com now", 24, 24, 24, 24),
    ("e.g. this.that", 14, 14, 14, 14),
    ("https://lumen.example/見て", 23 + 4, 24, 24, 28),
]


@pytest.mark.parametrize(("text", "weighted", "graphemes", "utf16", "octets"), TABLE)
def test_a_text_is_as_long_as_its_platform_says(text, weighted, graphemes, utf16, octets):
    found = [length(text, unit) for unit in ("weighted", "graphemes", "utf16", "bytes")]

    assert found == [weighted, graphemes, utf16, octets]


def test_linkedin_counts_the_backslashes_that_it_wants():
    assert length("#lumen (new)", "escaped") == len(r"\#lumen \(new\)")


def test_every_platform_has_its_limit():
    assert set(PLATFORMS) <= set(LIMITS)


@pytest.mark.parametrize(
    ("platform", "text", "problems"),
    [
        ("x", "a" * 280, []),
        ("x", "a" * 292, ["by 12: 292 of 280"]),
        ("x", "の" * 141, ["by 2: 282 of 280"]),
        ("bluesky", FAMILY * 120, []),
        ("bluesky", FAMILY * 121, ["by 25 bytes: 3,025 of 3,000"]),
        ("instagram", "a" * 2_201, ["by 1: 2,201 of 2,200"]),
        ("youtube", "é" * 2_501, ["by 2: 5,002 of 5,000"]),
    ],
)
def test_what_is_too_long_says_by_how_much(platform, text, problems):
    assert length_problems(platform, text) == problems


def test_an_account_that_may_write_longer_has_its_own_limit():
    assert length_problems("x", "a" * 4_000, most=25_000) == []


@pytest.mark.parametrize(
    ("platform", "body", "link", "posted"),
    [
        ("x", "Taste", "https://a.example", "Taste\n\nhttps://a.example"),
        ("x", "Taste https://a.example now", "https://a.example", "Taste https://a.example now"),
        ("x", "", "https://a.example", "https://a.example"),
        ("linkedin", "Taste", "https://a.example", "Taste"),
        ("instagram", "Taste", "https://a.example", "Taste"),
    ],
)
def test_a_link_counts_where_it_stands_in_the_text(platform, body, link, posted):
    assert as_posted(platform, body, link) == posted


def test_hashtags_are_words_and_no_numbers():
    assert hashtags("#coffee #12 and a#b, #café_2 &#x27; ＃東京") == ["#coffee", "#café_2", "＃東京"]
