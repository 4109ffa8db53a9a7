"""Parts of pages that are the same for everybody."""

from django.template import engines
from django.utils.translation import override

SEEN = "{% translate 'Calendar' %}{% if shown %}, {{ name }}{% endif %}"
TEXT = f"{{% load fixed i18n %}}{{% fixed shown %}}{SEEN}{{% endfixed %}}"


def test_what_is_fixed_is_drawn_anew_for_another_language_or_value_and_for_nothing_else():
    drawn = engines["django"].from_string(TEXT)

    found = []
    for language, shown in (("en", False), ("es", False), ("en", True), ("en", False)):
        with override(language):
            found.append(drawn.render({"shown": shown}))

    assert found == ["Calendar", "Calendario", "Calendar, ", "Calendar"]
    assert len(drawn.template.nodelist[-1].drawn) == 3


def test_nothing_of_one_reader_comes_into_what_another_sees(rf):
    drawn = engines["django"].from_string(TEXT)

    for name in ("Anna", "Berta"):
        assert name not in drawn.render({"shown": True, "name": name}, rf.get("/"))
