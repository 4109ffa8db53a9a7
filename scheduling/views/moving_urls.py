"""Where hands move what stands on the calendar."""

from django.urls import path

from scheduling.views.drops import Drops
from scheduling.views.many import Many
from scheduling.views.moves import Moves
from scheduling.views.runs import RunPage

urlpatterns = [
    path("calendar/moves/", Moves.as_view(), name="moves"),
    path("calendar/many/", Many.as_view(), name="many"),
    path("calendar/drops/", Drops.as_view(), name="drops"),
    path("calendar/runs/", RunPage.as_view(), name="runs"),
]
