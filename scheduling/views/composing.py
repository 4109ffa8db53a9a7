"""What stands beside a composer: how long a text may be, how it will look, and what platforms say to its files."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

from campaigns.models import ContentItem, Media
from scheduling.models import ChannelAccount
from scheduling.rules import PLATFORMS, Platform
from scheduling.rules.lengths import HIDDEN, LIMITS, as_posted, length, tables
from scheduling.rules.media_limits import File, media_notes
from scheduling.rules.previews import CUTS, MENTION, Piece, cut, pieces
from scheduling.services.fitting import text_notes

TABLES = json.dumps({**tables(), "mention": MENTION, "cuts": CUTS}, ensure_ascii=False)


@dataclass
class Look:
    """How content looks on one account, as it is typed."""

    account: ChannelAccount
    content: ContentItem
    media: Sequence[Media] = field(default_factory=list)

    @property
    def platform(self) -> Platform:
        """The account's platform."""
        return PLATFORMS[self.account.platform]

    @property
    def most(self) -> int:
        """How long the text may be."""
        return self.account.text_limit or LIMITS[self.account.platform].most

    @property
    def unit(self) -> str:
        """What the limit counts."""
        return LIMITS[self.account.platform].unit

    @property
    def link_stands(self) -> str:
        """Where the link stands: text, card or hidden."""
        return LIMITS[self.account.platform].link

    @cached_property
    def text(self) -> str:
        """The text as it is posted."""
        body = self.content.text_for(self.account.platform, self.account.pk)
        return as_posted(self.account.platform, body, self.link)

    @cached_property
    def link(self) -> str:
        """The link with its tags."""
        return self.content.link_for(self.account.platform)

    @property
    def variant(self) -> str:
        """The text of its own that the platform has, instead of the common one."""
        return self.content.variants.get(self.account.platform, {}).get("body", "")

    @property
    def own(self) -> str:
        """The text of the account alone."""
        return self.content.account_variants.get(str(self.account.pk), {}).get("body", "")

    @property
    def card(self) -> bool:
        """Whether the link stands as a card below the text."""
        return bool(self.link) and self.link_stands != HIDDEN and not self.media

    @property
    def domain(self) -> str:
        """The link's host, as cards show it."""
        return urlsplit(self.link).netloc.removeprefix("www.")

    @property
    def count(self) -> int:
        """How long the text is."""
        return length(self.text, self.unit)

    @property
    def left(self) -> int:
        """How much there is left; less than nothing is too much."""
        return self.most - self.count

    @property
    def pieces(self) -> list[Piece]:
        """What is seen of the text, in pieces."""
        return pieces(cut(self.account.platform, self.text)[0])

    @property
    def has_more(self) -> bool:
        """Whether the platform shows the rest of the text only on demand."""
        return cut(self.account.platform, self.text)[1]

    @property
    def notes(self) -> list[str]:
        """What the platform says to the text and the files."""
        files = [File(one.name, one.content_type, one.size, one.width, one.height) for one in self.media]
        return text_notes(self.content, self.account) + media_notes(self.platform.key, self.platform.label, files)


@dataclass
class Composer:
    """A composer: its looks (the first is the account in question, others carry the same content), and its files."""

    looks: list[Look]
    media: Sequence[Media]
    unsaved: str
    """Under which name the browser keeps what is typed and not saved."""
    version: int = 0
    tables: str = TABLES

    @property
    def first(self) -> Look | None:
        """How it looks on the account in question."""
        return self.looks[0] if self.looks else None
