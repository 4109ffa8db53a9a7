"""Pages of publishing."""

from django.urls import path

from publishing.views.outbox import OutboxPage

urlpatterns = [path("outbox/", OutboxPage.as_view(), name="outbox")]
