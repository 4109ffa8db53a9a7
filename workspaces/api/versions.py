"""`ETag` and `If-Match`: two editors do not overwrite each other."""

import re

from rest_framework.request import Request

from workspaces.errors import Invalid

A_TAG = re.compile(r'(?:W/)?"([0-9]{1,9})"')


def etag(version: int) -> str:
    """Return a version as an entity tag."""
    return f'"{version}"'


def wanted_version(request: Request) -> int | None:
    """Return the version that a change is meant for; None takes whatever stands there.

    :raises Invalid: if `If-Match` is not a tag of ours, or several.
    """
    given = request.headers.get("If-Match", "").strip()
    if given in ("", "*"):
        return None
    found = A_TAG.fullmatch(given)
    if found is None:
        said = 'If-Match has to be the ETag that came with the row, such as "3".'
        raise Invalid(said, errors={"If-Match": [said]})
    return int(found.group(1))
