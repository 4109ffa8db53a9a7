"""What bodies hold: fields that every resource uses."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from rest_framework import serializers

from workspaces.lookup import by_reference


class Shape(serializers.Serializer):
    """A body that says nothing unknown: a name that is spelled wrongly is refused, not passed over.

    What can only be read may be sent back; it is left alone.
    """

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Return what was given, checked.

        :raises ValidationError: by field.
        """
        if isinstance(data, Mapping):
            unknown = [str(name) for name in data if name not in self.fields and name not in OF_THE_CALL]
            if unknown:
                raise serializers.ValidationError(
                    {name[:100]: ["There is no such field here."] for name in unknown[:10]}
                )
        return super().to_internal_value(data)


OF_THE_CALL = {"tenant_id", "business_id"}


class RowShape(Shape, serializers.ModelSerializer):
    """A body that is a row. What a row may be is the service's to say, not the shape's."""

    def get_validators(self) -> list:
        """Return none: the table's constraints are checked, and said, by the service."""
        return []


class Reference(serializers.RelatedField):
    """A row of the caller's workspace, by its id or, where it has one, its `external_ref`.

    :param rows: the model; its rows of the view's workspace can be named.
    """

    default_error_messages = {"missing": "There is no {name} '{given}' in this workspace."}

    def __init__(self, rows: type[Model], **options: Any) -> None:
        self.rows = rows
        super().__init__(queryset=rows.objects.none(), **options)

    def use_pk_only_optimization(self) -> bool:
        """Read the id without loading the row."""
        return True

    def to_internal_value(self, data: Any) -> Model:
        """Return the row.

        :raises ValidationError: if there is none.
        """
        rows = self.rows.objects.filter(workspace=self.context["view"].workspace)
        named = data if isinstance(data, str | int) and not isinstance(data, bool) else None
        found = by_reference(rows, named)
        if found is None:
            self.fail("missing", name=self.rows._meta.verbose_name, given=str(data)[:100])
        return found

    def to_representation(self, value: Any) -> str:
        """Return the id."""
        return str(value.pk)
