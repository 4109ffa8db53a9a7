"""What people write: into an open slot, or anew into a post."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from campaigns.models import ContentItem
from scheduling.forms import PageForm
from scheduling.services.content import save_content, write_and_fill
from scheduling.views.actions import Action, placed
from scheduling.views.attached import attach
from scheduling.views.parts import ALL
from scheduling.views.post_forms import edit_form, fill_form
from workspaces.errors import Refusal
from workspaces.forms.seen import see_newest


class Words(Action):
    """A form with words and files; the files stay even where the words are refused."""

    redraws = ALL

    def words_form(self, data: Any) -> PageForm:
        """Return the form of the words."""
        raise NotImplementedError

    def form(self, data: Any) -> PageForm:
        """Return the form of the words; a file that cannot be used makes it wrong."""
        form = self.words_form(data)
        self.attached = attach(self, self.request, self.post_instance.channel_account.brand)
        if form.is_valid():
            for problem in self.attached.problems:
                form.add_error("files", problem)
        return form


class Fill(Words):
    """Write new words into an open slot."""

    name = "fill"

    def words_form(self, data: Any) -> PageForm:
        """Return the form of the words."""
        return fill_form(self.post_instance, data, self.request.FILES)

    def act(self, form: Any) -> str:
        """Write and fill."""
        account = self.post_instance.channel_account
        said = form.said(account)
        content = ContentItem(workspace=self.workspace, brand=account.brand, created_at=self.now, **said)
        status, media = form.cleaned_data["then"], self.attached.ids
        made = write_and_fill(content=content, status=status, media=media, **self.service)
        return placed(self.request, made)


class Edit(Words):
    """Change what a post says."""

    name = "edit"

    def words_form(self, data: Any) -> PageForm:
        """Return the form of the words."""
        return edit_form(self.post_instance, data, self.request.FILES)

    def act(self, form: Any) -> str:
        """Save the words."""
        content = self.post_instance.content_item
        for name, value in form.said(self.post_instance.channel_account, content).items():
            setattr(content, name, value)
        who = {"now": self.now, "actor": self.caller.actor}
        save_content(content=content, seen=form.cleaned_data["seen"], media=self.attached.ids, **who)
        return _("Saved.")

    def refused(self, form: Any, refusal: Refusal) -> HttpResponse:
        """Show the refusal beside the newest text: whoever saves again has seen that one."""
        newest = ContentItem.objects.values_list("updated_at", flat=True).get(pk=self.post_instance.content_item_id)
        see_newest(form, newest)
        return super().refused(form, refusal)
