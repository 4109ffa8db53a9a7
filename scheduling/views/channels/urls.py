"""Addresses of the pages of channel accounts."""

from django.urls import path

from scheduling.views.channels import adding, blackouts, editor, page

ONE = "channels/<uuid:pk>/"

urlpatterns = [
    path("channels/", page.ChannelsPage.as_view(), name="channels"),
    path("channels/add/", adding.AddAccount.as_view(), name="channel-add"),
    path("channels/brands/add/", adding.AddBrand.as_view(), name="brand-add"),
    path("channels/brands/<uuid:pk>/", adding.ChangeBrand.as_view(), name="brand"),
    path("channels/brands/<uuid:pk>/delete/", adding.DeleteBrand.as_view(), name="brand-delete"),
    path(ONE, editor.ChannelPage.as_view(), name="channel"),
    path(f"{ONE}preview/", editor.PreviewChannel.as_view(), name="channel-preview"),
    path(f"{ONE}off-grid/", editor.RemoveOffGrid.as_view(), name="channel-off-grid"),
    path(f"{ONE}delete/", editor.DeleteChannel.as_view(), name="channel-delete"),
    path(f"{ONE}pause/", page.PauseChannel.as_view(), name="channel-pause"),
    path(f"{ONE}resume/", page.ResumeChannel.as_view(), name="channel-resume"),
    path(f"{ONE}blackouts/", blackouts.AddBlackout.as_view(), name="blackout-add"),
    path(f"{ONE}blackouts/<uuid:blackout>/lift/", blackouts.LiftBlackout.as_view(), name="blackout-lift"),
]
