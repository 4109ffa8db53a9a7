"""The queue shows what stands ahead on each account, and changes the order of it, with a script and without."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.tests.factories import BrandFactory, ContentItemFactory
from scheduling.models import PostInstance
from scheduling.services.pauses import pause
from scheduling.services.queues import A_PAGE, FIRST_FEW
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory, PublishedFactory, SlotFactory
from scheduling.tests.pages.markup import Markup
from workspaces.tests.admin_pages import said

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def fill(account, number):
    return [
        PostInstanceFactory(
            channel_account=account,
            scheduled_for=NOW + (place + 1) * HOUR,
            content_item__title=f"Story of roast {place + 1}",
        )
        for place in range(number)
    ]


def titles(answer):
    return [one.text for one in Markup(answer).all("span", "queue-title")]


def test_what_stands_ahead_is_listed_in_order_open_and_filled(editor, account):
    SlotFactory(channel_account=account, scheduled_for=NOW + 5 * HOUR)
    fill(account, 2)
    PublishedFactory(channel_account=account)
    PostInstanceFactory(channel_account=account, status="skipped", scheduled_for=NOW + 6 * HOUR)

    answer = editor.get("/queue/")

    assert titles(answer) == ["Story of roast 1", "Story of roast 2", "Fill this slot"]
    assert "3 ahead, 1 open" in Markup(answer).text()


def test_times_are_the_accounts_own(editor, account):
    fill(account, 1)

    assert Markup(editor.get("/queue/")).one("time", "queue-when").text == "Fri 20 Nov 11:00"


def test_what_one_hears_of_an_open_slot_is_in_words(editor, account):
    SlotFactory(channel_account=account, scheduled_for=NOW + HOUR)

    page = Markup(editor.get("/queue/"))

    assert page.one("button", "step", name="version").text == "Skip: Open slot, Fri 20 Nov 11:00"


def test_a_paused_account_is_shown_and_says_so(editor, account):
    fill(account, 1)
    pause(thing=account.brand, now=NOW, actor="user:ana")

    answer = editor.get("/queue/")

    assert titles(answer) == ["Story of roast 1"]
    assert "Paused: its due posts wait" in Markup(answer).text()


def test_a_long_queue_shows_its_beginning_and_is_paged_alone(editor, account):
    fill(account, A_PAGE + 3)

    short, whole = editor.get("/queue/"), editor.get(f"/queue/?channel_account={account.pk}")
    second = editor.get(f"/queue/?channel_account={account.pk}&page=2")
    beyond = editor.get(f"/queue/?channel_account={account.pk}&page=99")

    assert len(titles(short)) == FIRST_FEW
    assert f"{A_PAGE + 3 - FIRST_FEW} more" in Markup(short).text()
    assert len(titles(whole)) == A_PAGE
    assert titles(second) == [f"Story of roast {A_PAGE + number}" for number in (1, 2, 3)]
    assert titles(beyond) == titles(second)


def test_filters_narrow_and_what_they_say_wrongly_is_told(editor, account):
    other = ChannelAccountFactory(brand=BrandFactory(workspace=account.workspace, name="Harbor & Pine"))
    fill(account, 1)

    narrowed = Markup(editor.get(f"/queue/?brand={other.brand_id}"))
    wrong = Markup(editor.get("/queue/?brand=nonsense&page=-1"))

    assert [one["id"] for one in narrowed.all("section", "queue-account")] == [f"queue-{other.pk}"]
    assert "There is no brand 'nonsense'" in wrong.text()
    assert len(wrong.all("section", "queue-account")) == 2


def test_the_number_of_queries_does_not_grow(editor, account):
    def queries(address):
        with CaptureQueriesContext(connection) as found:
            editor.get(address)
        return len(found)

    fill(account, 1)
    few = queries("/queue/")
    for brand in BrandFactory.create_batch(5, workspace=account.workspace):
        ContentItemFactory.create_batch(2, brand=brand)
        for one in ChannelAccountFactory.create_batch(3, brand=brand):
            fill(one, 8)

    assert queries("/queue/") == few <= 12
    fill(ChannelAccountFactory(brand=account.brand), 100)
    assert queries(f"/queue/?channel_account={account.pk}") <= 13


def test_a_step_leads_back_to_the_queue_and_says_where_it_stands(editor, account):
    _, second = fill(account, 2)
    query = f"?channel_account={account.pk}"

    answer = editor.post(f"/queue/{second.pk}/earlier/{query}", {"version": "1"})

    assert answer.url == f"/queue/{query}#queue-{account.pk}"
    assert said(answer) == ["“Story of roast 2” stands at Fri 20 Nov, 11:00 now."]
    assert titles(editor.get("/queue/")) == ["Story of roast 2", "Story of roast 1"]


def test_a_script_gets_the_account_as_it_stands_and_a_toast(editor, account):
    first, _, third = fill(account, 3)

    answer = editor.post(f"/queue/{third.pk}/place/", {"of": first.pk}, headers={"HX-Request": "true"})

    page = Markup(answer) if b"<body" in answer.content else answer.content.decode()
    assert titles_in(page) == [3, 1, 2]
    assert "stands at Fri 20 Nov, 11:00 now." in page


def titles_in(text):
    places = {number: text.index(f"Story of roast {number}</span>") for number in (1, 2, 3)}
    return sorted(places, key=places.get)


def test_a_refusal_is_told_and_nothing_moves(editor, account):
    _, second = fill(account, 2)

    answer = editor.post(f"/queue/{second.pk}/earlier/", {"version": "9"})

    assert "Somebody else changed this post meanwhile" in said(answer)[0]
    assert titles(editor.get("/queue/")) == ["Story of roast 1", "Story of roast 2"]


def test_a_place_is_skipped(editor, account):
    slot = SlotFactory(channel_account=account, scheduled_for=NOW + HOUR)

    answer = editor.post(f"/queue/{slot.pk}/skip/", {"version": "1"})

    slot.refresh_from_db()
    assert slot.status == "skipped"
    assert said(answer) == ["Skipped what stood at Fri 20 Nov, 11:00: it is not made again."]


def test_content_of_the_tray_goes_to_the_next_free_slot(editor, account):
    content = ContentItemFactory(brand=account.brand, title="Winter menu")
    SlotFactory(channel_account=account, scheduled_for=NOW + HOUR)

    offered = Markup(editor.get("/queue/")).all("option", value=str(content.pk))
    answer = editor.post("/queue/next-free/", {"account": account.pk, "content": content.pk})

    assert [one.text for one in offered] == ["Winter menu"]
    assert said(answer) == ["Scheduled “Winter menu” for Fri 20 Nov, 11:00. The next open slot of the cadence."]
    assert PostInstance.objects.get().content_item == content


def test_who_only_reads_sees_no_buttons_and_may_not_press_them(signed_in, account):
    first, second = fill(account, 2)
    viewer = signed_in("viewer")

    assert Markup(viewer.get("/queue/")).all("div", "queue-do") == []
    for action in ("earlier", "later", "place", "skip"):
        assert viewer.post(f"/queue/{second.pk}/{action}/", {"of": first.pk}).status_code == 403
    assert viewer.post("/queue/next-free/", {}).status_code == 403


def test_a_post_of_another_workspace_is_not_found(editor, cast):
    foreign = PostInstanceFactory(channel_account__brand__workspace=cast.elsewhere)

    for action in ("earlier", "later", "place", "skip"):
        assert editor.post(f"/queue/{foreign.pk}/{action}/", {"of": foreign.pk}).status_code == 404
