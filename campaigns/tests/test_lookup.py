"""Finding a thing by what a path, a body or a file calls it."""

from uuid import uuid4

import pytest

from campaigns.models import Brand
from campaigns.tests.factories import BrandFactory
from workspaces.lookup import by_reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def brand():
    return BrandFactory(external_ref="lumen-1")


def find(brand, reference):
    return by_reference(Brand.objects.filter(workspace=brand.workspace), reference)


def test_an_id_of_ours_and_a_reference_of_another_system_both_find_it(brand):
    spellings = [str(brand.pk), str(brand.pk).upper(), f" {brand.pk} ", brand.pk, "lumen-1", " lumen-1 "]

    assert [find(brand, one) for one in spellings] == [brand] * len(spellings)


def test_an_id_of_ours_comes_before_a_reference_that_looks_like_it(brand):
    BrandFactory(workspace=brand.workspace, external_ref=str(brand.pk))

    assert find(brand, str(brand.pk)) == brand


def test_a_reference_may_look_like_an_id(brand):
    other = BrandFactory(workspace=brand.workspace, external_ref=str(uuid4()))

    assert find(brand, other.external_ref) == other


def test_numbers_are_references_too_and_zero_is_one(brand):
    BrandFactory(workspace=brand.workspace, external_ref="7")
    zero = BrandFactory(workspace=brand.workspace, external_ref="0")

    assert find(brand, 7).external_ref == "7"
    assert find(brand, 0) == zero


def test_another_workspaces_things_are_not_found(brand):
    foreign = BrandFactory(external_ref="foreign")

    assert [find(brand, one) for one in (foreign.pk, "foreign")] == [None, None]


@pytest.mark.parametrize("text", ["", " ", None, "a\x00b", "half \ud83d of it", [], {}, "nobody"])
def test_what_nothing_can_be_called_finds_nothing(brand, text):
    BrandFactory(workspace=brand.workspace)

    assert find(brand, text) is None


def test_a_reference_that_is_too_long_is_not_cut_until_it_fits(brand):
    BrandFactory(workspace=brand.workspace, external_ref="x" * 200)

    assert find(brand, "x" * 200) is not None
    assert find(brand, "x" * 201) is None
