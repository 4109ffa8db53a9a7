"""Whether what is said fits where it goes: what a platform would refuse is said before the post is promised."""

from campaigns.models import ContentItem
from scheduling.models import ChannelAccount
from scheduling.rules import PLATFORMS
from scheduling.rules.lengths import LIMITS, as_posted, hashtags, length_problems
from workspaces.errors import Invalid


def text_as_posted(content: ContentItem, account: ChannelAccount) -> str:
    """Return the text that the account's platform counts."""
    platform = account.platform
    return as_posted(platform, content.text_for(platform, account.pk), content.link_for(platform))


def too_long(content: ContentItem, account: ChannelAccount) -> str:
    """Return how much too long a text is for an account, as a sentence; nothing if it fits."""
    found = length_problems(account.platform, text_as_posted(content, account), most=account.text_limit)
    return f"Too long for {PLATFORMS[account.platform].label} {found[0]}." if found else ""


def require_short_enough(account: ChannelAccount, content: ContentItem) -> None:
    """Check a text's length against what the account takes.

    :raises Invalid: saying by how much it is too long.
    """
    sentence = too_long(content, account)
    if sentence:
        raise Invalid(sentence, errors={"body": [sentence]})


def text_notes(content: ContentItem, account: ChannelAccount) -> list[str]:
    """Return what a person should know of a text before it goes to an account, each as a sentence."""
    limit, platform = LIMITS[account.platform], PLATFORMS[account.platform].label
    tags = len(hashtags(content.text_for(account.platform, account.pk)))
    found = [too_long(content, account)]
    if limit.hashtags and tags > limit.hashtags:
        found.append(f"{platform} takes {limit.hashtags} hashtags; these are {tags}.")
    if limit.title and len(content.title) > limit.title:
        found.append(f"{platform} shows the title, and takes {limit.title} characters of it.")
    if limit.link == "hidden" and content.link:
        found.append(f"{platform} shows no links in a text: this one will not be seen there.")
    return [one for one in found if one]
