"""The campaign's `naive` strategy: its posts spread evenly over its days."""

from datetime import date, timedelta

from workspaces.rules.sentences import sentence


class BadSpread(ValueError):
    """Days that cannot hold a campaign; the text is a sentence for a person."""


def naive_days(count: int, start: date, end: date, today: date) -> list[date]:
    """Return the date of each post over the days from start (or today, if later) to end, both counted.

    Post i of n over D days is on day ⌊i·(D−1)/(n−1)⌋, a single one on the first.

    :raises BadSpread: if the campaign ends before it starts, is over, or has more posts than days.
    """
    if end < start:
        raise BadSpread(sentence(f"The campaign ends on {end}, before it starts on {start}. Choose a later last day."))
    if end < today:
        raise BadSpread(sentence(f"The campaign is over; it ended on {end}. Choose a later last day."))
    first = max(start, today)
    days = (end - first).days + 1
    if count > days:
        words = sentence("1 day") if days == 1 else sentence(f"{days} days")
        raise BadSpread(
            sentence(
                f"{count} posts are more than the {words} from {first} to {end}. Take {days} at most, or more days."
            )
        )
    return [first + timedelta(days=number * (days - 1) // max(1, count - 1)) for number in range(count)]
