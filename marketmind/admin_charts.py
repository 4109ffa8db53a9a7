"""The charts on the admin's index as shapes that a template draws: no script, and the same numbers as a table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from math import inf, log10

from django.utils.translation import gettext as _

from marketmind.status_page import spoken
from publishing.services.charts import Day, summed
from workspaces.tongues import day_words

WIDTH, HEIGHT, LEFT, RIGHT, BOTTOM, TOP = 360, 150, 40, 14, 20, 8
SHORTEST, LONGEST = 0.1, 3600.0  # Seconds: delays are drawn between these, each step ten times the one below.


@dataclass(frozen=True)
class Bar:
    """A rectangle; `words` say what it stands for."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    words: str


@dataclass(frozen=True)
class Mark:
    """A line across, or a word below."""

    at: float
    word: str


@dataclass(frozen=True)
class Chart:
    """A drawing of `WIDTH` by `HEIGHT`, and what it says: a title, a number for all days, the table."""

    name: str
    title: str
    headline: str
    hint: str
    columns: list[str]
    rows: list[tuple[date, list[str]]]
    bars: list[Bar] = field(default_factory=list)
    lines: list[Mark] = field(default_factory=list)
    days: list[Mark] = field(default_factory=list)
    is_empty: bool = False
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    floor: int = HEIGHT - BOTTOM


def charts(days: list[Day]) -> list[Chart]:
    """Return the three charts of some days."""
    return [_published(days), _success(days), _delays(days)] if days else []


def _published(days: list[Day]) -> Chart:
    most = max(4, *(one.published for one in days))
    top = -(-most // 4) * 4  # Whole numbers at each of four lines.
    height = _linear(top)
    bars = [
        Bar(x, height(one.published), width, _floor() - height(one.published), "published", _told(one, one.published))
        for one, x, width in _places(days)
        if one.published
    ]
    total = summed(days).published
    return Chart(
        "published",
        _("Published per day"),
        str(total),
        _("in %(days)s days") % {"days": len(days)},
        [_("Published")],
        [(one.day, [str(one.published)]) for one in days],
        bars,
        [Mark(height(number), str(number)) for number in (0, top // 2, top)],
        _dates(days),
        is_empty=not total,
    )


def _success(days: list[Day]) -> Chart:
    height, bars = _linear(100), []
    for one, x, width in _places(days):
        if not one.attempts:
            continue
        good = height(100 * one.accepted / one.attempts)
        words = _told(one, _("%(good)s of %(all)s") % {"good": one.accepted, "all": one.attempts})
        bars.append(Bar(x, good, width, _floor() - good, "good", words))
        if one.accepted < one.attempts:
            bars.append(Bar(x, height(100), width, good - height(100), "bad", words))
    whole = summed(days)
    return Chart(
        "success",
        _("Success rate"),
        _share(whole),
        _("of %(number)s attempts were accepted") % {"number": whole.attempts},
        [_("Accepted"), _("Attempts"), _("Rate")],
        [(one.day, [str(one.accepted), str(one.attempts), _share(one)]) for one in days],
        bars,
        [Mark(height(number), f"{number} %") for number in (0, 50, 100)],
        _dates(days),
        is_empty=not whole.attempts,
    )


def _delays(days: list[Day]) -> Chart:
    bars = []
    for one, x, width in _places(days):
        half, most = one.delays.quantile(0.5), one.delays.quantile(0.95)
        if half is None or most is None:
            continue
        low, high = _logarithmic(half), _logarithmic(most)
        words = _told(
            one, _("half within %(half)s, 95%% within %(most)s") % {"half": spoken(half), "most": spoken(most)}
        )
        bars.append(Bar(x, high, width, max(2, low - high), "most", words))
        bars.append(Bar(x, low, width, _floor() - low, "half", words))
    whole = summed(days).delays
    most = spoken(whole.quantile(0.95))
    return Chart(
        "delay",
        _("Delay"),
        spoken(whole.quantile(0.5)),
        _("half of the posts were out within this; 95%% within %(most)s") % {"most": most},
        [_("Half within"), _("95% within")],
        [(one.day, [spoken(one.delays.quantile(0.5)), spoken(one.delays.quantile(0.95))]) for one in days],
        bars,
        [Mark(_logarithmic(seconds), spoken(seconds)) for seconds in (0.1, 1, 10, 60, 600, 3600)],
        _dates(days),
        is_empty=not whole.total,
    )


def _floor() -> int:
    return HEIGHT - BOTTOM


def _linear(top: float) -> Callable[[float], float]:
    return lambda number: round(_floor() - (_floor() - TOP) * number / top, 1)


def _logarithmic(seconds: float) -> float:
    inside = min(max(seconds, SHORTEST), LONGEST) if seconds != inf else LONGEST
    share = log10(inside / SHORTEST) / log10(LONGEST / SHORTEST)
    return round(_floor() - (_floor() - TOP) * share, 1)


def _places(days: list[Day]) -> Iterator[tuple[Day, float, float]]:
    """Return each day with the left edge and the width of its bar."""
    step = (WIDTH - LEFT - RIGHT) / len(days)
    for number, one in enumerate(days):
        yield one, round(LEFT + number * step + step * 0.14, 1), round(step * 0.72, 1)


def _dates(days: list[Day]) -> list[Mark]:
    """Return the days that are named below: each seventh, counted back from the last."""
    placed = list(_places(days))
    named = placed[::-1][::7][::-1]
    return [Mark(x + width / 2, day_words(one.day, "j M")) for one, x, width in named]


def _told(one: Day, what: object) -> str:
    return f"{day_words(one.day, 'D j M')}: {what}"


def _share(one: Day) -> str:
    if not one.attempts:
        return "–"
    tenths = 1000 * one.accepted // one.attempts  # Rounded down: what failed must not be rounded away.
    return f"{tenths // 10} %" if tenths % 10 == 0 else f"{tenths / 10:.1f} %"
