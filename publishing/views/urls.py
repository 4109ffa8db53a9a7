"""Pages of publishing."""

from django.urls import path

from publishing.views.notices import NoticesPage
from publishing.views.outbox import OutboxPage
from publishing.views.problems.actions import ConfirmDecision, RequeueDecision, SkipDecision
from publishing.views.problems.page import ProblemsPage
from publishing.views.settings.urls import urlpatterns as settings
from publishing.views.webhooks import ReplayWebhooks, TryWebhook, WebhooksPage

urlpatterns = [
    path("notices/", NoticesPage.as_view(), name="notices"),
    path("outbox/", OutboxPage.as_view(), name="outbox"),
    path("problems/", ProblemsPage.as_view(), name="problems"),
    path("problems/requeue/", RequeueDecision.as_view(), name="problems-requeue"),
    path("problems/skip/", SkipDecision.as_view(), name="problems-skip"),
    path("problems/confirm/", ConfirmDecision.as_view(), name="problems-confirm"),
    path("webhooks/", WebhooksPage.as_view(), name="webhooks"),
    path("webhooks/replay/", ReplayWebhooks.as_view(), name="webhooks-replay"),
    path("webhooks/test/", TryWebhook.as_view(), name="webhooks-test"),
    *settings,
]
