"""What is said, where its link leads, and what it carries."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign, ContentItem
from campaigns.rules import UTM_WORDS
from scheduling.forms.fields import PageForm, TextField
from scheduling.models import ChannelAccount, Status
from scheduling.services.media_files import ACCEPTED
from workspaces.forms.seen import SeenField

COLUMNS = ("title", "body", "link", "labels")
TITLE, BODY, LINK, LABELS = (ContentItem._meta.get_field(name) for name in COLUMNS)
THEN = ((Status.SCHEDULED, _("Schedule")), (Status.DRAFT, _("Keep as draft")))
UTM_LABELS = {
    "source": _("Source"),
    "medium": _("Medium"),
    "campaign": _("Campaign"),
    "content": _("Content"),
    "term": _("Term"),
}
UTM_EXAMPLES = {"source": "{platform}", "medium": "social", "campaign": "spring-menu"}


class ManyFiles(forms.ClearableFileInput):
    """A box that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Some files, or none; what they are is the service's to say."""

    widget = ManyFiles(attrs={"multiple": True, "accept": ",".join(ACCEPTED)})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files."""
        return list(data) if isinstance(data, list | tuple) else [data] if data else []


class WordsForm(PageForm):
    """What is said."""

    title = forms.CharField(
        label=_("Title"),
        max_length=TITLE.max_length,
        help_text=_("For your team: this is what the calendar shows."),
        strip=True,
    )
    body = TextField(label=_("Text"), max_length=BODY.max_length, required=False)
    own = TextField(
        label=_("Another text, for this account only"),
        max_length=BODY.max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    link = forms.URLField(
        label=_("Link"),
        max_length=LINK.max_length,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    labels = forms.CharField(
        label=_("Labels"), max_length=LABELS.max_length, required=False, help_text=LABELS.help_text, strip=True
    )
    files = FilesField(label=_("Pictures and films"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for word in UTM_WORDS:
            box = forms.TextInput(attrs={"placeholder": UTM_EXAMPLES.get(word, "")})
            self.fields[f"utm_{word}"] = forms.CharField(
                label=UTM_LABELS[word], required=False, max_length=200, widget=box
            )

    @property
    def utm_fields(self) -> list[forms.BoundField]:
        """The boxes of the link's tags."""
        return [self[f"utm_{word}"] for word in UTM_WORDS]

    @property
    def is_tagged(self) -> bool:
        """Whether any tag is filled in, or wrong."""
        return any(field.value() or field.errors for field in self.utm_fields)

    def said(self, account: ChannelAccount, before: ContentItem | None = None) -> dict[str, Any]:
        """Return what was typed, as the columns of a content item; texts of other accounts stay."""
        given, key = self.cleaned_data, str(account.pk)
        others = {name: text for name, text in (before.account_variants if before else {}).items() if name != key}
        return {
            **{name: given[name] for name in COLUMNS},
            "utm": {word: given[f"utm_{word}"] for word in UTM_WORDS if given[f"utm_{word}"]},
            "account_variants": {**others, key: {"body": given["own"]}} if given["own"] else others,
        }


class NewWordsForm(WordsForm):
    """What is said for the first time, and perhaps for which campaign."""

    campaign = forms.ModelChoiceField(
        Campaign.objects.none(), label=_("Campaign"), required=False, empty_label=_("No campaign")
    )

    def __init__(self, *args: Any, campaigns: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = campaigns

    def said(self, account: ChannelAccount, before: ContentItem | None = None) -> dict[str, Any]:
        """Return what was typed, with the campaign."""
        return {**super().said(account, before), "campaign": self.cleaned_data["campaign"]}


class ThenForm(forms.Form):
    """Whether the words are a promise or not yet: the button that was pressed."""

    then = forms.ChoiceField(choices=THEN, required=False, widget=forms.HiddenInput)

    def clean_then(self) -> str:
        """Return the state that the post gets; Enter in a field schedules."""
        return self.cleaned_data["then"] or Status.SCHEDULED


class FillForm(NewWordsForm, ThenForm):
    """New words for an empty slot."""


class EditForm(WordsForm):
    """Changed words; `seen` is when the writer's version was saved."""

    seen = SeenField()


class TrayForm(PageForm, ThenForm):
    """Words that wait in the tray, for an empty slot."""

    content = forms.ModelChoiceField(
        ContentItem.objects.none(), label=_("Unscheduled content"), empty_label=_("Choose …")
    )

    def __init__(self, *args: Any, contents: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["content"].queryset = contents


class CommentForm(PageForm):
    """A remark for the team."""

    text = TextField(
        label=_("Comment"),
        required=False,  # The service says it better.
        widget=forms.Textarea(attrs={"rows": 2}),
    )
