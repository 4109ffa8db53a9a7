"""Reading many batches with how far each is, in one query."""

from django.db.models import Count, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from scheduling.models import ItemState, PostInstance, Schedule


def with_progress(rows: QuerySet[Schedule]) -> QuerySet[Schedule]:
    """Count the items of each batch, and the posts of those that have none (a campaign's)."""
    posts = PostInstance.objects.filter(schedule=OuterRef("pk")).order_by()
    count = posts.annotate(number=Func(F("pk"), function="COUNT", output_field=IntegerField())).values("number")
    return rows.annotate(
        item_count=Count("items"),
        placed_count=Count("items", filter=Q(items__state=ItemState.PLACED)),
        refused_count=Count("items", filter=Q(items__state=ItemState.REFUSED)),
        post_count=Coalesce(Subquery(count), 0),
    )
