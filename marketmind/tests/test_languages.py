"""Pages speak the language of who reads them; programs and what is kept, English."""

import pytest
from django.utils import translation

from campaigns.tests.factories import BrandFactory, ContentItemFactory
from scheduling.models import Schedule, Status
from scheduling.services.edit import restore
from scheduling.tests.factories import NOW, PostInstanceFactory
from scheduling.tests.planning.campaigning import campaign_of, spread
from workspaces.errors import Conflict

pytestmark = pytest.mark.django_db
SPANISH = {"Accept-Language": "es-MX,es;q=0.8"}


def test_a_page_refuses_in_the_language_that_the_browser_wishes(client, cast):
    client.force_login(cast.editor)

    page = client.get("/calendar/?tenant_id=nowhere", headers=SPANISH)

    assert page.headers["Content-Language"] == "es"
    assert "No hay nada en esta dirección." in page.content.decode()


def test_the_choice_in_the_menu_wins_over_the_browser(client, cast):
    client.force_login(cast.editor)

    client.post("/language/", {"language": "en", "next": "/calendar/"})

    assert '<html lang="en"' in client.get("/notices/", headers=SPANISH).content.decode()


def test_the_api_answers_in_english_whatever_the_browser_wishes(client, cast):
    client.force_login(cast.editor)

    answer = client.get("/api/v1/brands?tenant_id=nowhere", headers=SPANISH)

    assert answer.json()["error_message"] == "There is no workspace 'nowhere'."


def test_a_service_refuses_in_the_language_of_who_asks():
    post = PostInstanceFactory(status=Status.SCHEDULED)

    with translation.override("es"), pytest.raises(Conflict) as refused:
        restore(instance=post, now=NOW, actor="user:ana")

    assert str(refused.value) == "Solo se puede recuperar una publicación omitida o cancelada."


def test_what_is_kept_of_a_refusal_is_english_whoever_asked():
    campaign = campaign_of(1)
    ContentItemFactory(brand=BrandFactory(workspace=campaign.workspace), campaign=campaign, created_at=NOW)

    with translation.override("es"):
        spread(campaign)

    assert "another brand" in Schedule.objects.get().refused[0]["reason"]
