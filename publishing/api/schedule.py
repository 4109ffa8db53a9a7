"""Source 2's three routes: schedule a clip, list its posts, tick."""

from datetime import datetime
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.models import ContentItem
from publishing.services.tick import tick
from scheduling.models import ChannelAccount, PostInstance, ScheduledBy, ScheduleType
from scheduling.rules import BadPlatform, BadTime, iso, platform, read_instant
from scheduling.services.accounts import account_for
from scheduling.services.schedule import Terms, schedule_adjusted
from workspaces.api.views import WorkspaceView
from workspaces.errors import Conflict, Invalid, NotFound
from workspaces.lookup import by_reference


class Rejected(Exception):
    """A refusal in source 2's words."""


class ScheduleView(WorkspaceView):
    """`POST /publishing/schedule`: the machine adjusts the time to the account's rules."""

    def post(self, request: Request) -> Response:
        """Schedule a clip on a social account."""
        if not isinstance(request.data, dict):
            raise Rejected('The body has to be an object, such as {"clip_id": "…", "social_account_id": "…"}.')
        instance = self._schedule(request.data)
        end = instance.scheduled_window_end
        answer = {
            "publish_log_id": str(instance.pk),
            "status": instance.status,
            "reason": instance.reason or None,
            "scheduled_for": iso(instance.scheduled_for),
            "scheduled_window_end": iso(end) if end else None,
        }
        return Response(answer, status=201)

    def handle_exception(self, exc: Exception) -> Response:
        """Answer every refusal as source 2 documents it: 422 with the reason."""
        if isinstance(exc, Rejected | Conflict | Invalid):
            return Response({"publish_log_id": "", "status": "rejected", "reason": str(exc)}, status=422)
        return super().handle_exception(exc)

    def _schedule(self, given: dict[str, Any]) -> PostInstance:
        clip = by_reference(ContentItem.objects.filter(workspace=self.workspace), given.get("clip_id"))
        if clip is None or clip.is_placeholder:
            raise Rejected(f"Clip not found: {_said(given.get('clip_id'))}")
        account = self._account(given, clip)
        wanted = _time("scheduled_for", given, account) or self.now
        terms = Terms(
            scheduled_by=_scheduled_by(given.get("scheduled_by")),
            schedule_type=ScheduleType.SCHEDULED if given.get("scheduled_for") else ScheduleType.IMMEDIATE,
            window_end=_time("scheduled_window_end", given, account),
        )
        return schedule_adjusted(
            account=account, content=clip, wanted=wanted, now=self.now, actor=self.caller.actor, terms=terms
        )

    def _account(self, given: dict[str, Any], clip: ContentItem) -> ChannelAccount:
        named = given.get("social_account_id")
        wanted = _platform(given.get("platform"))
        if named in (None, ""):
            return account_for(content=clip, platform=wanted)
        accounts = ChannelAccount.objects.filter(workspace=self.workspace).select_related("brand")
        account = by_reference(accounts, named)
        if account is None:
            raise Rejected(f"Social account not found: {_said(named)}")
        if wanted and wanted != account.platform:
            raise Rejected(f"Platform mismatch: the account is on {account.platform}, not on {wanted}")
        return account


class ClipScheduleView(WorkspaceView):
    """`GET /publishing/schedule/{clip_id}`: every post of a clip, in every state."""

    def get(self, request: Request, clip_id: str) -> Response:
        """List the posts of a clip."""
        clip = by_reference(ContentItem.objects.filter(workspace=self.workspace, is_placeholder=False), clip_id)
        if clip is None:
            raise NotFound(f"Clip not found: {_said(clip_id)}")
        rows = clip.post_instances.with_everything().order_by("scheduled_for", "id")
        return Response([_documented(one) for one in rows])


class TickView(WorkspaceView):
    """`POST /publishing/scheduler/tick?dry_run=false`: hand what is due to the workers, in its own workspace."""

    scopes = {"POST": "publish"}

    def post(self, request: Request) -> Response:
        """Tick."""
        text = request.query_params.get("dry_run", "false").strip().lower()
        if text not in ("true", "false", "1", "0"):
            raise Invalid("dry_run has to be true or false.", errors={"dry_run": ["Use true or false."]})
        done = tick(now=self.now, workspace=self.workspace, dry_run=text in ("true", "1"))
        return Response({"moved": done.moved, "dry_run": done.dry_run, "log_ids": [str(one) for one in done.log_ids]})


def _documented(instance: PostInstance) -> dict[str, Any]:
    end = instance.scheduled_window_end
    return {
        "id": str(instance.pk),
        "publish_log_id": str(instance.pk),
        "clip_id": str(instance.content_item_id),
        "platform": instance.channel_account.platform,
        "social_account_id": str(instance.channel_account_id),
        "status": instance.status,
        "schedule_type": instance.schedule_type,
        "scheduled_for": iso(instance.scheduled_for),
        "scheduled_window_end": iso(end) if end else None,
        "scheduled_by": instance.scheduled_by,
        "created_at": iso(instance.created_at),
        "updated_at": iso(instance.updated_at),
    }


def _time(name: str, given: dict[str, Any], account: ChannelAccount) -> datetime | None:
    if given.get(name) in (None, ""):
        return None
    try:
        return read_instant(str(given[name]), account.zone)
    except BadTime as error:
        raise Rejected(f"{name}: {error}") from error


def _platform(name: object) -> str | None:
    try:
        return platform(str(name)).key if name not in (None, "") else None
    except BadPlatform as error:
        raise Rejected(str(error)) from error


def _scheduled_by(name: object) -> str:
    found = str(name or ScheduledBy.MANUAL).strip().lower()
    if found not in ScheduledBy.values:
        raise Rejected(f"scheduled_by is one of {', '.join(ScheduledBy.values)}; '{found[:50]}' is not")
    return found


def _said(reference: object) -> str:
    return str(reference if reference is not None else "")[:200]
