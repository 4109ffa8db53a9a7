"""What q2 keeps of its own work, for pruning: of what succeeded only the last 100 stay by themselves."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django_q.models import Task

from publishing.services.pruning import Prunable

KEPT_FOR = timedelta(days=30)  # Long enough to look into what went wrong in the background.


def _failed_tasks(now: datetime) -> QuerySet:
    return Task.objects.filter(success=False, stopped__lt=now - KEPT_FOR)


OF_THE_QUEUE = (Prunable("failed_tasks", _failed_tasks),)
