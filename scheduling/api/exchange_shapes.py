"""What the import takes and gives."""

from collections.abc import Mapping
from typing import IO, Any

from rest_framework import serializers
from rest_framework.fields import empty
from rest_framework.parsers import BaseParser

from scheduling.api.posts.shapes import WarningShape
from scheduling.services.importing import FORMATS, KINDS, MOST_BYTES, OF_POSTS, Result
from workspaces.api.fields import Shape
from workspaces.api.parsing import TooLarge, announced
from workspaces.api.uploads import Upload

FOR_WORDS = 1024 * 1024  # What a form may have besides the file.


class ImportUpload(Upload):
    """A form with a file and a few words."""

    largest = MOST_BYTES + FOR_WORDS


class CsvText(BaseParser):
    """The file itself as the body."""

    media_type = "text/csv"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping | None = None) -> bytes:
        """Return the body.

        :raises TooLarge: if it is.
        """
        if announced(parser_context) > MOST_BYTES or len(found := stream.read(MOST_BYTES + 1)) > MOST_BYTES:
            raise TooLarge(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB. Split it.")
        return found


class Switch(serializers.BooleanField):
    """A yes or no that has a default: REST framework takes one that a form leaves out for a no."""

    default_empty_html = empty


class ImportShape(Shape):
    """The file and how it comes in. The options may also stand in the address."""

    file = serializers.FileField(required=False, allow_empty_file=True, help_text="A .csv or .json file in UTF-8.")
    format = serializers.ChoiceField(list(FORMATS), required=False, help_text="Without it, the file's name says it.")
    kind = serializers.ChoiceField(list(KINDS), default=OF_POSTS, help_text="What the rows are.")
    dry_run = Switch(default=True, help_text="Answer every row, and change nothing.")
    partial = Switch(default=False, help_text="Import the good rows although others are refused.")
    starting = serializers.DateField(
        required=False, help_text="Move all times by whole weeks, so that the earliest is in the week from this day on."
    )


class CellErrorShape(serializers.Serializer):
    """Why a row is refused."""

    field = serializers.CharField(allow_null=True, help_text="The column; null where it is the row as a whole.")
    message = serializers.CharField()


class ImportRowShape(serializers.Serializer):
    """A row of the file: `planned` is made by an import that is no dry run."""

    row = serializers.IntegerField(help_text="From 1.")
    line = serializers.IntegerField(allow_null=True, help_text="Of a CSV: on which it begins.")
    title = serializers.CharField()
    channel_account = serializers.CharField(help_text="As the file calls it; for other kinds the brand, or empty.")
    status = serializers.ChoiceField(["planned", "created", "already_there", "refused"])
    result = serializers.ChoiceField([one.value for one in Result], help_text="What it becomes, or became.")
    scheduled_for = serializers.DateTimeField(allow_null=True)
    local_time = serializers.CharField(allow_null=True)
    timezone = serializers.CharField(allow_null=True)
    warnings = WarningShape(many=True)
    notes = serializers.ListField(child=serializers.CharField())
    reason = serializers.CharField(allow_null=True, help_text="The same as the error's message.")
    error = CellErrorShape(allow_null=True)
    id = serializers.UUIDField(allow_null=True, help_text="The post instance, or what else was made, once it is.")


class ImportReportShape(serializers.Serializer):
    """What came of a file, or would come of it."""

    imported = serializers.BooleanField(help_text="Whether the rows that are not refused have come in.")
    dry_run = serializers.BooleanField()
    partial = serializers.BooleanField()
    weeks_moved = serializers.IntegerField()
    total = serializers.IntegerField()
    counts = serializers.DictField(child=serializers.IntegerField(), help_text="How many rows have each result.")
    rows = ImportRowShape(many=True)

    def to_representation(self, instance: Any) -> Any:
        """Return a report that is a document already."""
        return instance
