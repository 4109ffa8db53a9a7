"""The platforms: how each is named and drawn, and the rules its accounts have until they set their own."""

import re
from dataclasses import dataclass
from datetime import time

from scheduling.rules.words import quoted
from workspaces.rules.sentences import sentence


class BadPlatform(ValueError):
    """A platform that is not known; the text is a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform: its posting window in local hours (opening, closing) or none, and its usual times, best first."""

    key: str
    label: str
    short: str
    colour: str
    window: tuple[int, int] | None
    gap_minutes: int
    default_times: tuple[time, ...]


# Best first; any first few of them keep the platform's gap and window.
USUAL_TIMES = {
    "x": "12:30 09:00 17:30 20:00 10:30 15:00 19:00 08:00 21:30 14:00",
    "facebook": "13:00 09:00 17:00 19:30 11:00 15:00 20:30 08:00 12:00 18:00",
    "instagram": "18:00 20:00 21:00 19:00 22:00",
    "linkedin": "09:00 12:00 17:30 08:00 10:30 14:00 16:00 11:15 13:00 18:30",
    "youtube": "17:00 20:00 18:30 21:30",
    "tiktok": "20:00 17:00 22:00 18:30 21:00 16:00 19:15 23:00 17:45 20:30",
}


def _platform(
    key: str, label: str, short: str, colour: str, window: tuple[int, int] | None = None, gap_minutes: int = 0
) -> Platform:
    times = tuple(time.fromisoformat(text) for text in USUAL_TIMES[key].split())
    return Platform(key, label, short, colour, window, gap_minutes, times)


ALL = (
    _platform("x", "X", "X", "#111"),
    _platform("facebook", "Facebook", "f", "#1877f2"),
    _platform("instagram", "Instagram", "IG", "#c13584", window=(18, 23), gap_minutes=60),
    _platform("linkedin", "LinkedIn", "in", "#0a66c2"),
    _platform("youtube", "YouTube", "YT", "#d00", window=(17, 22), gap_minutes=90),
    _platform("tiktok", "TikTok", "TT", "#111", window=(16, 24), gap_minutes=30),
)
PLATFORMS: dict[str, Platform] = {each.key: each for each in ALL}
ALIASES = {"twitter": "x"}
PROFILES = {
    "x": "https://x.com/{}",
    "instagram": "https://www.instagram.com/{}/",
    "tiktok": "https://www.tiktok.com/@{}",
    "youtube": "https://www.youtube.com/@{}",
}
HANDLE = re.compile(r"@([A-Za-z0-9._-]{1,100})", re.ASCII)


def platform(key: str) -> Platform:
    """Return the platform of a key or alias in any case.

    :raises BadPlatform: naming the known ones.
    """
    wanted = key.strip().lower()
    found = PLATFORMS.get(ALIASES.get(wanted, wanted))
    if found is None:
        raise BadPlatform(sentence(f"{quoted(key)} is not a platform. Use one of {', '.join(PLATFORMS)}."))
    return found


def profile_url(platform: str, name: str) -> str:
    """Return where an account that is named by its handle can be seen; nothing where that cannot be told."""
    handle, known = HANDLE.fullmatch(name.strip()), PROFILES.get(platform)
    return known.format(handle[1]) if handle and known else ""


_find = platform  # below, the word is an argument


def default_times(platform: Platform | str, posts_per_week: int) -> tuple[time, ...]:
    """Return the sorted local times for a cadence that names none: as many as its fullest day needs, at least one.

    Inside the window of the platform (or of its key), and its gap apart for as long as the window can hold them.
    """
    chosen = platform if isinstance(platform, Platform) else _find(platform)
    needed = max(1, -(-posts_per_week // 7))
    if needed <= len(chosen.default_times):
        return tuple(sorted(chosen.default_times[:needed]))
    return _evenly(needed, *(chosen.window or (8, 22)))


def _evenly(count: int, opens: int, closes: int) -> tuple[time, ...]:
    """Return so many times over a window, at a regular step that a person would pick where there is room for one."""
    step = (closes - opens) * 60 // count
    step -= step % 5 if step > 5 else 0
    minutes = (opens * 60 + number * step for number in range(count))
    return tuple(time(*divmod(minute, 60)) for minute in minutes)
