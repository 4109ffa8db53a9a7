"""What Django says in forms is said as we speak to people: in Spanish by tú, on our pages as in the admin."""

import re

import pytest
from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils import translation

from marketmind.words_of_django import OF_FIELDS, OF_PASSWORDS, OF_THE_ADMIN

USTED = re.compile(r"\b(Aseg[uú]rese|Introdu[zc]ca|Introduza|Escoja|Seleccione|Corrija|Env[ií]e|usted|su|Su)\b")


class Everything(forms.Form):
    """A field of each kind that our forms have."""

    number = forms.IntegerField(max_value=5)
    least = forms.IntegerField(min_value=5)
    whole = forms.IntegerField()
    part = forms.FloatField()
    mail = forms.EmailField()
    address = forms.URLField(assume_scheme="https")
    day = forms.DateField()
    at = forms.TimeField()
    moment = forms.DateTimeField()
    one = forms.ChoiceField(choices=[("a", "a")])
    some = forms.MultipleChoiceField(choices=[("a", "a")])
    text = forms.CharField(max_length=1)
    long = forms.CharField(min_length=5)
    slug = forms.SlugField()
    key = forms.UUIDField()
    json = forms.JSONField()
    picture = forms.ImageField()


@pytest.fixture(autouse=True)
def _in_spanish():
    with translation.override("es"):
        yield


def test_no_form_says_usted():
    wrong = dict.fromkeys(Everything.base_fields, "tres ñ") | {"number": "9", "least": "1", "long": "ñ"}

    said = [str(one) for errors in Everything(wrong).errors.values() for one in errors]

    assert len(said) == len(Everything.base_fields)
    assert "Escribe un valor menor o igual que 5." in said
    assert "Escribe como máximo 1 carácter (hay 6)." in said
    assert [one for one in said if USTED.search(one)] == []


@pytest.mark.django_db
def test_no_form_of_passwords_says_usted(cast):
    change = PasswordChangeForm(cast.owner, {"old_password": "x", "new_password1": "1234", "new_password2": "1234"})
    enter = AuthenticationForm(data={"username": "owner", "password": "x"})

    said = [str(one) for form in (change, enter) for errors in form.errors.values() for one in errors]
    said += [str(change.fields["new_password1"].help_text)]

    assert "Tu contraseña actual no es esa. Escríbela de nuevo." in said
    assert [one for one in said if USTED.search(one)] == []


def test_each_of_these_words_is_ours():
    mine = [translation.gettext(one) for one in (*OF_FIELDS, *OF_PASSWORDS, *OF_THE_ADMIN) if isinstance(one, str)]

    assert [one for one in mine if USTED.search(one)] == []
