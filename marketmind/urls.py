"""Every address, in one list."""

from django.contrib import admin
from django.urls import include, path

from marketmind import errors, health, status_page
from marketmind.front import Favicon, Front, SignIn, SignOut
from marketmind.languages import choose
from marketmind.metrics.view import MetricsView

urlpatterns = [
    path("", Front.as_view(), name="home"),
    path("livez", health.livez, name="livez"),
    path("livez/", health.livez),
    path("health", health.HealthView.as_view(), name="health"),
    path("health/", health.HealthView.as_view()),
    path("api/v1/scheduling/health", health.HealthView.as_view()),
    path("api/v1/scheduling/health/", health.HealthView.as_view()),
    path("metrics", MetricsView.as_view(), name="metrics"),
    path("metrics/", MetricsView.as_view()),
    path("login/", SignIn.as_view(), name="login"),
    path("logout/", SignOut.as_view(), name="logout"),
    path("language/", choose, name="set_language"),
    path("favicon.ico", Favicon.as_view()),
    path("admin/status/", admin.site.admin_view(status_page.show), name="status"),
    path("admin/", admin.site.urls),
    path("", include("marketmind.description.urls")),
    path("api/v1/", include("workspaces.api.urls")),
    path("api/v1/", include("scheduling.api.urls")),
    path("", include("scheduling.api.scheduler.urls")),
    path("api/v1/", include("scheduling.api.scheduler.v1")),
    path("publishing/", include("publishing.api.urls")),
    path("api/v1/", include("publishing.api.v1")),
    path("api/v1/publishing/", include("publishing.api.urls")),
    path("", include("workspaces.views.urls")),
    path("", include("publishing.views.urls")),
    path("", include("scheduling.views.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
