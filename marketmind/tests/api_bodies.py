"""Bodies for every route: one that could be meant well, and what might be sent instead."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from rest_framework import serializers

from marketmind.tests.api_routes import Route
from marketmind.tests.api_world import thing
from workspaces.api.fields import Reference
from workspaces.models import Workspace

IN_TWO_YEARS = datetime.now(UTC).year + 2  # Routes read the real clock.
MEGABYTE = 1024 * 1024
NESTED = 1_000
NOT_STORABLE = [
    b"",
    b"{",
    b"nonsense",
    b'{"a": NaN}',
    b'{"a": -Infinity}',
    b'{"a": 1e999}',
    b'{"a": ' + b"9" * 5_000 + b"}",
    b'{"a": "\\u0000"}',
    b'{"a": "\\ud800"}',
    b'{"\\udfff": 1}',
    b'{"a": "\xff\xfe"}',
    b"[" * NESTED + b"]" * NESTED,
    b'{"a":' * NESTED + b"null" + b"}" * NESTED,
    b"\xef\xbb\xbf{}",
    b'{"a": 1, "a": 2}',
    b" " * 1_000,
]
TOO_LARGE = b'{"a": "' + b"x" * (20 * MEGABYTE) + b'"}'
NOT_OBJECTS = [None, True, 0, -1.5, "", "text", [], [[]], [{}], [None] * 600, {}, {"": None}, {"constructor": {"a": 1}}]
STRANGE = [
    None,
    True,
    False,
    0,
    -1,
    0.1,
    1e308,
    2**31,
    2**63,
    -(2**63) - 1,
    10**300,
    "",
    " ",
    "\t\n",
    "x" * 100_000,
    "🪟" * 300,
    "\u202e\u200b",
    "'; DROP TABLE brands; --",
    "%s %(a)s {0} ${a}",
    "null",
    "-1",
    "1e400",
    "Infinity",
    "٣",
    "00000000-0000-0000-0000-000000000000",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2026-02-30T25:61:61Z",
    "2026-11-21T09:00:00+99:99",
    "-2026-11-21",
    "2026-11-21",
    "25:00",
    "Mars/Olympus",
    "../../etc/passwd",
    "http://[::1",
    "javascript:alert(1)",
    "FREQ=SECONDLY;COUNT=999999999",
    "FREQ=DAILY;INTERVAL=0",
    [],
    [None],
    [[[]]],
    [{}],
    ["a"] * 1_000,
    {},
    {"a": None},
    {"id": {"id": {}}},
]
WORDS = {
    "tenant_id": "h2o",
    "timestamp": f"{IN_TWO_YEARS}-11-24T10:00:00Z",
    "scheduled_for": f"{IN_TWO_YEARS}-11-24T10:00:00Z",
    "scheduled_window_end": "2036-11-25T10:00:00Z",
    "start": f"{IN_TWO_YEARS}-11-24T10:00:00Z",
    "timezone": "Europe/Madrid",
    "platform": "x",
    "platforms": ["x"],
    "items": [{"title": "Cupping", "platform": "x"}],
    "post_ids": ["clip_1"],
    "ids": ["00000000-0000-0000-0000-000000000000"],
    "schedule_pattern": "daily",
    "strategy": "naive",
    "clip_id": "clip_1",
    "content_id": "clip_1",
    "content_item": "clip_1",
    "social_account_id": "account_1",
    "channel_account": "account_1",
    "schedule_id": "00000000-0000-0000-0000-000000000000",
    "reason": "Inventory",
    "url": "https://example.com/post/1",
    "title": "Cupping",
    "body": "The first cup is on the house",
    "metadata": {},
    "constraints": {},
    "apply": False,
    "priority": 1,
}
"""What views read that do not say what they take."""


def fields_of(route: Route, method: str) -> dict[str, Any]:
    """Return the fields that a call says it takes, by name; nothing where it does not say."""
    shape = route.shape("takes", method)
    fields = getattr(shape, "fields", None) or getattr(getattr(shape, "child", None), "fields", {})
    return {name: field for name, field in fields.items() if not field.read_only}


def plausible(route: Route, method: str, workspace: Workspace) -> dict[str, Any]:
    """Return a body that could be meant well."""
    fields = fields_of(route, method)
    return {name: _value(field, name, workspace) for name, field in fields.items()} if fields else dict(WORDS)


def swapped(body: dict[str, Any], *, sample: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield the body with a strange value in one place, for every place and value, or for some of them."""
    pairs = [(name, value) for name in body for value in STRANGE]
    if sample is not None:
        pairs = random.Random(len(body)).sample(pairs, min(sample, len(pairs)))
    for name, value in pairs:
        yield {**body, name: value}


def inside(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the body with a strange value inside of its lists and objects."""
    for name, value in body.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield from ({**body, name: [one]} for one in swapped(value[0]))
        elif isinstance(value, list):
            yield from ({**body, name: [strange]} for strange in STRANGE)
        elif isinstance(value, dict):
            yield from ({**body, name: {"a": strange}} for strange in STRANGE)


def encoded(body: Any) -> bytes:
    """Return a body in JSON."""
    return json.dumps(body).encode()


def _value(field: Any, name: str, workspace: Workspace) -> Any:
    """Return a value that a field could take."""
    if isinstance(field, Reference):
        return str(thing(field.rows, workspace).pk)
    if isinstance(field, serializers.ManyRelatedField):
        return [_value(field.child_relation, name, workspace)]
    if isinstance(field, serializers.ListSerializer):
        return [{key: _value(one, key, workspace) for key, one in field.child.fields.items() if not one.read_only}]
    if isinstance(field, serializers.BaseSerializer):
        return {key: _value(one, key, workspace) for key, one in field.fields.items() if not one.read_only}
    if isinstance(field, serializers.ListField):
        return [_value(field.child, name, workspace)]
    if isinstance(field, serializers.ChoiceField):
        return next(iter(field.choices), "")
    known = {
        serializers.BooleanField: True,
        serializers.IntegerField: 1,
        serializers.FloatField: 1.5,
        serializers.DateTimeField: f"{IN_TWO_YEARS}-11-24T10:00:00Z",
        serializers.DateField: f"{IN_TWO_YEARS}-11-24",
        serializers.TimeField: "10:00",
        serializers.DictField: {},
        serializers.JSONField: {},
        serializers.URLField: "https://example.com/post/1",
        serializers.UUIDField: "00000000-0000-0000-0000-000000000000",
    }
    return next((value for kind, value in known.items() if isinstance(field, kind)), WORDS.get(name, "Cupping"))
