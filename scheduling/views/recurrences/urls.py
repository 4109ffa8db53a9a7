"""Addresses of what repeats."""

from django.urls import path

from scheduling.views.recurrences import changing, page

ONE = "recurrences/<uuid:pk>/"

urlpatterns = [
    path("recurrences/", page.RecurrencesPage.as_view(), name="recurrences"),
    path("recurrences/add/", changing.AddRecurrence.as_view(), name="recurrence-add"),
    path(ONE, changing.ChangeRecurrence.as_view(), name="recurrence"),
    path(f"{ONE}on/", page.SwitchRecurrence.as_view(is_on=True), name="recurrence-on"),
    path(f"{ONE}off/", page.SwitchRecurrence.as_view(), name="recurrence-off"),
    path(f"{ONE}delete/", page.DeleteRecurrence.as_view(), name="recurrence-delete"),
]
