"""CSV files: headers, quotation marks, encodings; what is something else is named, with what would be right."""

import codecs

import pytest

from campaigns.models import ContentItem
from scheduling.services.importing import Result
from scheduling.services.importing.csv_file import csv_rows
from scheduling.tests.factories import ChannelAccountFactory
from scheduling.tests.importing import HEADER, bring_in_file, csv_of
from workspaces.errors import Invalid

RIGHT = f"The columns are {HEADER}, in any order; those after the title may be missing."
ROW = "Cata,Ven,,lumen-x,2026-12-01T09:30"


def refusal(data: bytes) -> str:
    account = ChannelAccountFactory(external_ref="lumen-x")
    with pytest.raises(Invalid) as refused:
        bring_in_file(account.workspace, data)
    assert not ContentItem.objects.exists()
    return refused.value.message


@pytest.mark.django_db
def test_columns_stand_in_any_order_and_their_names_in_any_case():
    account = ChannelAccountFactory(external_ref="lumen-x")
    data = b"Scheduled_For, BODY ,title,Channel_Account,link\n2026-12-01T09:30,Ven,Cata,lumen-x,\n"

    report = bring_in_file(account.workspace, data)

    assert report.rows[0].result == Result.SCHEDULED
    assert (ContentItem.objects.get().title, ContentItem.objects.get().body) == ("Cata", "Ven")


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_rows_are_the_same_with_and_without_a_mark_and_with_any_line_ends(mark, line_end):
    text = f'{HEADER}\n"Café, dos","uno\ndos ""tres""",,lumen-x,\nCata,🥐,,lumen-x,\n'.replace("\n", line_end)

    rows = csv_rows(text)

    assert [row.cells["title"] for row in rows] == ["Café, dos", "Cata"]
    assert rows[0].cells["body"] == f'uno{line_end}dos "tres"'


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_header_says_what_separates_the_columns(separator):
    header = HEADER.replace(",", separator)
    text = f'\n{header}\n"Cata, café; uno\t|",Ven,,lumen-x,\n'.replace(",Ven,,lumen-x,", "{0}Ven{0}{0}lumen-x{0}")

    rows = csv_rows(text.format(separator))

    assert rows[0].cells == {
        "title": "Cata, café; uno\t|",
        "body": "Ven",
        "link": "",
        "channel_account": "lumen-x",
        "scheduled_for": "",
    }


@pytest.mark.django_db
def test_what_spanish_spreadsheets_write_comes_in():
    account = ChannelAccountFactory(external_ref="lumen-x")
    data = 'title;body;channel_account;scheduled_for\r\nCata;"Ven; trae taza, y ya";lumen-x;2026-12-01T09:30\r\n'

    report = bring_in_file(account.workspace, codecs.BOM_UTF8 + data.encode())

    assert report.rows[0].result == Result.SCHEDULED
    assert (ContentItem.objects.get().body, ContentItem.objects.get().link) == ("Ven; trae taza, y ya", "")


@pytest.mark.django_db
def test_columns_that_may_be_empty_may_be_missing():
    account = ChannelAccountFactory(external_ref="lumen-x")

    report = bring_in_file(account.workspace, b"title,body\nCata,Ven\n")

    assert report.rows[0].result == Result.TRAY


def test_every_row_knows_its_number_and_the_line_on_which_it_begins():
    text = f'{HEADER}\n\n"Uno","a\nb\nc",,lumen-x,\n,,,,\nDos,d,,lumen-x,\n'

    rows = csv_rows(text)

    assert [(row.number, row.line) for row in rows] == [(1, 3), (2, 7)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Cata,Ven,,lumen-x", "The row has 4 cells instead of 5. Write the commas of empty cells too."),
        ("Cata,Ven, trae taza,,lumen-x,", "The row has 6 cells instead of 5. Put text that holds commas in"),
        ("Cata", "The row has 1 cell instead of 5."),
    ],
)
@pytest.mark.django_db
def test_a_row_with_too_many_or_too_few_cells_is_refused_and_the_others_are_answered(line, said):
    account = ChannelAccountFactory(external_ref="lumen-x")

    report = bring_in_file(account.workspace, f"{HEADER}\n{line}\n{ROW}\n".encode())

    assert report.rows[0].reason.startswith(said)
    assert report.rows[0].title == "Cata"
    assert report.rows[1].result == Result.SCHEDULED


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Cata;Ven", "The row has 2 cells instead of 3. Write the semicolons of empty cells too."),
        ("Cata;Ven;;", "The row has 4 cells instead of 3. Put text that holds semicolons in quotation marks."),
    ],
)
def test_what_is_wrong_with_a_row_is_said_with_the_separator_of_the_file(line, said):
    assert csv_rows(f"title;body;link\n{line}\n")[0].problem == said


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("body,link,channel_account,scheduled_for", f"Line 1: title is missing. {RIGHT}"),
        ("title,body,link,channel_account,date", f"Line 1: “date” is not a column. {RIGHT}"),
        ("body;link;date", f"Line 1: title is missing, “date” is not a column. {RIGHT}"),
        (f"{HEADER},title", f"Line 1: title stands twice. {RIGHT}"),
        (f"{HEADER},", f"Line 1: a column has no name. {RIGHT}"),
        (f"\n\n{ROW}", "Line 3: title is missing"),
    ],
)
@pytest.mark.django_db
def test_a_wrong_header_is_refused_with_the_right_one(header, said):
    assert refusal(f"{header}\n{ROW}\n".encode()).startswith(said)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty."),
        (codecs.BOM_UTF8 + b" \n \n", "The file is empty."),
        (f"{HEADER}\n".encode(), "There are no posts below the header."),
        (f"{HEADER}\n,,,,\n".encode(), "There are no posts below the header."),
        (f'{HEADER}\n{ROW}\n"Cata,Ven\n\n'.encode(), "Line 3: a quotation mark opens in this row and is never closed."),
        (f'{HEADER}\n"Cata" dos,,,,\n'.encode(), "Line 2: a quotation mark inside of quoted text has to be doubled"),
        (csv_of([{"title": "Muñón"}]).decode().encode("utf-16"), "Line 1: the file is UTF-16, not UTF-8."),
        (csv_of([{"title": "Muñón"}]).decode().encode("utf-16-le"), "Line 1: the file is UTF-16, not UTF-8."),
        (csv_of([{"title": "Muñón"}]).decode().encode("utf-32"), "Line 1: the file is UTF-32, not UTF-8."),
        (
            f"{HEADER}\n{ROW}\n\nUna peña,,,,".encode("latin-1"),
            "Line 4: the file is not UTF-8. It holds the byte 0xF1, “ñ”",
        ),
        (f"{HEADER}\r{ROW}\r“Hola”,,,,".encode("cp1252"), "Line 3: the file is not UTF-8. It holds the byte 0x93, ““”"),
        (b"PK\x03\x04 spreadsheet", "This is a spreadsheet or a ZIP, not a text file."),
        (f"{HEADER}\n".encode() + b"x" * (10 * 1024 * 1024), "The file is larger than 10 MB. Split it."),
        (
            f"{HEADER}\n".encode() + f"{ROW}\n".encode() * 5_001,
            "The file has 5,001 posts; 5,000 at once are the most. Split it.",
        ),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
@pytest.mark.django_db
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(data, said):
    assert refusal(data).startswith(said)


@pytest.mark.django_db
def test_a_field_as_large_as_the_file_refuses_its_row_alone():
    account = ChannelAccountFactory(external_ref="lumen-x")

    report = bring_in_file(account.workspace, csv_of([{"body": "x" * 9_000_000}, {"title": "Cata"}]), partial=True)

    assert report.rows[0].reason == "The body has 9,000,000 characters; 20,000 are the most."
    assert report.rows[1].result == Result.SCHEDULED
