"""Recommended times, better times for a batch, and what is known of the platforms."""

from datetime import datetime, timedelta
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from scheduling.api.batches.views import BatchView
from scheduling.api.plan import read_bound
from scheduling.models import ChannelAccount, Schedule
from scheduling.rules import PLATFORMS, BadPlatform, iso, platform, to_local
from scheduling.rules.guidance import GUIDANCE
from scheduling.services.optimizing import Constraints, optimize
from scheduling.services.recommending import USUAL_DAYS, Recommendation, recommend
from workspaces.api.fields import Reference, Shape
from workspaces.api.views import WorkspaceView
from workspaces.errors import Invalid, NotFound
from workspaces.lookup import by_reference

USUAL_COUNT = 5


class RecommendationShape(serializers.Serializer):
    """A recommended time; `lift` and its 80 % `interval` are null where nothing but general guidance is known."""

    platform = serializers.CharField()
    channel_account = serializers.UUIDField(allow_null=True)
    scheduled_time = serializers.DateTimeField()
    local_time = serializers.CharField()
    score = serializers.FloatField()
    lift = serializers.FloatField(allow_null=True)
    interval = serializers.ListField(child=serializers.FloatField(), allow_null=True)
    basis = serializers.ChoiceField(["platform guidance", "mixed", "your history"])
    posts = serializers.IntegerField()
    outside_window = serializers.BooleanField()
    reasons = serializers.ListField(child=serializers.CharField())

    def to_representation(self, one: Recommendation) -> dict[str, Any]:
        """Return it."""
        found = one.score
        return {
            "platform": one.platform,
            "channel_account": str(one.account.pk) if one.account else None,
            "scheduled_time": iso(one.at),
            "local_time": to_local(one.at, one.rules.zone).strftime("%Y-%m-%dT%H:%M:%S"),
            "score": round(found.value, 4),
            "lift": round(found.lift, 3) if found.lift else None,
            "interval": [round(end, 3) for end in found.interval] if found.interval else None,
            "basis": found.basis,
            "posts": found.posts,
            "outside_window": False,
            "reasons": one.reasons,
        }


class RecommendationsShape(serializers.Serializer):
    """Recommended times, best first."""

    recommendations = RecommendationShape(many=True)


class RecommendationsView(WorkspaceView):
    """`GET …/recommendations?platforms=&target_count=&channel_account=&start=&end=`."""

    gives = RecommendationsShape

    def get(self, request: Request) -> Response:
        """Return the best free times, of the next seven days where no range is given."""
        platforms = self._platforms()
        account = self._account()
        accounts = [account] if account else list(self._accounts(platforms))
        start = self._bound("start") or self.now
        end = self._bound("end") or max(start, self.now) + timedelta(days=USUAL_DAYS)
        found = recommend(
            workspace=self.workspace,
            accounts=accounts,
            platforms=[] if account else platforms,
            count=self._count(),
            start=start,
            end=end,
            now=self.now,
        )
        return Response({"recommendations": RecommendationShape(found, many=True).data})

    def _platforms(self) -> list[str]:
        words = ",".join(self.request.query_params.getlist("platforms")).split(",")
        try:
            return list(dict.fromkeys(platform(word).key for word in words if word.strip()))
        except BadPlatform as error:
            raise Invalid(str(error), errors={"platforms": [str(error)]}) from error

    def _accounts(self, platforms: list[str]) -> Any:
        rows = ChannelAccount.objects.filter(workspace=self.workspace, is_active=True).select_related("brand")
        return (rows.filter(platform__in=platforms) if platforms else rows).order_by("id")

    def _account(self) -> ChannelAccount | None:
        reference = self.request.query_params.get("channel_account")
        if not reference:
            return None
        rows = ChannelAccount.objects.filter(workspace=self.workspace).select_related("brand")
        found = by_reference(rows, reference)
        if found is None:
            raise NotFound(f"There is no channel account '{reference[:100]}'.")
        return found

    def _count(self) -> int:
        text = self.request.query_params.get("target_count") or str(USUAL_COUNT)
        if not (text.isascii() and text.isdigit() and len(text) < 5):
            said = f"target_count has to be a whole number; '{text[:20]}' is not."
            raise Invalid(said, errors={"target_count": [said]})
        return int(text)

    def _bound(self, name: str) -> datetime | None:
        text = self.request.query_params.get(name)
        return read_bound(name, text, self.workspace.timezone) if text else None


class ConstraintsShape(Shape):
    """Where posts may go, which stay, and how many may move."""

    start = serializers.DateTimeField(required=False)
    end = serializers.DateTimeField(required=False)
    locked = serializers.ListField(child=serializers.UUIDField(), max_length=500, required=False)
    most_moves = serializers.IntegerField(min_value=0, max_value=500, required=False)


class OptimizeShape(Shape):
    """A batch whose posts get better times; nothing is moved unless `apply` is true."""

    schedule_id = Reference(Schedule)
    constraints = ConstraintsShape(required=False, allow_null=True)
    apply = serializers.BooleanField(default=False)


class ChangeShape(serializers.Serializer):
    """A better time for a post."""

    id = serializers.UUIDField()
    before = serializers.DateTimeField()
    after = serializers.DateTimeField()
    reason = serializers.CharField()


class OptimizedShape(serializers.Serializer):
    """What was, or would be, moved."""

    applied = serializers.BooleanField()
    score_before = serializers.FloatField()
    score_after = serializers.FloatField()
    changes = ChangeShape(many=True)


class OptimizeView(BatchView):
    """`POST …/optimize` `{schedule_id, constraints?, apply}`."""

    takes = OptimizeShape
    gives = OptimizedShape

    def post(self, request: Request) -> Response:
        """Look for better times, and move posts if asked."""
        given = self.wanted(request)
        done = optimize(
            batch=given["schedule_id"],
            constraints=Constraints(**(given.get("constraints") or {})),
            apply=given["apply"],
            now=self.now,
            actor=self.caller.actor,
        )
        changes = [
            {"id": str(one.post.pk), "before": iso(one.before), "after": iso(one.after), "reason": one.reason}
            for one in done.changes
        ]
        scores = {"score_before": done.score_before, "score_after": done.score_after}
        return Response({"applied": done.applied, **scores, "changes": changes})


class WindowShape(serializers.Serializer):
    """Local hours."""

    opens = serializers.IntegerField()
    closes = serializers.IntegerField()


class PlatformShape(serializers.Serializer):
    """What is known of a platform, and the rules its accounts have until they set their own."""

    key = serializers.CharField()
    name = serializers.CharField()
    content_types = serializers.ListField(child=serializers.CharField())
    limits = serializers.DictField()
    window = WindowShape(allow_null=True)
    gap_minutes = serializers.IntegerField()
    best_times = serializers.CharField()
    default_times = serializers.ListField(child=serializers.CharField())
    frequency = serializers.CharField()


class PlatformsShape(serializers.Serializer):
    """The platforms."""

    platforms = PlatformShape(many=True)


class PlatformsView(WorkspaceView):
    """`GET …/platforms`."""

    gives = PlatformsShape

    def get(self, request: Request) -> Response:
        """List them."""
        return Response({"platforms": [_platform(key) for key in PLATFORMS]})


def _platform(key: str) -> dict[str, Any]:
    known, guide = PLATFORMS[key], GUIDANCE[key]
    return {
        "key": key,
        "name": known.label,
        "content_types": list(guide.content_types),
        "limits": {"text": guide.longest_text},
        "window": {"opens": known.window[0], "closes": known.window[1]} if known.window else None,
        "gap_minutes": known.gap_minutes,
        "best_times": guide.best,
        "default_times": [f"{at:%H:%M}" for at in known.default_times],
        "frequency": guide.frequency,
    }
