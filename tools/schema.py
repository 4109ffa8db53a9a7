"""`make schema`: writes docs/openapi.json, the description of the API as its views say it."""

import django
from django.utils.module_loading import import_string

from tools.settings import ROOT

PLACE = ROOT / "docs" / "openapi.json"


def main() -> None:
    """Write it."""
    django.setup()
    PLACE.write_bytes(import_string("marketmind.description.document.as_bytes")())


if __name__ == "__main__":
    main()
