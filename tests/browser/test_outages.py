"""What a script of a page shows of an answer that says in words why nothing can be saved."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SEND = """(said) => document.body.dispatchEvent(new CustomEvent("htmx:responseError", {
  bubbles: true, detail: { xhr: { getResponseHeader: (name) => (name === "MarketMind-Said" ? said : null) } },
}))"""


def test_a_toast_has_the_servers_words_and_where_it_sent_none_our_own(open_page):
    page = open_page("/calendar/?month=2026-11")
    toast = page.locator("#toasts .toast-error")
    page.wait_for_function("document.readyState === 'complete'")

    page.evaluate(SEND, "La%20base%20est%C3%A1%20llena%3A%20%3Cb%3E")
    expect(toast).to_have_text("La base está llena: <b>")

    toast.get_by_role("button").click()
    page.evaluate(SEND, None)
    expect(toast).to_contain_text("Nothing was changed by this page")
