"""Links with tags: what they gain, what they keep, and what is no tag."""

import pytest

from campaigns.rules import tagged, utm_problems

WORDS = {"platform": "linkedin", "account": "cafelumen"}


@pytest.mark.parametrize(
    ("link", "utm", "expected"),
    [
        ("https://lumen.example/", {}, "https://lumen.example/"),
        ("", {"source": "x"}, ""),
        ("https://lumen.example/", {"source": "{platform}"}, "https://lumen.example/?utm_source=linkedin"),
        ("https://lumen.example/?a=1#top", {"medium": "social"}, "https://lumen.example/?a=1&utm_medium=social#top"),
        (
            "https://lumen.example/?utm_source=old&b=%20",
            {"source": "new"},
            "https://lumen.example/?b=%20&utm_source=new",
        ),
        (
            "https://lumen.example/",
            {"campaign": "Spring & more"},
            "https://lumen.example/?utm_campaign=Spring%20%26%20more",
        ),
        ("https://lumen.example/", {"term": "", "content": "{what}"}, "https://lumen.example/?utm_content=%7Bwhat%7D"),
        (
            "https://lumen.example/",
            {"term": "t", "source": "{account}"},
            "https://lumen.example/?utm_source=cafelumen&utm_term=t",
        ),
    ],
)
def test_a_link_gains_its_tags_and_keeps_the_rest(link, utm, expected):
    assert tagged(link, utm, WORDS) == expected


@pytest.mark.parametrize("utm", [["source"], {"colour": "x"}, {"source": 1}, {"source": "x" * 201}])
def test_what_is_no_tag_is_named(utm):
    assert len(utm_problems(utm)) == 1
