"""Forms with files: no more is read than may come, whether the sender says how much it is or not."""

from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.files.uploadhandler import MemoryFileUploadHandler
from rest_framework.exceptions import ParseError

from workspaces.api.parsing import TooLarge
from workspaces.api.uploads import Upload

TYPE = "multipart/form-data; boundary=x"
FORM = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n%s\r\n--x--\r\n'


class Small(Upload):
    """At most 1,000 bytes."""

    largest = 1_000


def parse(body, **meta):
    """Parse a body as a request with these headers."""
    request = SimpleNamespace(
        META={"CONTENT_TYPE": TYPE, **meta}, upload_handlers=[MemoryFileUploadHandler()], encoding=None
    )
    return Small().parse(BytesIO(body), TYPE, {"request": request})


@pytest.mark.parametrize("length", ["", "-1", "200"])
def test_a_file_comes_whole_whether_its_length_was_said_or_not(length):
    found = parse(FORM % b"hello", CONTENT_LENGTH=length)

    assert found.files["file"].read() == b"hello"


def test_a_body_that_says_it_is_too_large_is_not_read():
    with pytest.raises(TooLarge, match="larger than 0 MB"):
        parse(FORM % b"hello", CONTENT_LENGTH="1001")


def test_a_body_that_does_not_say_how_large_it_is_is_read_as_far_as_it_may_be():
    with pytest.raises(TooLarge):
        parse(FORM % (b"x" * 2_000), CONTENT_LENGTH="-1")


def test_a_form_without_a_boundary_is_malformed():
    with pytest.raises(ParseError, match="cannot be read"):
        parse(FORM % b"hello", CONTENT_LENGTH="200", CONTENT_TYPE="multipart/form-data")
