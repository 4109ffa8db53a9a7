"""What somebody typed into a composer, as content that is not saved: a preview looks at it, a refused form too."""

from campaigns.models import ContentItem
from campaigns.rules import UTM_WORDS
from scheduling.forms import WordsForm
from scheduling.models import ChannelAccount


def typed_content(form: WordsForm, account: ChannelAccount | None, before: ContentItem | None = None) -> ContentItem:
    """Return the words of a form, sent or not, with the texts that `before` has for others."""
    own = _value(form, "own")
    others = dict(before.account_variants) if before else {}
    if account is not None:
        others[str(account.pk)] = {"body": own}
    return ContentItem(
        **{name: _value(form, name) for name in ("title", "body", "link")},
        utm={word: _value(form, f"utm_{word}") for word in UTM_WORDS},
        variants=before.variants if before else {},
        account_variants=others,
    )


def _value(form: WordsForm, name: str) -> str:
    return str(form[name].value() or "").replace("\r\n", "\n")
