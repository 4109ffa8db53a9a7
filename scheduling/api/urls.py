"""Addresses below /api/v1/."""

from scheduling.api.accounts import ChannelAccounts
from scheduling.api.batches import urls as batches
from scheduling.api.blackouts import Blackouts
from scheduling.api.brands import Brands
from scheduling.api.campaigns import Campaigns
from scheduling.api.content import ContentItems
from scheduling.api.engagement import Engagements, ManyEngagements
from scheduling.api.exchange import ExportView, ImportView
from scheduling.api.feeds import CalendarFeeds, renewal
from scheduling.api.media import MediaFile, MediaFiles
from scheduling.api.plan import CalendarView, TopOffView
from scheduling.api.posts.bulk import Bulk
from scheduling.api.posts.resource import PostInstances
from scheduling.api.posts.verbs import VERBS
from scheduling.api.recurrences import Recurrences
from workspaces.api.resources import routes
from workspaces.api.views import both

urlpatterns = [
    *batches.urlpatterns,
    *both("marketing/scheduler/topoff", TopOffView.as_view(), "api-topoff"),
    *both("marketing/calendar", CalendarView.as_view(), "api-calendar"),
    *(
        route
        for verb, view in VERBS.items()
        for route in both(f"post-instances/<str:key>/{verb}", view.as_view(), f"api-{verb}")
    ),
    *(
        route
        for name, view in (("brands", Brands), ("campaigns", Campaigns), ("channel-accounts", ChannelAccounts))
        for verb in ("pause", "resume")
        for route in both(f"{name}/<str:key>/{verb}", view.as_view({"post": verb}), f"api-{name}-{verb}")
    ),
    *both("import", ImportView.as_view(), "api-import"),
    *both("export", ExportView.as_view(), "api-export"),
    *both("post-instances/bulk", Bulk.as_view(), "api-bulk"),
    *routes("post-instances", PostInstances),
    *routes("blackouts", Blackouts),
    *routes("recurrences", Recurrences),
    *renewal(),
    *routes("calendar-feeds", CalendarFeeds),
    *routes("brands", Brands),
    *routes("campaigns", Campaigns),
    *routes("channel-accounts", ChannelAccounts),
    *routes("content-items", ContentItems),
    *both("engagement/bulk", ManyEngagements.as_view({"post": "bulk"}), "api-engagement-bulk"),
    *routes("engagement", Engagements),
    *routes("media", MediaFiles),
    *both("media/<str:key>/file", MediaFile.as_view({"get": "file"}), "api-media-file"),
]
