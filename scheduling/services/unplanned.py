"""Which accounts nothing is planned for."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from scheduling.models import ChannelAccount, PostInstance, Status

PROMISED = (Status.SCHEDULED, Status.PENDING, Status.PUBLISHING)


def without_plan(accounts: QuerySet[ChannelAccount], *, now: datetime) -> QuerySet[ChannelAccount]:
    """Return those of some accounts that are switched on and have no post ahead that goes out by itself."""
    own = PostInstance.objects.filter(workspace=OuterRef("workspace"), channel_account=OuterRef("pk"))
    promised = own.filter(scheduled_for__gt=now, status__in=PROMISED)
    return accounts.filter(~Exists(promised), is_active=True)
