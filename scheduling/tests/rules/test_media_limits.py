"""What a platform says to the files of a post."""

import pytest

from scheduling.rules import PLATFORMS
from scheduling.rules.media_limits import MEDIA_LIMITS, File, media_notes

CUP = File("cup.jpg", "image/jpeg", 200_000, 1080, 1080)
FILM = File("pour.mp4", "video/mp4", 3_000_000)
DRAWN = File("logo.png", "image/png", 9_000_000, 2000, 500)


@pytest.mark.parametrize(
    ("platform", "files", "notes"),
    [
        ("x", [], []),
        ("x", [CUP] * 4, []),
        ("x", [CUP] * 5, ["X takes 4 pictures in a post; these are 5."]),
        ("x", [CUP, FILM], ["X takes either pictures or a film, not both."]),
        ("x", [DRAWN], ["logo.png: X takes 5 MB; this is 9.0 MB."]),
        ("instagram", [], ["Instagram needs a picture or a film."]),
        ("instagram", [CUP, FILM], []),
        (
            "instagram",
            [DRAWN],
            [
                "logo.png: Instagram takes JPEG; this is PNG.",
                "logo.png: Instagram takes 8 MB; this is 9.0 MB.",
                "logo.png: Instagram crops pictures to between 4:5 and 1.91:1.",
            ],
        ),
        ("youtube", [CUP], ["YouTube needs a film.", "YouTube takes no pictures in a post; these are 1."]),
        ("youtube", [FILM], []),
        ("bluesky", [CUP] * 30, []),
    ],
)
def test_what_a_platform_would_not_take_is_said(platform, files, notes):
    label = PLATFORMS[platform].label if platform in PLATFORMS else platform

    assert media_notes(platform, label, files) == notes


def test_every_platform_has_its_limits():
    assert set(PLATFORMS) <= set(MEDIA_LIMITS)
