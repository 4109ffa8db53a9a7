"""A copy of the sample posts of which some are due within seconds and the others in weeks."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

ZONES = {"lumen": ZoneInfo("Europe/Madrid"), "harbor": ZoneInfo("America/New_York")}
SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "posts.csv"
DUE = 12
FAR = timedelta(weeks=6)


@dataclass(frozen=True)
class Row:
    """One row of the file, and the instant that its time means, worked out here and not by the product."""

    title: str
    body: str
    account: str
    at: datetime | None


def write_copy(path: Path, first_due: datetime) -> list[Row]:
    """Write the copy, and return its rows; the first ones are due a second apart, the others in weeks."""
    with SAMPLES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    first = min(row["scheduled_for"][:10] for row in rows if row["scheduled_for"])
    weeks = (first_due.date() + FAR - date.fromisoformat(first)).days // 7 + 1
    seconds = _seconds(first_due)
    for number, row in enumerate(rows):
        if number < DUE:
            row["scheduled_for"] = _soon(next(seconds), _zone(row), number)
        elif row["scheduled_for"]:
            row["scheduled_for"] = _later(row["scheduled_for"], weeks)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return [Row(row["title"], row["body"], row["channel_account"], _meant(row)) for row in rows]


def _seconds(first: datetime) -> Iterator[datetime]:
    """Yield one second after the other, but no full minutes: there the demo's own posts and slots stand."""
    whole = first.replace(microsecond=0)
    return (at for number in count() if (at := whole + timedelta(seconds=number)).second)


def _zone(row: dict[str, str]) -> ZoneInfo:
    return ZONES[row["channel_account"].partition("-")[0]]


def _soon(at: datetime, zone: ZoneInfo, number: int) -> str:
    """Return an instant as files write it: as wall time, which an hour a year happens twice, or with an offset."""
    wall = at.astimezone(zone)
    plain = wall.replace(tzinfo=None).isoformat()
    if number % 3 == 1:
        return wall.isoformat()
    if number % 3 == 2 or datetime.fromisoformat(plain).replace(tzinfo=zone) != wall:
        return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat()}Z"
    return plain


def _later(text: str, weeks: int) -> str:
    return f"{date.fromisoformat(text[:10]) + timedelta(weeks=weeks)}{text[10:]}"


def _meant(row: dict[str, str]) -> datetime | None:
    if not row["scheduled_for"]:
        return None
    stated = datetime.fromisoformat(row["scheduled_for"])
    return (stated if stated.tzinfo else stated.replace(tzinfo=_zone(row))).astimezone(UTC)
