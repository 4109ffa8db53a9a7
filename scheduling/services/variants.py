"""Other texts for some platforms and accounts, and the tags of a link: their shape."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from campaigns.models import ContentItem
from campaigns.rules import utm_problems
from scheduling.models import ChannelAccount
from scheduling.rules import PLATFORMS
from workspaces.lookup import is_storable
from workspaces.rules.sentences import sentence

LONGEST_BODY = ContentItem._meta.get_field("body").max_length
BY_PLATFORM = sentence('Write other texts by platform like this: {"x": {"body": "…"}}.')
BY_ACCOUNT = sentence('Write other texts by channel account like this: {"<its id>": {"body": "…"}}.')


def variant_problems(content: ContentItem) -> dict[str, list[str]]:
    """Return what is wrong with other texts and tags, by field, each as a sentence; accounts are looked up."""
    found = {}
    if not (_are_texts(content.variants) and all(key in PLATFORMS for key in content.variants)):
        found["variants"] = [BY_PLATFORM]
    if not (_are_texts(content.account_variants) and all(map(_is_id, content.account_variants))):
        found["account_variants"] = [BY_ACCOUNT]
    elif content.account_variants and not _are_accounts(content):
        found["account_variants"] = [_("A text of its own is for an account of the content's brand.")]
    utm = utm_problems(content.utm)
    if utm or not all(map(is_storable, content.utm.values())):
        found["utm"] = utm or [_("This holds a character that cannot be stored, such as NUL.")]
    return found


def _are_accounts(content: ContentItem) -> bool:
    accounts = ChannelAccount.objects.filter(workspace=content.workspace_id, pk__in=content.account_variants)
    return accounts.filter(brand=content.brand_id).count() == len(content.account_variants)


def _are_texts(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(one, dict) and _is_text(one.get("body")) for one in value.values()
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and is_storable(value) and len(value) <= LONGEST_BODY


def _is_id(value: str) -> bool:
    try:
        return str(UUID(value)) == value
    except ValueError:
        return False
