"""`POST /api/v1/import` and `GET /api/v1/export`: many posts as a file."""

import json
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response

from scheduling.api.exchange_shapes import CsvText, ImportReportShape, ImportShape, ImportUpload
from scheduling.services.calendar import Filters
from scheduling.services.exporting import CONTENT_TYPES, export_file, file_name, read_end
from scheduling.services.importing import MOST_BYTES, OF_POSTS, as_document, format_of, import_file, refusal_of
from workspaces.api.errors import body
from workspaces.api.parsing import CarefulJSONParser
from workspaces.api.streaming import file_answer
from workspaces.api.views import WorkspaceView
from workspaces.errors import Invalid

FILTERS = ("brand", "channel_account", "platform", "status", "campaign")
KNOWN = {*FILTERS, "kind", "format", "from", "to", "tenant_id", "business_id"}
MEND = " Mend them, or import the others with partial=true."


class ImportView(WorkspaceView):
    """Import a CSV or JSON file. It is a dry run unless `dry_run=false`: look at the report first.

    A file has posts, or with `kind` what they are made of: content, campaigns or brands.

    The file comes in a form, or as the body itself (`text/csv`, or JSON: a list of objects). Every row is answered. All
    of them come in, or none; with `partial=true` those that are not refused. What stands already is left alone, so that
    a file can be sent twice.
    """

    parser_classes = (ImportUpload, CsvText, CarefulJSONParser)
    gives = ImportReportShape

    def post(self, request: Request) -> Response:
        """Import the file; a report whose refused rows keep everything out is a 422, with the report."""
        given = self._given(request)
        format, data = _file(request, given)
        report = import_file(
            workspace=self.workspace,
            kind=given["kind"],
            data=data,
            format=format,
            now=self.now,
            actor=self.caller.actor,
            dry_run=given["dry_run"],
            partial=given["partial"],
            starting=given.get("starting"),
        )
        document = as_document(report)
        if report.is_refused and not report.dry_run:
            said = refusal_of(report) + ("" if report.partial else MEND)
            return Response(body("validation_error", said, Invalid.__name__) | document, status=422)
        return Response(document, status=201 if report.is_kept and report.made else 200)

    def _given(self, request: Request) -> dict[str, Any]:
        """Return the options: of the address, and of a form."""
        form = request.data.dict() if hasattr(request.data, "dict") else {}
        shape = ImportShape(data={**request.query_params.dict(), **form})
        shape.is_valid(raise_exception=True)
        return shape.validated_data


class ExportView(WorkspaceView):
    """Export posts in the form that the import reads: CSV (the default) or JSON.

    With `kind` all of the workspace's content, campaigns or brands; only posts can be narrowed.
    Without a status it has what has content and was not skipped or canceled. `from` and `to` are dates in the
    workspace's zone or times; `to` is not part of it.
    """

    def get(self, request: Request) -> HttpResponseBase:
        """Stream the file."""
        given = request.query_params
        unknown = [name for name in given if name not in KNOWN]
        if unknown:
            raise Invalid(f"There is no parameter '{unknown[0][:50]}' here.", errors={unknown[0][:100]: ["Unknown."]})
        format = given.get("format") or "csv"
        kind = given.get("kind") or OF_POSTS
        parts = export_file(
            workspace=self.workspace,
            kind=kind,
            format=format,
            filters=Filters(**{name: given.get(name, "") for name in FILTERS}),
            start=read_end("from", given.get("from"), self.workspace.timezone),
            end=read_end("to", given.get("to"), self.workspace.timezone),
        )
        name = file_name(self.workspace, format, self.now, kind)
        return file_answer(request._request, parts, name=name, content_type=CONTENT_TYPES[format])


def _file(request: Request, given: dict[str, Any]) -> tuple[str, bytes]:
    """Return the format and the content of the file.

    :raises Invalid: if there is none.
    """
    if isinstance(request.data, bytes):
        return "csv", request.data
    if not hasattr(request.data, "dict"):
        return "json", json.dumps(request.data).encode()
    file = given.get("file")
    if not isinstance(file, UploadedFile):
        said = "Send the file in the form's field 'file', or as the body itself with Content-Type: text/csv."
        raise Invalid(said, errors={"file": [said]})
    return given.get("format") or format_of(file.name or ""), file.read(MOST_BYTES + 1)
