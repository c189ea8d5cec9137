from dataclasses import fields

import pytest
from sqlalchemy import inspect

from deliveries.model.route import Plan, Route
from integrations.storage.mapping import entities, map_entities

# What the store adds for itself: row versions, order of arrival, a route's plan.
OF_THE_STORE = {"row_version", "seq", "plan_id"}
# What is read beside an entity and never kept with it.
ONLY_READ = {Plan: {"told"}}


@pytest.mark.parametrize("entity", entities(), ids=lambda entity: entity.__name__)
def test_every_field_of_an_entity_has_a_column_and_every_column_a_field(entity: type) -> None:
    mapped = {attribute.key for attribute in inspect(entity).attrs}

    kept = {field.name for field in fields(entity)} - ONLY_READ.get(entity, set())
    assert mapped - OF_THE_STORE == kept - OF_THE_STORE


def test_mapping_twice_is_harmless() -> None:
    map_entities()
    map_entities()

    assert inspect(Plan).relationships["routes"].entity.class_ is Route
