"""Addresses of the queue."""

from django.urls import path

from scheduling.views.queue import actions, page

ONE = "queue/<uuid:pk>/"

urlpatterns = [
    path("queue/", page.QueuePage.as_view(), name="queue"),
    path("queue/next-free/", actions.NextFree.as_view(), name="queue-next-free"),
    path(f"{ONE}earlier/", actions.Step.as_view(direction="earlier"), name="queue-earlier"),
    path(f"{ONE}later/", actions.Step.as_view(direction="later"), name="queue-later"),
    path(f"{ONE}place/", actions.TakePlace.as_view(), name="queue-place"),
    path(f"{ONE}skip/", actions.SkipPlace.as_view(), name="queue-skip"),
]
