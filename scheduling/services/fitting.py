"""Whether what is said fits where it goes: what a platform would refuse is said before the post is promised."""

from django.utils.translation import gettext as _

from campaigns.models import ContentItem
from scheduling.models import ChannelAccount
from scheduling.rules import PLATFORMS
from scheduling.rules.lengths import LIMITS, as_posted, hashtags, length_problems
from workspaces.errors import Invalid
from workspaces.phrases import phrased


def text_as_posted(content: ContentItem, account: ChannelAccount) -> str:
    """Return the text that the account's platform counts."""
    platform = account.platform
    return as_posted(platform, content.text_for(platform, account.pk), content.link_for(platform))


def too_long(content: ContentItem, account: ChannelAccount) -> str:
    """Return how much too long a text is for an account, as a sentence; nothing if it fits."""
    found = length_problems(account.platform, text_as_posted(content, account), most=account.text_limit)
    if not found:
        return ""
    said = {"platform": PLATFORMS[account.platform].label, "by_how_much": phrased(found[0])}
    return _("Too long for %(platform)s %(by_how_much)s.") % said


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
        said = {"platform": platform, "most": limit.hashtags, "number": tags}
        found.append(_("%(platform)s takes %(most)s hashtags; these are %(number)s.") % said)
    if limit.title and len(content.title) > limit.title:
        said = {"platform": platform, "most": limit.title}
        found.append(_("%(platform)s shows the title, and takes %(most)s characters of it.") % said)
    if limit.link == "hidden" and content.link:
        found.append(
            _("%(platform)s shows no links in a text: this one will not be seen there.") % {"platform": platform}
        )
    return [one for one in found if one]
