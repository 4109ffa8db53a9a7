"""Pages of the plan."""

from django.urls import path

from scheduling.views import actions, comments, decisions, words
from scheduling.views.calendar import CalendarPage, DayPage, TopOffAction
from scheduling.views.campaigns.urls import urlpatterns as campaigns
from scheduling.views.channels.urls import urlpatterns as channels
from scheduling.views.days import Days
from scheduling.views.exchange_urls import urlpatterns as exchange
from scheduling.views.feeds import Feed
from scheduling.views.first_run.urls import urlpatterns as first_run
from scheduling.views.library.urls import urlpatterns as library
from scheduling.views.moving_urls import urlpatterns as moving
from scheduling.views.new import NewPost
from scheduling.views.pauses import PauseAction, ResumeAction
from scheduling.views.pictures import Thumbnail
from scheduling.views.posts import PostPage
from scheduling.views.queue.urls import urlpatterns as queue
from scheduling.views.recurrences.urls import urlpatterns as recurrences
from scheduling.views.settings.urls import urlpatterns as settings
from scheduling.views.uploads import Uploads

POST = "calendar/posts/<uuid:pk>/"

urlpatterns = [
    path("feeds/<str:token>.ics", Feed.as_view(), name="feed"),
    path("media/<uuid:pk>/small/", Thumbnail.as_view(), name="thumbnail"),
    path("calendar/", CalendarPage.as_view(), name="calendar"),
    path("calendar/days/", Days.as_view(), name="days"),
    path("calendar/day/<str:day>/", DayPage.as_view(), name="day"),
    *moving,
    *exchange,
    path("calendar/top-off/", TopOffAction.as_view(), name="top-off"),
    path("calendar/pause/", PauseAction.as_view(), name="pause"),
    path("calendar/resume/", ResumeAction.as_view(), name="resume"),
    path("calendar/media/", Uploads.as_view(), name="media-upload"),
    path("calendar/new/", NewPost.as_view(), name="new-post"),
    path(POST, PostPage.as_view(), name="post"),
    path(f"{POST}fill/", words.Fill.as_view(), name="post-fill"),
    path(f"{POST}fill-from-tray/", actions.FillFromTray.as_view(), name="post-fill-from-tray"),
    path(f"{POST}edit/", words.Edit.as_view(), name="post-edit"),
    path(f"{POST}schedule/", actions.Schedule.as_view(), name="post-schedule"),
    path(f"{POST}schedule-at/", actions.ScheduleAt.as_view(), name="post-schedule-at"),
    path(f"{POST}comments/", comments.Say.as_view(), name="post-comment"),
    path(f"{POST}comments/<uuid:comment>/", comments.TakeBack.as_view(), name="post-comment-back"),
    path(f"{POST}move/", actions.Move.as_view(), name="post-move"),
    path(f"{POST}use-nearest/", actions.UseNearest.as_view(), name="post-use-nearest"),
    path(f"{POST}take-out/", actions.TakeOut.as_view(), name="post-take-out"),
    path(f"{POST}skip/", actions.Skip.as_view(), name="post-skip"),
    path(f"{POST}cancel/", actions.Cancel.as_view(), name="post-cancel"),
    path(f"{POST}undo/", actions.Undo.as_view(), name="post-undo"),
    path(f"{POST}publish-now/", actions.PublishNow.as_view(), name="post-publish-now"),
    path(f"{POST}requeue/", decisions.Requeue.as_view(), name="post-requeue"),
    path(f"{POST}confirm/", decisions.Confirm.as_view(), name="post-confirm"),
    *first_run,
    *channels,
    *queue,
    *recurrences,
    *campaigns,
    *library,
    *settings,
]
