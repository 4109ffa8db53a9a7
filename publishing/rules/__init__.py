"""Pure rules of delivery: no Django, no clock, no network."""

from publishing.rules.retry import MOST_RETRIES, next_ask, next_attempt

__all__ = ["MOST_RETRIES", "next_ask", "next_attempt"]
