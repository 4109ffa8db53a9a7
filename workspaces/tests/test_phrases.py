"""What is made and kept in English is read in the language of the page, and nothing else is touched."""

import pytest
from django.utils import translation

from workspaces.errors import Invalid, in_english
from workspaces.phrases import phrased


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        ("The batch was canceled.", "El lote se canceló."),
        (
            "Another post stands at the same time; the gap is 30min.",
            "Otra publicación está a la misma hora; la separación es de 30min.",
        ),
        (
            "There is no time within 60 days that respects 30min gap.",
            "No hay ninguna hora en un plazo de 60 días que respete la separación de 30min.",
        ),
        (
            'Adjusted 1min forward to respect 9:00–12:00 window, blackout "Moving, and rest" and 30min gap',
            'Retrasada 1min para respetar la franja 9:00–12:00, el bloqueo "Moving, and rest" y la separación de 30min',
        ),
        (
            "Nothing was sent in 3 tries: The service answered 500.",
            "No se envió nada en 3 intentos: El servicio respondió 500.",
        ),
        (
            "It broke off with Boom. The platform will be asked.",
            "Se cortó con Boom. Se preguntará a la plataforma.",
        ),
    ],
)
def test_a_sentence_of_the_system_is_read_in_the_language_of_the_page(kept, read):
    with translation.override("es"):
        assert phrased(kept) == read


@pytest.mark.parametrize("written", ["Closed for moving and rest", "a launch", "Sale: 3 posts a day", "", "100% done"])
def test_what_a_person_wrote_stays(written):
    with translation.override("es"):
        assert phrased(written) == written


def test_what_came_from_outside_stays_within_a_sentence():
    with translation.override("es"):
        said = phrased("The receiver refused the post: 422, “The file is empty.”.")

    assert said == "El receptor rechazó la publicación: 422, “The file is empty.”."


@pytest.mark.parametrize("language", ["en", "en-us"])
def test_in_english_everything_stays(language):
    with translation.override(language):
        assert phrased("The batch was canceled.") == "The batch was canceled."


def test_a_refusal_in_the_words_of_a_rule_is_read_too_and_kept_in_english():
    with translation.override("es"):
        shown = Invalid("The file is empty.", errors={"file": ["The file is empty."]})
        with in_english():
            kept = Invalid("The file is empty.")

    assert (str(shown), shown.errors, str(kept)) == (
        "El archivo está vacío.",
        {"file": ["El archivo está vacío."]},
        "The file is empty.",
    )
