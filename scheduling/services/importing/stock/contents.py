"""Content items as rows of a file: what is said, with its other texts, labels and the tags of its link."""

import json
from collections.abc import Hashable, Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from campaigns.models import ContentItem
from campaigns.rules import UTM_WORDS
from scheduling.rules import PLATFORMS
from scheduling.services.content import content_problems, save_new_contents
from scheduling.services.importing.cells import tidy
from scheduling.services.importing.report import Result
from scheduling.services.importing.rows import Table
from scheduling.services.importing.stock.base import Brought, Cells, Stock, wrong
from scheduling.services.importing.stock.known import Known
from workspaces.errors import Invalid
from workspaces.lookup import is_storable
from workspaces.models import Workspace
from workspaces.rules.sentences import sentence

AT_ONCE = 250  # With the longest texts some megabytes; also what SQLite takes in a statement.
UTM = {word: f"utm_{word}" for word in UTM_WORDS}
TEXTS = {platform: f"body_{platform}" for platform in PLATFORMS}
COLUMNS = (
    *("title", "body", "link", "brand", "campaign", "labels"),
    *(*UTM.values(), *TEXTS.values(), "account_texts", "external_ref"),
)
SHAPE = sentence('Write texts for accounts like this: {"@lumen": "…"}.')


class Contents(Stock):
    """A content item is the same where its reference is, else where every column says the same; files stay behind."""

    table = Table(COLUMNS, needed=COLUMNS[:1])
    result = Result.TRAY

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._known = Known(workspace)
        self._mine = ContentItem.objects.filter(workspace=workspace, is_placeholder=False).order_by("created_at", "id")
        self._references: dict[str, UUID] = {}
        self._standing: dict[Hashable, UUID] = {}
        self._new: list[ContentItem] = []

    def parts(self) -> Iterator[list[Cells]]:
        """Yield them as they were made, each part as it stands when it is read."""
        rest = self._mine
        while part := list(rest[:AT_ONCE]):
            yield [self._cells(one) for one in part]
            last = part[-1]
            rest = self._mine.filter(Q(created_at__gt=last.created_at) | Q(created_at=last.created_at, pk__gt=last.pk))

    def expect(self, rows: Iterable[Cells]) -> None:
        """Look up what has the same reference or title."""
        rows = list(rows)
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            references = [one["external_ref"] for one in some if one["external_ref"]]
            alike = Q(title__in={one["title"] for one in some}) | Q(external_ref__in=references)
            for content in self._mine.filter(alike):
                self._note(content)

    def bring(self, cells: Cells, *, now: datetime, actor: str) -> Brought:
        """Make the content item of a row, unless it stands; it is saved later, with the others."""
        known = self._references.get(cells["external_ref"]) if cells["external_ref"] else None
        if known:
            return Brought(known, is_new=False)
        content = self._content(cells, now)
        if problems := content_problems(content):
            raise Invalid(next(iter(problems.values()))[0], errors=problems)
        if stands := None if content.external_ref else self._standing.get(_key(content)):
            return Brought(stands, is_new=False)
        self._new.append(content)
        self._note(content)
        return Brought(content.pk)

    def write(self, *, now: datetime, actor: str) -> None:
        """Save the new ones."""
        save_new_contents(contents=self._new, now=now, actor=actor)

    def _note(self, content: ContentItem) -> None:
        if content.external_ref:
            self._references.setdefault(content.external_ref, content.pk)
        self._standing.setdefault(_key(content), content.pk)

    def _content(self, cells: Cells, now: datetime) -> ContentItem:
        """Return what a row says, unsaved.

        :raises Invalid: if it names what is not there.
        """
        brand = self._known.brand(cells["brand"])
        own = {name: cells[name] for name in ("title", "body", "link", "labels", "external_ref")}
        return ContentItem(
            workspace_id=brand.workspace_id,
            brand=brand,
            campaign=self._known.campaign(cells["campaign"], brand),
            utm={word: cells[name] for word, name in UTM.items() if cells[name]},
            variants={platform: {"body": cells[name]} for platform, name in TEXTS.items() if cells[name]},
            account_variants=self._account_texts(cells["account_texts"]),
            created_at=now,
            updated_at=now,
            **own,
        )

    def _account_texts(self, cell: str) -> dict[str, dict[str, str]]:
        try:
            texts = json.loads(cell or "{}")
        except (ValueError, RecursionError):
            raise wrong("account_texts", SHAPE) from None
        if not isinstance(texts, dict) or not all(map(_is_text, (*texts, *texts.values()))):
            raise wrong("account_texts", SHAPE)
        names = {name: self._known.account(name, "account_texts") for name in texts}
        return {str(names[name].pk): {"body": tidy(text)} for name, text in texts.items()}

    def _cells(self, content: ContentItem) -> Cells:
        names = self._known.account_names
        texts = {names[UUID(key)]: one["body"] for key, one in content.account_variants.items() if UUID(key) in names}
        return {
            "title": content.title,
            "body": content.body,
            "link": content.link,
            "brand": self._known.brand_names[content.brand_id],
            "campaign": self._known.campaign_names.get(content.campaign_id, ""),
            "labels": content.labels,
            **{name: content.utm.get(word, "") for word, name in UTM.items()},
            **{name: content.variants.get(platform, {}).get("body", "") for platform, name in TEXTS.items()},
            "account_texts": json.dumps(texts, ensure_ascii=False, sort_keys=True) if texts else "",
            "external_ref": content.external_ref,
        }


def _is_text(value: object) -> bool:
    return isinstance(value, str) and is_storable(value)


def _key(content: ContentItem) -> Hashable:
    """Return what makes two content items the same: all that a row says."""
    others = (content.variants, content.account_variants)
    texts = (tuple(sorted((key, tidy(one.get("body", ""))) for key, one in some.items())) for some in others)
    tags = tuple(sorted((word, tidy(value)) for word, value in content.utm.items() if value))
    said = (content.title, tidy(content.body), content.link, content.labels)
    return (content.brand_id, content.campaign_id, *said, tags, *texts)
