"""Pages of files of posts."""

from django.urls import path

from scheduling.views.exchange import ExportFile, HeldImport, ImportPage

urlpatterns = [
    path("calendar/import/", ImportPage.as_view(), name="import-posts"),
    path("calendar/import/<uuid:pk>/", HeldImport.as_view(), name="import-held"),
    path("calendar/export/", ExportFile.as_view(), name="export-posts"),
]
