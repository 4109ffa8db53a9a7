"""Addresses of the description."""

from django.urls import path

from marketmind.description import views

urlpatterns = [
    path("api/v1/schema", views.schema, name="schema"),
    path("api/v1/schema/", views.schema),
    path("docs", views.swagger, name="docs"),
    path("docs/", views.swagger),
    path("redoc", views.redoc, name="redoc"),
    path("redoc/", views.redoc),
]
