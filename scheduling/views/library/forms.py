"""Shapes of content that has no account yet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import Brand, Campaign, ContentItem
from campaigns.rules import UTM_WORDS
from scheduling.forms import WordsForm


class ContentForm(WordsForm):
    """What is said, by which brand and for which campaign; texts for single accounts are their posts' to change."""

    brand = forms.ModelChoiceField(Brand.objects.none(), label=_("Brand"), empty_label=_("Choose …"))
    campaign = forms.ModelChoiceField(
        Campaign.objects.none(), label=_("Campaign"), required=False, empty_label=_("No campaign")
    )

    def __init__(self, *args: Any, brands: Any, campaigns: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["own"]
        self.fields["brand"].queryset = brands
        self.fields["campaign"].queryset = campaigns

    def write_into(self, content: ContentItem) -> ContentItem:
        """Put what was typed into a content item."""
        given = self.cleaned_data
        for name in ("title", "body", "link", "labels", "brand", "campaign"):
            setattr(content, name, given[name])
        content.utm = {word: given[f"utm_{word}"] for word in UTM_WORDS if given[f"utm_{word}"]}
        return content


def initial_of(content: ContentItem) -> dict[str, Any]:
    """Return a content item as its form shows it."""
    tags = {f"utm_{word}": content.utm.get(word, "") for word in UTM_WORDS}
    words = {name: getattr(content, name) for name in ("title", "body", "link", "labels", "version")}
    return {**words, **tags, "brand": content.brand_id, "campaign": content.campaign_id}
