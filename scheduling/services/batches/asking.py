"""Understanding the items of a batch: what they name is found, all at once, before anything is made."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from campaigns.models import ContentItem
from scheduling.models import ChannelAccount, Placing, Status
from scheduling.rules import PLATFORMS, BadTime, read_instant
from scheduling.services.batches.making import Wanted
from scheduling.services.schedule import require_fit
from workspaces.errors import Invalid
from workspaces.models import Workspace
from workspaces.rules.sentences import sentence

M = TypeVar("M", bound=Model)
Errors = dict[str, list[str]]


def understood(
    workspace: Workspace, rows: list[dict[str, Any]], *, zone: ZoneInfo | None, field: str = "items"
) -> list[Wanted]:
    """Return what items ask for: those with a time as stated, the others at a recommended one.

    :param rows: each with `content_id`, and perhaps `platform`, `channel_account`, `scheduled_time`, `metadata`.
    :param zone: where times without an offset are read; none takes the account's.
    :raises Invalid: naming everything that is wrong, as in `items.3.content_id`.
    """
    world = _World(workspace, rows)
    found, errors = [], {}
    for number, row in enumerate(rows):
        try:
            found.append(_wanted(row, world, zone))
        except Invalid as error:
            errors.update({f"{field}.{number}.{name}": said for name, said in error.errors.items()})
    if errors:
        name, said = next(iter(errors.items()))
        raise Invalid(f"{name}: {said[0]}", errors=errors)
    return found


def found_by(rows: QuerySet[M], references: Iterable[str]) -> dict[str, M]:
    """Return the rows of a workspace that texts name, by their id or else their `external_ref`, in two queries."""
    wanted = set(references)
    ids = {key: text for text in wanted if (key := _id(text))}
    found = {ids[row.pk]: row for row in rows.filter(pk__in=ids)}
    others = wanted - found.keys()
    return {**{row.external_ref: row for row in rows.filter(external_ref__in=others)}, **found}


class _World:
    """The content and the accounts that rows name."""

    def __init__(self, workspace: Workspace, rows: list[dict[str, Any]]) -> None:
        texts = [row["content_id"] for row in rows]
        contents = ContentItem.objects.filter(workspace=workspace, is_placeholder=False).select_related("brand")
        self.contents = found_by(contents, texts)
        accounts = ChannelAccount.objects.filter(workspace=workspace).select_related("brand")
        named = [row["channel_account"] for row in rows if row.get("channel_account")]
        self.accounts = found_by(accounts, named)
        self.by_name: dict[tuple[UUID, str], list[ChannelAccount]] = {}
        self.active: dict[UUID, list[ChannelAccount]] = {}
        brands = {content.brand_id for content in self.contents.values()}
        for one in accounts.filter(brand__in=brands).order_by("platform", "name", "id"):
            self.by_name.setdefault((one.brand_id, one.name.casefold()), []).append(one)
            if one.is_active:
                self.active.setdefault(one.brand_id, []).append(one)


def _wanted(row: dict[str, Any], world: _World, zone: ZoneInfo | None) -> Wanted:
    content = world.contents.get(row["content_id"])
    if content is None:
        raise _wrong("content_id", sentence(f"There is no content item '{row['content_id'][:100]}' in this workspace."))
    account = _account(row, content, world)
    at = None
    if row.get("scheduled_time"):
        try:
            at = read_instant(row["scheduled_time"], zone or account.zone)
        except BadTime as error:
            raise _wrong("scheduled_time", str(error)) from error
    placing = Placing.STATED if at else Placing.BEST
    return Wanted(content, account, placing, at, row.get("metadata") or {})


def _account(row: dict[str, Any], content: ContentItem, world: _World) -> ChannelAccount:
    """Return the account that a row names, or its brand's only active one (of its platform)."""
    reference, platform = row.get("channel_account"), row.get("platform")
    of_platform: Callable[[ChannelAccount], bool] = lambda one: not platform or one.platform == platform  # noqa: E731
    if not reference:
        choices = list(filter(of_platform, world.active.get(content.brand_id, [])))
        return _only(choices, content, platform)
    named = world.accounts.get(reference)
    same_name = world.by_name.get((content.brand_id, reference.casefold()), [])
    choices = [named] if named else list(filter(of_platform, same_name))
    if not choices:
        raise _wrong("channel_account", sentence(f"There is no channel account '{reference[:100]}' in this workspace."))
    if len(choices) > 1:
        raise _wrong(
            "channel_account", sentence(f"Several accounts are named '{reference[:100]}'. Use an id: {_list(choices)}.")
        )
    if not of_platform(choices[0]):
        raise _wrong("platform", sentence(f"{choices[0].name} is on {choices[0].platform}, not on {platform}."))
    try:
        require_fit(
            choices[0], content, status=Status.DRAFT
        )  # What is too long is refused by itself, where it is placed.
    except Invalid as error:
        raise _wrong("channel_account", error.message) from error
    return choices[0]


def _only(choices: list[ChannelAccount], content: ContentItem, platform: str | None) -> ChannelAccount:
    told = {"brand": content.brand.name, "on": ""}
    if platform:
        told["on"] = _(" on %(platform)s") % {"platform": PLATFORMS[platform].label}
    if not choices:
        raise _wrong("channel_account", _("%(brand)s has no active account%(on)s. Add one first.") % told)
    if len(choices) > 1:
        said = _("%(brand)s has several active accounts%(on)s. Name one of: %(names)s.")
        raise _wrong("channel_account", said % {**told, "names": _list(choices)})
    return choices[0]


def _list(accounts: list[ChannelAccount]) -> str:
    return ", ".join(f"{one.name} ({one.pk})" for one in accounts)


def _wrong(name: str, said: str) -> Invalid:
    return Invalid(said, errors={name: [said]})


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
