"""How long a text may be on each platform, counted as the platform counts.

Sources: X: twitter-text configuration v3 and docs.x.com "Counting characters" (weights, URLs of 23, NFC, an emoji 2).
Bluesky: lexicon app.bsky.feed.post (300 graphemes and 3,000 bytes). TikTok: Content Posting API, direct post (UTF-16).
LinkedIn, Facebook, Instagram and YouTube: what other publishing systems found (2026); LinkedIn counts what it escapes.
The browser's counter (static/js/counter.js) gets these tables, and a test compares the two.
"""

from dataclasses import asdict, dataclass
from typing import Any
from unicodedata import normalize

import regex

from workspaces.rules.sentences import sentence

WEIGHTED, GRAPHEMES, CHARACTERS, UTF16, BYTES, ESCAPED = (
    "weighted",
    "graphemes",
    "characters",
    "utf16",
    "bytes",
    "escaped",
)
IN_TEXT, CARD, HIDDEN = "text", "card", "hidden"  # Where a post's link stands: in its text, as a card, or nowhere.

URL_WEIGHT = 23
LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))  # Code points that weigh 1; all others weigh 2.
# What both Python and the browser read. A domain without https:// counts with an ending that many use.
ENDINGS = (
    "com|org|net|info|biz|edu|gov|io|co|app|dev|ai|me|tv|shop|store|blog|cafe|coffee|online|site|xyz|eu|uk|de|fr|es|it|"
    "nl|be|at|ch|pl|pt|se|no|dk|fi|ie|us|ca|mx|br|ar|cl|au|nz|jp|kr|cn|in|za"
)
_IN_URL = r"[a-zA-Z0-9À-ԯ!#$%&'()*+,./:;=?@_~|\[\]-]"
_END_OF_URL = r"[a-zA-Z0-9À-ԯ#$%&*+/=_~|-]"
_DOMAIN = rf"(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?\.)+(?:{ENDINGS})(?![a-zA-Z0-9@-])"
URL = rf"(?:[hH][tT][tT][pP][sS]?://{_IN_URL}*{_END_OF_URL}|(?<![a-zA-Z0-9_@./-]){_DOMAIN}(?:/(?:{_IN_URL}*{_END_OF_URL})?)?)"
EMOJI = r"(?![©®](?!\uFE0F))\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20E3"
HASHTAG = r"(?<![\p{L}\p{N}_&])[#＃][\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*"
ESCAPES = "\\|{}@[]()<>#*_~"

_url, _emoji, _hashtag, _cluster = (regex.compile(one) for one in (URL, EMOJI, HASHTAG, r"\X"))


@dataclass(frozen=True, slots=True)
class TextLimit:
    """What a platform asks of a text; `also` is a second measure with its own limit."""

    most: int
    unit: str
    link: str = CARD
    hashtags: int | None = None
    title: int | None = None
    also: tuple[str, int] | None = None


LIMITS: dict[str, TextLimit] = {
    "x": TextLimit(280, WEIGHTED, link=IN_TEXT),
    "facebook": TextLimit(63_206, UTF16),
    "instagram": TextLimit(2_200, CHARACTERS, link=HIDDEN, hashtags=30),
    "linkedin": TextLimit(3_000, ESCAPED),
    "youtube": TextLimit(5_000, BYTES, link=IN_TEXT, title=100),
    "tiktok": TextLimit(2_200, UTF16, link=HIDDEN),
    "bluesky": TextLimit(300, GRAPHEMES, link=IN_TEXT, also=(BYTES, 3_000)),
}


def as_posted(platform: str, body: str, link: str) -> str:
    """Return the text that a platform counts: with the link, where it stands in the text and not there already."""
    if not link or LIMITS[platform].link != IN_TEXT or link in body:
        return body
    return f"{body}\n\n{link}" if body else link


def length(text: str, unit: str) -> int:
    """Return how long a text is in a unit."""
    return _MEASURES[unit](text)


def length_problems(platform: str, text: str, *, most: int | None = None) -> list[str]:
    """Return where a text is longer than a platform takes, as `by how much`: [] if it fits.

    :param text: as posted.
    :param most: the account's own limit, instead of the platform's.
    """
    limit = LIMITS[platform]
    found = [_over(length(text, limit.unit), most or limit.most, "")]
    if limit.also and not most:
        unit, also = limit.also
        found.append(_over(length(text, unit), also, unit))
    return [one for one in found if one]


def hashtags(text: str) -> list[str]:
    """Return the hashtags of a text."""
    return _hashtag.findall(text)


def tables() -> dict[str, Any]:
    """Return what the browser's counter has to know, as JSON can carry it."""
    patterns = {"url": URL, "emoji": EMOJI, "hashtag": HASHTAG}
    limits = {key: asdict(limit) for key, limit in LIMITS.items()}
    return {**patterns, "light": LIGHT, "urlWeight": URL_WEIGHT, "escapes": ESCAPES, "limits": limits}


def _over(count: int, most: int, unit: str) -> str:
    if count <= most:
        return ""
    over = f"{count - most:,}"
    if unit == BYTES:
        return sentence(f"by {over} bytes: {count:,} of {most:,}")
    return sentence(f"by {over}: {count:,} of {most:,}")


def _weighted(text: str) -> int:
    parts = _url.split(normalize("NFC", text))
    words = sum(len(part) if part.isascii() else sum(map(_weight, _cluster.findall(part))) for part in parts)
    return words + URL_WEIGHT * (len(parts) - 1)


def _weight(cluster: str) -> int:
    if len(cluster) == 1 and ord(cluster) <= LIGHT[0][1]:
        return 1
    if _emoji.search(cluster):
        return 2
    return sum(1 if any(first <= ord(one) <= last for first, last in LIGHT) else 2 for one in cluster)


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


_MEASURES = {
    WEIGHTED: _weighted,
    GRAPHEMES: lambda text: len(_cluster.findall(text)),
    CHARACTERS: len,
    UTF16: _utf16,
    BYTES: lambda text: len(text.encode("utf-8", "surrogatepass")),
    ESCAPED: lambda text: _utf16(text) + sum(text.count(one) for one in ESCAPES),
}
