"""Which addresses notices may go to: services of the network alone, and nothing that reads or runs what is here."""

import inspect
import re
import sys

import pytest
from apprise.manager_plugins import NotificationManager

from publishing.network.messengers import REFUSED_PARAMETERS, SERVICES, WrongAddress, check, masked

HERE = re.compile(r"^\s*(?:import|from)\s+(subprocess|syslog|dbus|gi|ctypes|win32\w+|socket|hid|ptyprocess)\b", re.M)
RUNS_OR_WRITES_HERE = "blink1 dbus file glib gnome growl kde macosx mqtt qt rsyslog smpp syslog vapid windows xmpp"


def every_schema():
    manager = NotificationManager()
    manager.load_modules()
    return {schema: manager[schema] for schema in manager.schemas(include_disabled=True)}


def test_every_service_that_is_allowed_exists_in_apprise_and_stays_off_this_machine():
    known = every_schema()

    sources = {schema: inspect.getsource(sys.modules[known[schema].__module__]) for schema in SERVICES}

    assert {schema: HERE.findall(source) for schema, source in sources.items() if HERE.search(source)} == {}


@pytest.mark.parametrize("schema", RUNS_OR_WRITES_HERE.split())
def test_what_runs_or_writes_on_this_machine_is_refused(schema):
    with pytest.raises(WrongAddress):
        check(f"{schema}://localhost/something")


def test_every_schema_of_apprise_that_is_not_allowed_is_refused():
    others = set(every_schema()) - SERVICES

    allowed = []
    for schema in others:
        try:
            check(f"{schema}://user:password@example.com/one/two")
            allowed.append(schema)
        except WrongAddress:
            continue

    assert len(others) > 50
    assert allowed == []


@pytest.mark.parametrize("name", sorted(REFUSED_PARAMETERS))
def test_a_parameter_that_reads_files_waits_or_adds_receivers_is_refused(name):
    with pytest.raises(WrongAddress, match=f"“{name}”"):
        check(f"json://example.com/?{name.upper()}=/etc/passwd")


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("", "not an address of a service"),
        ("ana@example.com", "not an address of a service"),
        ("https://example.com/hook", "not an address of a service"),
        ("config://example.com/all", "not an address of a service"),
        ("slack://", "Something is missing"),
        ("mailto://u:p@mail.example.com?to=a@example.com,b@example.com", "One receiver"),
    ],
)
def test_a_wrong_address_is_refused_with_a_sentence(address, why):
    with pytest.raises(WrongAddress, match=why):
        check(address)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (
            "json://ana:sesame@hooks.example.com:8443/team/token?+X-Key=hidden",
            "json://ana:****@hooks.example.com:8443/…",
        ),
        (
            "mailtos://plan:sesame@mail.example.com?from=plan@example.com&to=ana@example.com",
            "mailtos://plan:****@mail.example.com/ana@example.com",
        ),
        ("https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ", "slack://T...2/…"),
        ("discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js", "discord://4...8/…"),
    ],
)
def test_an_address_is_shown_without_what_may_be_secret_in_it(address, shown):
    assert masked(address) == shown
