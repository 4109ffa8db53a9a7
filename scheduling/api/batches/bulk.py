"""`POST /api/v1/schedule/bulk`: many posts by a pattern."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from scheduling.api.batches.views import BatchView
from scheduling.api.posts.shapes import A_TIME
from scheduling.services.batches.making import MOST_ITEMS
from scheduling.services.batches.patterned import schedule_many
from workspaces.api.fields import Shape

A_PATTERN = "daily, weekdays, weekly, cadence, distribute, optimal, or a recurrence rule such as FREQ=WEEKLY;BYDAY=MO."


class BulkShape(Shape):
    """Posts in their order, and the pattern of their times."""

    post_ids = serializers.ListField(
        child=serializers.CharField(max_length=200), allow_empty=False, max_length=MOST_ITEMS
    )
    schedule_pattern = serializers.CharField(max_length=500, help_text=A_PATTERN)
    start = serializers.CharField(max_length=40, required=False, allow_null=True, help_text=A_TIME)
    channel_account = serializers.CharField(
        max_length=200, required=False, allow_null=True, help_text="Its id, its external_ref, or its name."
    )


class BulkView(BatchView):
    """`POST`: the workers give each post the first time from its wanted one on that keeps every rule."""

    takes = BulkShape

    def post(self, request: Request) -> Response:
        """Write the batch down."""
        given = self.wanted(request)
        made = schedule_many(
            workspace=self.workspace,
            post_ids=given["post_ids"],
            pattern=given["schedule_pattern"],
            start=given.get("start"),
            account=given.get("channel_account"),
            now=self.now,
            actor=self.caller.actor,
        )
        return Response(self.gives(made).data, status=201)
