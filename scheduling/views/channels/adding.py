"""Adding a brand or an account, and changing a brand."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.models import Brand
from scheduling.models import ChannelAccount
from scheduling.services.accounts import save_account
from scheduling.services.brands import delete_brand, save_brand
from scheduling.views.asking import ask
from scheduling.views.channels.forms import BrandForm, NewAccountForm, RowForm
from workspaces.api.errors import status_of
from workspaces.errors import Conflict, Invalid, NotFound
from workspaces.lookup import by_reference
from workspaces.pages import UNREADABLE, Page
from workspaces.roles import ADMIN, WRITE


class SmallForm(Page):
    """A page with one form; a refusal shows it again with what was typed."""

    scope = write_scope = WRITE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        return self.show(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save it, or say why not."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=UNREADABLE)
        try:
            return self.save(form)
        except (Conflict, Invalid) as refusal:
            form.refuse(refusal)
            return self.show(form, status=status_of(refusal))

    def show(self, form: RowForm, *, status: int = 200) -> HttpResponse:
        """Answer with the page."""
        context = {"form": form, "back": reverse("channels"), **self.words()}
        return render(self.request, "scheduling/channels_form.html", context, status=status)

    def form(self, data: Any = None) -> RowForm:
        """Return the form, empty or as it was typed."""
        raise NotImplementedError

    def save(self, form: RowForm) -> HttpResponse:
        """Make the one service call, and go on."""
        raise NotImplementedError

    def words(self) -> dict[str, Any]:
        """Return the title of the page and what its button says."""
        raise NotImplementedError


class AddBrand(SmallForm):
    """`/channels/brands/add/`."""

    def brand(self) -> Brand:
        """Return the brand that is made or changed."""
        return Brand(workspace=self.workspace, timezone=self.workspace.timezone, created_at=self.now)

    def form(self, data: Any = None) -> BrandForm:
        """Return the form of a brand."""
        return BrandForm(data, instance=self.brand())

    def save(self, form: BrandForm) -> HttpResponse:
        """Save it."""
        brand = save_brand(brand=form.instance, seen=form.cleaned_data["seen"], now=self.now, actor=self.caller.actor)
        messages.success(self.request, _("Saved the brand %(brand)s.") % {"brand": brand})
        return redirect("channels")

    def words(self) -> dict[str, Any]:
        """Return what the page says."""
        return {"title": _("Add a brand"), "button": _("Add the brand")}


class ChangeBrand(AddBrand):
    """`/channels/brands/<id>/`."""

    def brand(self) -> Brand:
        """Return the brand that the address names.

        :raises NotFound: if there is none.
        """
        found = Brand.objects.filter(workspace=self.workspace, pk=self.kwargs["pk"]).first()
        if found is None:
            raise NotFound(_("There is no such brand in this workspace."))
        return found

    def words(self) -> dict[str, Any]:
        """Return what the page says."""
        brand = self.brand()
        delete = reverse("brand-delete", args=[brand.pk])
        return {"title": str(brand), "button": _("Save"), "delete": delete, "delete_words": _("Delete this brand")}


class DeleteBrand(ChangeBrand):
    """`/channels/brands/<id>/delete/`: asks, then deletes a brand that has nothing."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Ask."""
        brand = self.brand()
        return ask(
            request,
            brand,
            title=_("Delete the brand %(brand)s?") % {"brand": brand},
            button=_("Delete this brand"),
            back=reverse("brand", args=[pk]),
            back_words=brand.name,
        )

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Delete it, or say what it has."""
        brand = self.brand()
        try:
            delete_brand(brand=brand, now=self.now, actor=self.caller.actor)
        except Conflict as refusal:
            messages.error(request, refusal.message)
            return redirect("brand", pk)
        messages.success(request, _("Deleted the brand %(brand)s.") % {"brand": brand})
        return redirect("channels")


class AddAccount(SmallForm):
    """`/channels/add/?brand=…`."""

    scope = write_scope = ADMIN

    def form(self, data: Any = None) -> NewAccountForm:
        """Return the form of an account in the sandbox."""
        brands = Brand.objects.filter(workspace=self.workspace)
        account = ChannelAccount(workspace=self.workspace, created_at=self.now)
        chosen = by_reference(brands, self.request.GET.get("brand"))
        return NewAccountForm(data, instance=account, brands=brands, initial={"brand": chosen})

    def save(self, form: NewAccountForm) -> HttpResponse:
        """Save it, and go on to its rules."""
        account = save_account(account=form.instance, now=self.now, actor=self.caller.actor).account
        messages.success(self.request, _("Added %(account)s. Now say how often it posts.") % {"account": account})
        return redirect("channel", account.pk)

    def words(self) -> dict[str, Any]:
        """Return what the page says."""
        hint = _("It starts in the sandbox: nothing goes out until you connect it.")
        return {"title": _("Add an account"), "button": _("Add the account"), "hint": hint}
