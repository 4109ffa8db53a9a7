"""Addresses of the library."""

from django.urls import path

from scheduling.views.library import page, scheduling, writing

ONE = "content/<uuid:pk>/"

urlpatterns = [
    path("content/", page.ContentPage.as_view(), name="content"),
    path("content/add/", writing.AddContent.as_view(), name="content-add"),
    path(ONE, writing.ChangeContent.as_view(), name="content-edit"),
    path(f"{ONE}delete/", writing.DeleteContent.as_view(), name="content-delete"),
    path(f"{ONE}next-free/", scheduling.ScheduleContent.as_view(), name="content-next-free"),
]
