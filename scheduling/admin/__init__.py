"""The admin of the plan: everything whose zones, pauses and times the rules of time read stands here."""

from scheduling.admin import accounts, blackouts, brands, campaigns, content, posts, recurrences, schedules, tenants

__all__ = ["accounts", "blackouts", "brands", "campaigns", "content", "posts", "recurrences", "schedules", "tenants"]
