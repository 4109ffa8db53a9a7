"""The rules of what is said: pure functions of their arguments."""

from campaigns.rules.links import UTM_WORDS, tagged, utm_problems

__all__ = ["UTM_WORDS", "tagged", "utm_problems"]
