"""Writing content that has no time yet, changing it, and deleting what never had a post."""

from copy import copy
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Brand, Campaign, ContentItem
from scheduling.models import PostInstance
from scheduling.services.content import NOT_STANDING, delete_content, save_content
from scheduling.services.library import one_of_each_platform
from scheduling.views.asking import ask
from scheduling.views.attached import Attached, attach
from scheduling.views.composing import Composer, Look
from scheduling.views.library.forms import ContentForm, initial_of
from workspaces.api.errors import status_of
from workspaces.errors import Conflict, Invalid, NotFound, Stale
from workspaces.lookup import by_reference
from workspaces.pages import UNREADABLE, Page
from workspaces.roles import WRITE


class AddContent(Page):
    """`/content/add/?brand=…&campaign=…`."""

    scope = write_scope = WRITE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        content = self.content()
        return self.show(content, self.form(content, initial=self.initial(content)), Attached(self.carried(content)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save it, or say why not; files stay even where the words are refused."""
        content = self.content()
        form = self.form(content, request.POST, request.FILES)
        form.is_valid()
        attached = attach(self, request, form.cleaned_data.get("brand"))
        for problem in attached.problems:
            form.add_error("files", problem)
        if not form.is_valid():
            return self.show(content, form, attached, status=UNREADABLE)
        given = {"version": form.cleaned_data["version"], "media": attached.ids}
        try:
            save_content(content=form.write_into(copy(content)), now=self.now, actor=self.caller.actor, **given)
        except Stale as refusal:  # Whoever saves again has read that somebody else did.
            form.add_error(None, refusal.message)
            form.data = {**form.data.dict(), "version": refusal.version}
            return self.show(content, form, attached, status=status_of(refusal))
        except (Conflict, Invalid) as refusal:
            form.refuse(refusal)
            return self.show(content, form, attached, status=status_of(refusal))
        messages.success(request, _("Saved “%(title)s”.") % {"title": form.cleaned_data["title"]})
        return redirect("content-edit", content.pk) if "stay" in request.POST else redirect("content")

    def content(self) -> ContentItem:
        """Return what is written or changed."""
        return ContentItem(workspace=self.workspace, created_at=self.now)

    def form(self, content: ContentItem, data: Any = None, files: Any = None, **kwargs: Any) -> ContentForm:
        """Return the form, with what can be chosen."""
        brands = Brand.objects.filter(workspace=self.workspace)
        campaigns = Campaign.objects.filter(workspace=self.workspace)
        return ContentForm(data, files, name="content", brands=brands, campaigns=campaigns, **kwargs)

    def initial(self, content: ContentItem) -> dict[str, Any]:
        """Return what the address names, or the only brand there is."""
        campaign = by_reference(Campaign.objects.filter(workspace=self.workspace), self.request.GET.get("campaign"))
        brands = Brand.objects.filter(workspace=self.workspace)
        named = by_reference(brands, self.request.GET.get("brand"))
        only = brands.first() if brands.count() == 1 else None
        brand = campaign.brand_id if campaign else named.pk if named else only and only.pk
        return {"brand": brand, "campaign": campaign and campaign.pk}

    def carried(self, content: ContentItem) -> list[Any]:
        """Return the files that it carries."""
        return []

    def show(self, content: ContentItem, form: ContentForm, attached: Attached, *, status: int = 200) -> HttpResponse:
        """Answer with the page: the form, and how the words look on each platform of the brand."""
        brand = Brand.objects.filter(workspace=self.workspace, pk=as_uuid(form["brand"].value())).first()
        media = self.carried(content) if attached.media is None else attached.media
        typed = copy(content)
        typed.title, typed.body, typed.link = (str(form[name].value() or "") for name in ("title", "body", "link"))
        looks = [Look(one, typed, media) for one in one_of_each_platform(brand)] if brand else []
        unsaved = f"{self.request.user.pk}:content:{'new' if content._state.adding else content.pk}"
        context = {
            "form": form,
            "content": content,
            "composer": Composer(looks, media, unsaved, content.version),
            **self.beside(content),
        }
        with timezone.override(self.zone):
            return render(self.request, "scheduling/content_form.html", context, status=status)

    def beside(self, content: ContentItem) -> dict[str, Any]:
        """Return what stands beside the form."""
        return {"title": _("Write content"), "posts": []}


class ChangeContent(AddContent):
    """`/content/<id>/`: its words, its files, and where it stands."""

    def content(self) -> ContentItem:
        """Return the content item of the address.

        :raises NotFound: if the workspace has no such one.
        """
        rows = ContentItem.objects.filter(workspace=self.workspace, is_placeholder=False)
        found = rows.select_related("brand", "campaign").filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise NotFound(_("There is no such content in this workspace."))
        return found

    def initial(self, content: ContentItem) -> dict[str, Any]:
        """Return it as it stands."""
        return initial_of(content)

    def carried(self, content: ContentItem) -> list[Any]:
        """Return the files that it carries, in their order."""
        rows = content.attachments.select_related("media").order_by("position", "id")
        return [one.media for one in rows]

    def beside(self, content: ContentItem) -> dict[str, Any]:
        """Return its posts that stand."""
        posts = PostInstance.objects.filter(content_item=content).exclude(status__in=NOT_STANDING)
        posts = posts.with_everything().order_by("scheduled_for", "id")
        return {"title": content.title, "posts": posts, "delete_url": reverse("content-delete", args=[content.pk])}


class DeleteContent(ChangeContent):
    """`/content/<id>/delete/`: asks, then deletes one that never had a post."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Ask."""
        content = self.content()
        return ask(
            request,
            content,
            title=_("Delete “%(title)s”?") % {"title": content.title},
            button=_("Delete this text"),
            back=reverse("content-edit", args=[pk]),
            back_words=content.title,
            stays=_("Its files stay in the workspace."),
        )

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Delete it, or say why not."""
        content = self.content()
        try:
            delete_content(content=content, now=self.now, actor=self.caller.actor)
        except Conflict as refusal:
            messages.error(request, refusal.message)
            return redirect("content-edit", pk)
        messages.success(request, _("Deleted “%(title)s”.") % {"title": content.title})
        return redirect("content")


def as_uuid(value: object) -> UUID | None:
    """Return the id that a form holds, or None."""
    try:
        return value if isinstance(value, UUID) else UUID(str(value))
    except ValueError:
        return None
