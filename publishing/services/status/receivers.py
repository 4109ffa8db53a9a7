"""What does not get through: webhooks and notices that are refused, and secrets that nobody can read any more."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Model

from publishing.models import (
    Credentials,
    DispatchStatus,
    NoticeDelivery,
    NoticeTarget,
    WebhookDelivery,
    WebhookEndpoint,
)
from publishing.models.fields import SecretLost

REFUSED_OFTEN = 3  # Fewer are a restart of the receiver.
LATELY = timedelta(days=1)
SECRETS: tuple[tuple[type[Model], str], ...] = (
    (Credentials, "secret"),
    (WebhookEndpoint, "secret"),
    (NoticeTarget, "url"),
)


def failing_webhooks() -> list[WebhookEndpoint]:
    """Return the endpoints to which something waits that was refused several times."""
    refused = WebhookDelivery.objects.filter(status=DispatchStatus.WAITING, attempts__gte=REFUSED_OFTEN)
    rows = WebhookEndpoint.objects.filter(pk__in=refused.order_by().values("endpoint"), is_active=True)
    return list(rows.defer("secret"))


def failing_targets(*, now: datetime) -> list[NoticeTarget]:
    """Return where notices could not be delivered lately."""
    failed = NoticeDelivery.objects.filter(status=DispatchStatus.FAILED, finished_at__gte=now - LATELY)
    rows = NoticeTarget.objects.filter(pk__in=failed.order_by().values("target"), is_active=True)
    return list(rows.select_related("workspace").defer("url"))


def lost_secrets() -> list[str]:
    """Return what has a secret that no key decrypts, in words; row by row only where one is lost."""
    return [said for model, field in SECRETS for said in _lost(model, field)]


def _lost(model: type[Model], field: str) -> Iterator[str]:
    secrets = model.objects.order_by("pk").values_list(field, flat=True)
    try:
        list(secrets)
    except SecretLost:
        for row in model.objects.order_by("pk").defer(field):
            try:
                secrets.get(pk=row.pk)
            except SecretLost:
                yield f"{model._meta.verbose_name} “{row}”"
