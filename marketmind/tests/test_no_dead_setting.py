"""No dead setting: whatever an operator or a person can set has a reader in the code."""

import ast
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import global_settings, settings

from campaigns.models import Brand, Campaign, ContentItem
from marketmind import env
from publishing.models import Credentials, NoticeTarget, WebhookEndpoint
from scheduling.models import Blackout, ChannelAccount
from workspaces.models import ApiKey, Membership, Workspace

ROOT = Path(settings.BASE_DIR)
APPS = ("workspaces", "campaigns", "scheduling", "publishing", "marketmind")
# They offer a setting, try it, or copy it to a file; that is not reading it.
WRITERS = {"admin", "api", "migrations", "tests", "demo.py", "forms.py", "stock"}
NOT_YET = {
    "LLM_BASE_URL": "the language model",
    "LLM_MODEL": "the language model",
    "LLM_API_KEY": "the language model",
}
"""Settings that the contract names and whose reader is still to be built; the README says so."""
ROWS_NOT_YET = {"Brand.voice": "the language model"}
SETTABLE = (Workspace, Membership, ApiKey, Brand, Campaign, ContentItem, ChannelAccount, Blackout, Credentials)
FIELDS = [
    (model, field)
    for model in (*SETTABLE, WebhookEndpoint, NoticeTarget)
    for field in model._meta.concrete_fields
    if field.editable and not field.primary_key and not field.is_relation
]


@cache
def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def sources():
    """Return the modules that may read a setting."""
    found = (path for app in APPS for path in (ROOT / app).rglob("*.py"))
    return [path for path in found if not WRITERS & set(path.relative_to(ROOT).parts)]


def reads(path):
    """Return what a module reads: attributes, and the parts of lookups such as `brand__timezone`."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            found.add(node.attr)
        elif isinstance(node, ast.keyword) and node.arg:
            found.update(node.arg.split("__"))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "models" not in path.parts:
            found.update(node.value.split("__"))
    return found


@cache
def everything_read():
    words = set().union(*(reads(path) for path in sources() if path != ROOT / "marketmind" / "settings.py"))
    sql = " ".join(path.read_text(encoding="utf-8") for app in APPS for path in (ROOT / app).glob("sql/*.py"))
    return words | set(sql.replace(".", " ").replace(",", " ").split())


def used_in_settings(name):
    """Return whether what settings.py reads by a name of the environment is used again below."""
    module = tree(ROOT / "marketmind" / "settings.py")
    targets = {
        target.id
        for node in module.body
        if isinstance(node, ast.Assign) and any(getattr(one, "value", None) == name for one in ast.walk(node.value))
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return any(
        isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in targets
        for node in ast.walk(module)
    )


def is_read(name):
    return hasattr(global_settings, name) or name in everything_read() or used_in_settings(name)


@pytest.mark.parametrize("name", sorted(env.asked.keys() - NOT_YET.keys()))
def test_a_setting_of_the_environment_has_a_reader(name):
    assert is_read(name)


@pytest.mark.parametrize("name", sorted(NOT_YET))
def test_a_setting_that_waits_for_its_reader_is_still_without_one(name):
    assert not is_read(name), "It is read by now: take it off the list, and out of the README's."


@pytest.mark.parametrize(("model", "field"), FIELDS, ids=lambda one: getattr(one, "name", None) or one.__name__)
def test_what_people_set_on_a_row_has_a_reader(model, field):
    waits = f"{model.__name__}.{field.name}" in ROWS_NOT_YET

    assert (field.name in everything_read()) is not waits


def test_a_name_that_nobody_reads_is_found_out():
    assert not is_read("minutes_between_" + "nothing")


def test_every_app_of_ours_is_looked_through():
    ours = {one.name for one in apps.get_app_configs() if Path(one.path).parent == ROOT}

    assert ours == set(APPS)
