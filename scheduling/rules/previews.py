"""How a platform shows a text: what it colours as a link, and where it cuts with "more".

The cuts are what people see on a phone in 2026, approximately; platforms move them without notice.
"""

from dataclasses import dataclass

import regex

from scheduling.rules.lengths import HASHTAG, URL

MENTION = r"(?<![\p{L}\p{N}_@./])@[a-zA-Z0-9_][a-zA-Z0-9_.]*"
CUTS = {"facebook": 480, "instagram": 125, "linkedin": 210, "youtube": 150, "tiktok": 100}  # Characters; X shows all.
_links = regex.compile(f"{URL}|{HASHTAG}|{MENTION}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text, coloured as a link or not."""

    text: str
    is_link: bool


def pieces(text: str) -> list[Piece]:
    """Return a text in pieces: links, hashtags and mentions stand by themselves."""
    found, at = [], 0
    for one in _links.finditer(text):
        if one.start() > at:
            found.append(Piece(text[at : one.start()], False))
        found.append(Piece(one[0], True))
        at = one.end()
    return [*found, Piece(text[at:], False)] if at < len(text) else found


def cut(platform: str, text: str) -> tuple[str, bool]:
    """Return what is seen of a text before somebody asks for more, and whether there is more."""
    most = CUTS.get(platform)
    if most is None or len(text) <= most:
        return text, False
    return text[:most].rstrip(), True
