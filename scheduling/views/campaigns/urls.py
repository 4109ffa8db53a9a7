"""Addresses of campaigns, and of the plan that a client reads."""

from django.urls import path

from scheduling.views.campaigns import changing, page, sharing
from scheduling.views.shared import SharedPicture, SharedPlan

ONE = "campaigns/<uuid:pk>/"

urlpatterns = [
    path("campaigns/", page.CampaignsPage.as_view(), name="campaigns"),
    path("campaigns/add/", changing.AddCampaign.as_view(), name="campaign-add"),
    path(ONE, page.CampaignPage.as_view(), name="campaign"),
    path(f"{ONE}edit/", changing.ChangeCampaign.as_view(), name="campaign-edit"),
    path(f"{ONE}delete/", changing.DeleteCampaign.as_view(), name="campaign-delete"),
    path(f"{ONE}spread/", changing.SpreadCampaign.as_view(), name="campaign-spread"),
    path(f"{ONE}share/", sharing.ShareCampaign.as_view(), name="campaign-share"),
    path(f"{ONE}links/<uuid:link>/revoke/", sharing.RevokeLink.as_view(), name="campaign-revoke"),
    path("shared/<str:token>/", SharedPlan.as_view(), name="shared"),
    path("shared/<str:token>/pictures/<uuid:pk>/", SharedPicture.as_view(), name="shared-picture"),
]
