"""The admin of the plan: everything whose zones, pauses and times the rules of time read stands here."""

from scheduling.admin import (
    accounts,
    addresses,
    blackouts,
    brands,
    campaigns,
    content,
    media,
    posts,
    recurrences,
    responses,
    schedules,
    tenants,
)

__all__ = [
    "accounts",
    "addresses",
    "blackouts",
    "brands",
    "campaigns",
    "content",
    "media",
    "posts",
    "recurrences",
    "responses",
    "schedules",
    "tenants",
]
