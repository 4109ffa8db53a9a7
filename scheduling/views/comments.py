"""Comments of the team on a post's page."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from campaigns.models import Comment
from scheduling.forms import CommentForm, PageForm
from scheduling.services.comments import comment, take_back
from scheduling.views.actions import Action
from scheduling.views.parts import TALK
from scheduling.views.posts import COMMENT
from workspaces.errors import NotFound


class Say(Action):
    """Say something about what a post says."""

    name = COMMENT
    redraws = TALK

    def form(self, data: Any) -> PageForm:
        """Return the form of the text."""
        return CommentForm(data, name=self.name)

    def act(self, form: PageForm) -> str:
        """Keep it."""
        who = {"now": self.now, "actor": self.caller.actor}
        comment(content=self.post_instance.content_item, text=form.cleaned_data["text"], **who)
        return _("Your comment is there for the team.")


class TakeBack(Action):
    """Take a comment of one's own back."""

    redraws = TALK

    def post(self, request: HttpRequest, pk: UUID, comment: UUID) -> HttpResponse:
        """Take it back.

        :raises NotFound: if it is not there (any more).
        """
        found = Comment.objects.filter(pk=comment, content_item=self.post_instance.content_item_id).first()
        if found is None:
            raise NotFound(_("There is no such comment any more."))
        self.comment = found
        return super().post(request, pk)

    def act(self, form: PageForm) -> str:
        """Delete it."""
        take_back(comment=self.comment, now=self.now, actor=self.caller.actor)
        return _("Your comment is taken back.")
