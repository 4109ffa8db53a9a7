"""Content items: checking and saving what is said, and the tray of what has no time yet."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from campaigns.models import Brand, ContentItem
from scheduling.models import ChannelAccount, PostInstance, Status
from scheduling.services import rows
from scheduling.services.carried import carried_problems, carry
from scheduling.services.fitting import require_short_enough
from scheduling.services.handover import TO_GO_OUT
from scheduling.services.labels import joined, read_labels
from scheduling.services.schedule import Terms, fill, schedule_as_stated
from scheduling.services.variants import LONGEST_BODY, variant_problems
from workspaces.errors import Conflict, Invalid, Overtaken, Stale
from workspaces.ledger import record, unit_of_work
from workspaces.lookup import has_words, is_storable

CHANGED = gettext_noop("Somebody else changed this text meanwhile. Look at it again, then save yours.")
NOT_STANDING = (Status.CANCELED, Status.SKIPPED)


def content_problems(content: ContentItem) -> dict[str, list[str]]:
    """Return what is wrong with a content item, by field, each as a sentence; its labels are put in their form."""
    found = _unstorable(content)
    if found:
        return found
    try:
        content.clean_fields(exclude={"workspace", "brand", "campaign"})
        if content.external_ref:  # What the other constraint asks for is checked below, without a query for each text.
            content.validate_constraints()
    except ValidationError as error:
        found = error.message_dict
    if content.title and not has_words(content.title):
        found["title"] = [_("Give it a title that can be seen.")]
    if content.link and urlsplit(content.link).scheme not in ("http", "https"):
        found["link"] = [_("A link starts with https:// or http://.")]
    if not (has_words(content.body) or content.link or content.variants or content.account_variants):
        found["body"] = [_("Write what the post says, or give it a link.")]
    try:
        content.labels = joined(read_labels(content.labels))
    except Invalid as refusal:
        found["labels"] = [refusal.message]
    brand, campaign = content.brand, content.campaign
    if brand is None or brand.workspace_id != content.workspace_id:
        found["brand"] = [_("Choose a brand of this workspace.")]
    elif campaign is not None and campaign.brand_id != brand.pk:
        found["campaign"] = [
            _("The campaign %(campaign)s belongs to another brand than %(brand)s.")
            % {"campaign": campaign.name, "brand": brand.name}
        ]
    return found


def save_content(
    *,
    content: ContentItem,
    now: datetime,
    actor: str,
    seen: datetime | None = None,
    version: int | None = None,
    media: Sequence[UUID] | None = None,
) -> ContentItem:
    """Save a new or changed content item.

    :param seen: the `updated_at` that the writer looked at; a later change by somebody else is not overwritten.
    :param version: the same, by its number.
    :param media: the files that it carries from now on, in their order; None leaves them.
    :raises Overtaken: :raises Stale: if it is another version by now.
    :raises Invalid: with what is wrong, by field; a post that is promised on some account has to fit there.
    :raises Conflict: if a worker is publishing it, somebody was faster, or its posts stand on another brand's accounts.
    """
    if content.is_placeholder:
        raise Conflict(_("That is the placeholder of empty slots. Fill the slot instead."))
    problems = content_problems(content) or (carried_problems(content, media) if media else {})
    if problems:
        raise Invalid(next(iter(problems.values()))[0], errors=problems)
    is_new = content._state.adding
    content.updated_at = now
    with unit_of_work():
        if not is_new:
            content.version = _require_changeable(content, seen, version) + 1
        content.save(force_insert=is_new)
        if media is not None:
            carry(content, media)
        _note(content, is_new=is_new, now=now, actor=actor)
    return content


def save_new_contents(*, contents: list[ContentItem], now: datetime, actor: str) -> None:
    """Save many new content items, each found without `content_problems`, with a few statements."""
    with unit_of_work():
        ContentItem.objects.bulk_create(contents)
        for content in contents:
            _note(content, is_new=True, now=now, actor=actor)


def write_and_fill(
    *,
    instance: PostInstance,
    content: ContentItem,
    status: str,
    now: datetime,
    actor: str,
    media: Sequence[UUID] | None = None,
) -> PostInstance:
    """Write new content straight into an empty slot; nothing is kept if either is refused.

    :param media: the files that it carries, in their order.
    :raises Invalid: :raises Conflict: as `save_content` and `fill` do.
    """
    with unit_of_work():
        save_content(content=content, media=media, now=now, actor=actor)
        return fill(instance=instance, content=content, status=status, now=now, actor=actor)


def write_and_schedule(
    *,
    account: ChannelAccount,
    content: ContentItem,
    at: datetime,
    status: str,
    now: datetime,
    actor: str,
    media: Sequence[UUID] | None = None,
) -> PostInstance:
    """Write new content for a time that a person stated; nothing is kept if either is refused.

    :param media: the files that it carries, in their order.
    :raises Invalid: :raises Conflict: as `save_content` and `schedule_as_stated` do.
    """
    with unit_of_work():
        save_content(content=content, media=media, now=now, actor=actor)
        terms = Terms(status=status)
        return schedule_as_stated(account=account, content=content, at=at, now=now, actor=actor, terms=terms)


def delete_content(*, content: ContentItem, now: datetime, actor: str, version: int | None = None) -> None:
    """Delete a content item that never had a post.

    :param version: the one that the caller looked at.
    :raises Stale: if it is another version by now.
    :raises Conflict: if it has posts, or is the placeholder of empty slots.
    """
    if content.is_placeholder:
        raise Conflict(_("That is the placeholder of empty slots."))
    with unit_of_work():
        _require_changeable(content, None, version)
        told = {"title": content.title}
        rows.delete(content, event="content_deleted", kind="content_item", now=now, actor=actor, **told)


def tray(brand: Brand) -> QuerySet[ContentItem]:
    """Return a brand's content that has no time on any account, newest first."""
    mine = ContentItem.objects.filter(workspace_id=brand.workspace_id, brand=brand, is_placeholder=False)
    return unscheduled(mine).order_by("-created_at", "-id")


def unscheduled(contents: QuerySet[ContentItem]) -> QuerySet[ContentItem]:
    """Return those that have no time on any account."""
    posts = PostInstance.objects.filter(content_item=OuterRef("pk")).exclude(status=Status.PLANNED)
    return contents.filter(~Exists(posts.exclude(status__in=NOT_STANDING)))


def _unstorable(content: ContentItem) -> dict[str, list[str]]:
    """Return what neither the database nor a worker could use: NUL, endless texts, variants of another shape."""
    found = {
        name: [_("This holds a character that cannot be stored, such as NUL.")]
        for name in ("title", "body", "link", "labels")
        if not is_storable(getattr(content, name))
    }
    if len(content.body) > LONGEST_BODY:
        found["body"] = [
            _("A text has %(most)s characters at most; this one has %(number)s.")
            % {"most": f"{LONGEST_BODY:,}", "number": f"{len(content.body):,}"}
        ]
    return found | variant_problems(content)


def _require_changeable(content: ContentItem, seen: datetime | None, version: int | None) -> int:
    """Lock a content item's row and check that it may change now; return its version."""
    before = ContentItem.objects.select_for_update(of=("self",), no_key=True).get(pk=content.pk)
    if seen is not None and before.updated_at != seen:
        raise Overtaken(_(CHANGED), newest=before.updated_at)
    if version is not None and before.version != version:
        raise Stale(_(CHANGED), version=before.version)
    posts = PostInstance.objects.filter(content_item=content).exclude(status=Status.PLANNED)
    # Waits for a claim that is about to be committed, which would send the old text after the new one was saved.
    waiting = posts.filter(status__in=TO_GO_OUT).select_related("channel_account").order_by("pk")
    for post in waiting.select_for_update(of=("self",), no_key=True):
        require_short_enough(post.channel_account, content)
    if posts.filter(status=Status.PUBLISHING).exists():
        raise Conflict(_("Too late: it is being published right now."))
    if before.brand_id != content.brand_id and posts.exclude(status__in=NOT_STANDING).exists():
        raise Conflict(_("It stands on accounts of its brand. Take it out there before it moves to another brand."))
    return before.version


def _note(content: ContentItem, *, is_new: bool, now: datetime, actor: str) -> None:
    record(
        "content_created" if is_new else "content_changed",
        workspace_id=content.workspace_id,
        entity_type="content_item",
        entity_id=content.pk,
        actor=actor,
        now=now,
        metadata={"title": content.title, "brand": str(content.brand_id), "campaign": _id(content.campaign_id)},
    )


def _id(key: object) -> str | None:
    return str(key) if key else None
