"""What a person does in a browser, without one."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def sign_in(web: httpx.Client, username: str, password: str) -> None:
    """Sign in on the login page."""
    answer = _send(web, "/login/", "/login/", username=username, password=password)
    assert answer.url.path == "/calendar/", answer.text


def open_slot(web: httpx.Client, key: str, *, within: timedelta) -> dict[str, Any]:
    """Return the last open slot of the next days, from the calendar of the API."""
    today = datetime.now(UTC).date()
    asked = {"start_date": str(today + timedelta(days=1)), "end_date": str(today + within), "status": "planned"}
    answer = httpx.get(
        web.base_url.join("/api/v1/marketing/calendar"), params=asked, headers={"Authorization": f"Bearer {key}"}
    )
    assert answer.status_code == 200, answer.text
    return [slot for day in answer.json().values() for slot in day][-1]


def write_into(web: httpx.Client, slot_id: str, **words: str) -> httpx.Response:
    """Write new words into an open slot on its page."""
    page = f"/calendar/posts/{slot_id}/"
    return _send(web, page, f"{page}fill/", then="scheduled", **words)


def _send(web: httpx.Client, page: str, address: str, **fields: str) -> httpx.Response:
    shown = web.get(page)
    assert shown.status_code == 200, shown.text
    token = TOKEN.search(shown.text)[1]
    answer = web.post(address, data={**fields, "csrfmiddlewaretoken": token})
    assert answer.status_code == 200, answer.text
    return answer
