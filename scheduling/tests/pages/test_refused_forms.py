"""What a form shows of a refusal."""

from scheduling.forms import PageForm
from workspaces.errors import Invalid, Stale


def test_a_refusal_about_something_that_nobody_sees_stands_above_the_form():
    form = PageForm({"version": "3"})
    form.is_valid()

    form.refuse(Stale("Somebody else changed this meanwhile.", version=4))

    assert form.non_field_errors() == ["Somebody else changed this meanwhile."]


def test_a_refusal_that_names_an_unknown_field_stands_above_the_form():
    form = PageForm({})
    form.is_valid()

    form.refuse(Invalid("Too early.", errors={"starts_at": ["Too early."]}))

    assert form.non_field_errors() == ["Too early."]
