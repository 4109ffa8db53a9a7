"""Small pictures on chips: made once, kept beside the file, and shown only to who may see it."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from campaigns.models import Attachment, Media
from scheduling.services.media import delete_media, keep_media
from scheduling.services.thumbnails import thumbnail_place
from scheduling.tests.factories import NOW, PostInstanceFactory
from scheduling.tests.pages.markup import Markup
from scheduling.tests.uploads import MP4

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo(cast):
    """A picture that lies on its side: 300 by 100 as a camera stored it, 100 by 300 as a person sees it."""
    image, data = Image.new("RGB", (300, 100), "teal"), BytesIO()
    image.paste((255, 0, 0), (0, 0, 150, 100))
    exif = image.getexif()
    exif[0x0112] = 6
    image.save(data, "JPEG", exif=exif)
    return keep(cast.workspace, data.getvalue(), "cup.jpg")


def keep(workspace, data, name):
    media = Media(workspace=workspace, created_at=NOW)
    return keep_media(media=media, upload=ContentFile(data, name), now=NOW, actor="user:ana")


def test_a_chip_shows_the_first_picture_of_what_it_carries(editor, account, photo):
    post = PostInstanceFactory(channel_account=account)
    film = keep(account.workspace, MP4, "cup.mp4")
    for position, media in enumerate((film, photo)):
        Attachment.objects.create(content_item=post.content_item, media=media, position=position)
    PostInstanceFactory(channel_account=account)

    for view in ("month", "week", "agenda"):
        (picture,) = Markup(editor.get(f"/calendar/?view={view}")).all("img")
        assert picture["src"] == f"/media/{photo.pk}/small/"
        assert editor.get(picture["src"]).status_code == 200


def test_a_small_picture_is_square_upright_and_made_once(editor, photo):
    first = editor.get(f"/media/{photo.pk}/small/")
    photo.file.storage.delete(photo.file.name)

    again = editor.get(f"/media/{photo.pk}/small/")

    small = Image.open(BytesIO(first.content)).convert("RGB")
    assert (first["Content-Type"], small.size) == ("image/webp", (128, 128))
    reds = [small.getpixel((64, height))[0] for height in (10, 118)]
    assert reds[0] > 200 > 100 > reds[1]  # What lay on the left is above.
    assert "immutable" in first["Cache-Control"]
    assert again.content == first.content


def test_a_film_and_a_file_that_is_gone_have_no_small_picture(editor, cast, photo):
    film = keep(cast.workspace, MP4, "cup.mp4")
    default_storage.delete(photo.file.name)

    assert [editor.get(f"/media/{one.pk}/small/").status_code for one in (film, photo)] == [404, 404]


def test_nobody_else_sees_it(signed_in, client, photo):
    assert signed_in("stranger").get(f"/media/{photo.pk}/small/").status_code == 404
    assert client.get(f"/media/{photo.pk}/small/").status_code == 302


def test_it_goes_with_its_file(editor, photo):
    editor.get(f"/media/{photo.pk}/small/")
    place = thumbnail_place(photo)
    assert default_storage.exists(place)

    delete_media(media=photo, now=NOW, actor="user:ana")

    assert not default_storage.exists(place)
