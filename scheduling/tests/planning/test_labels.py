"""Labels: words by which content is found and gathered."""

import pytest

from campaigns.models import ContentItem
from campaigns.tests.factories import ContentItemFactory
from scheduling.services.labels import label_contents, labelled, labels_of, read_labels
from scheduling.tests.factories import NOW
from workspaces.errors import Invalid
from workspaces.models import LedgerEvent

WHO = {"now": NOW, "actor": "user:ana"}


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("", []),
        ("launch", ["launch"]),
        (" Winter  sale ,launch,, LAUNCH", ["launch", "Winter sale"]),
        ("b,a", ["a", "b"]),
    ],
)
def test_labels_are_read_once_each_and_in_order(text, labels):
    assert read_labels(text) == labels


@pytest.mark.parametrize("text", ["x" * 41, ",".join("abcdefghijk"), "\u200b", "a\x00"])
def test_what_is_no_label_is_refused(text):
    with pytest.raises(Invalid):
        read_labels(text)


@pytest.mark.django_db
def test_content_gets_labels_and_loses_them_and_the_ledger_knows():
    content = ContentItemFactory(labels="launch")

    assert label_contents(contents=[content.pk], add=["Evergreen", "Launch"], **WHO) == 1
    assert label_contents(contents=[content.pk], remove=["LAUNCH"], **WHO) == 1
    assert label_contents(contents=[content.pk], remove=["launch"], **WHO) == 0

    content.refresh_from_db()
    assert labels_of(content) == ["Evergreen"]
    events = LedgerEvent.objects.filter(event_type="content_labeled").order_by("id")
    assert [one.metadata["labels"] for one in events] == [["Evergreen", "launch"], ["Evergreen"]]


@pytest.mark.django_db
def test_content_is_found_by_a_whole_label_whatever_its_case():
    sale = ContentItemFactory(labels="launch, Winter sale")
    ContentItemFactory(labels="winter")

    assert list(labelled(ContentItem.objects.all(), "winter sale")) == [sale]
    assert not labelled(ContentItem.objects.all(), "sale").exists()
