"""What an `Idempotency-Key` may be, and by what a request is known."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from scheduling.models import Blackout
from workspaces.api.idempotency import digest
from workspaces.models import IdempotencyKey
from workspaces.services import idempotency
from workspaces.tests.calling import refused
from workspaces.tests.factories import NOW
from workspaces.tests.keyed import FAIR, PATH, Keyed

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(cast):
    return Keyed(cast.workspace)


@pytest.mark.parametrize("key", ["a", "a" * 255, "8e03978e-40d5-43dd-bc93-6894a57f9324", '"quoted and spaced"', "~!§"])
def test_any_printable_key_will_do(api, key):
    assert api.keyed(key).status_code == 201
    assert api.keyed(key)["Idempotency-Replayed"] == "true"


@pytest.mark.parametrize("key", ["", "a" * 256, "tab\there", "bell\x07"])
def test_a_key_that_cannot_be_one_is_refused(api, key):
    said = refused(api.keyed(key), 422, "validation_error")

    assert list(said["errors"]) == ["Idempotency-Key"]
    assert not Blackout.objects.exists()


def test_a_key_means_nothing_to_other_methods(api):
    made = api.post(PATH, FAIR).json()
    api.headers["idempotency-key"] = "one"

    answers = [api.send("PATCH", f"{PATH}/{made['id']}", json.dumps({"reason": text}).encode()) for text in "ab"]

    assert [one.json()["reason"] for one in answers] == ["a", "b"]
    assert not IdempotencyKey.objects.exists()


def form(*files, **fields):
    """Return a form as REST framework reads it."""
    found = MultiValueDict({name: [value] for name, value in fields.items()})
    found.setlist("file", [SimpleUploadedFile(name, content) for name, content in files])
    return found


def test_a_form_is_known_by_its_fields_and_files_and_its_files_can_still_be_read():
    cup, table = ("cup.png", b"a cup"), ("cup.png", b"a table")
    sent = form(cup, alt_text="A cup")

    known = digest(sent)

    assert known == digest(form(cup, alt_text="A cup"))
    assert known not in {
        digest(form(table, alt_text="A cup")),
        digest(form(cup)),
        digest(form(cup, cup, alt_text="A cup")),
    }
    assert sent["file"].read() == b"a cup"


def test_a_claim_that_was_taken_over_after_a_day_cannot_be_settled_by_its_first_owner():
    asked = idempotency.Asked("key:mm_x", "/blackouts", "one", "f" * 64)
    slow = idempotency.claim(asked=asked, now=NOW)
    idempotency.claim(asked=asked, now=NOW + timedelta(days=1))

    idempotency.settle(slow, status=201, answer=None)

    with pytest.raises(idempotency.Taken):
        idempotency.claim(asked=asked, now=NOW + timedelta(days=1))
