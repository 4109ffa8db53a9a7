"""Every table of the application can be looked at in the admin; what is left out is named here, with the reason."""

import pytest
from django.apps import apps
from django.contrib import admin

OURS = ("workspaces", "campaigns", "scheduling", "publishing")
LEFT_OUT = {
    "campaigns.Attachment": "shown by the content item and the file that it joins",
    "scheduling.ScheduleItem": "shown by the batch that it belongs to, with its post or its refusal",
    "scheduling.Occurrence": "shown by the recurrence that it belongs to",
    "scheduling.HeldFile": "a person's own upload, for a day at most, between the look at it and the import",
    "workspaces.IdempotencyKey": "answers kept for a day to be given again, to their callers and nobody else",
    "workspaces.RateBucket": "a moment that changes with each request",
    "workspaces.SocketTicket": "secrets that live for a minute",
}
TABLES = [model for model in apps.get_models() if model._meta.app_label in OURS]


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.label)
def test_every_table_is_in_the_admin_or_left_out_for_a_reason(model):
    is_there = admin.site.is_registered(model)

    assert is_there != (model._meta.label in LEFT_OUT)


def test_nothing_is_left_out_that_does_not_exist():
    labels = {model._meta.label for model in TABLES}

    assert set(LEFT_OUT) - labels == set()
