"""Calling the API with an `Idempotency-Key`."""

import json

from django.http import HttpResponse

from workspaces.tests.calling import Api

PATH = "/api/v1/blackouts"
FAIR = {"starts_at": "2026-12-24T00:00:00Z", "ends_at": "2026-12-27T00:00:00Z", "reason": "Christmas fair"}


class Keyed(Api):
    """A caller that sends a key with each POST."""

    def keyed(self, key: str = "one", body: object = FAIR, path: str = PATH) -> HttpResponse:
        """POST a JSON body under a key."""
        headers = {**self.headers, "idempotency-key": key}
        return self.client.generic("POST", path, json.dumps(body).encode(), "application/json", headers=headers)
