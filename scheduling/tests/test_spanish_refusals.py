"""Refusals that hold a sentence within a sentence are Spanish to the last word where the reader is."""

import pytest
from django.utils import translation

from campaigns.tests.factories import ContentItemFactory
from scheduling.services.accounts import account_problems, delete_account
from scheduling.services.fitting import too_long
from scheduling.services.importing.csv_file import csv_rows
from scheduling.services.importing.decoding import decoded
from scheduling.services.importing.json_file import json_rows
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory
from workspaces.errors import Conflict, Invalid

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_spanish():
    with translation.override("es"):
        yield


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"schedule_times": ["25:99"]}, "“25:99” no es una hora del día. Escríbela como 18:00, de 00:00 a 23:59."),
        ({"gap_minutes": 99_999}, "La separación es de una semana como máximo: 10080 minutos."),
    ],
)
def test_a_rule_of_an_account(values, said):
    account = ChannelAccountFactory()
    for name, value in values.items():
        setattr(account, name, value)

    assert account_problems(account) == {next(iter(values)): [said]}


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (lambda: decoded(b"PK\x03\x04"), "Guárdalo como UTF-8"),
        (lambda: decoded("a\nñ".encode("latin-1")), "el archivo no es UTF-8. Contiene el byte 0xF1"),
        (lambda: json_rows("[nada]"), "esto no es JSON (se esperaba un valor)."),
        (lambda: csv_rows('title\n"Cata'), "Línea 2: "),
    ],
)
def test_a_file_that_cannot_be_read(read, said):
    with pytest.raises(Invalid) as refused:
        read()

    assert said in refused.value.message
    assert not {"the", "and", "row", "file", "it"} & set(refused.value.message.split())


def test_a_text_that_is_too_long():
    account = ChannelAccountFactory()
    content = ContentItemFactory(brand=account.brand, body="x" * 400, link="")

    assert too_long(content, account) == "Demasiado largo para X (por 120: 400 de 280)."


def test_what_has_posts_names_them_and_the_way_on():
    post = PostInstanceFactory()

    with pytest.raises(Conflict) as refused:
        delete_account(account=post.channel_account, now=NOW, actor="command")

    said = "de ahí depende 1 publicación o hueco. Desactívala en su lugar: lo que publicó se queda."
    assert refused.value.message.endswith(said)
