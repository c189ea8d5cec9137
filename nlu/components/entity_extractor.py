"""Rasa's view of the finders of entities."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.entities.extraction import entities_in


# Rasa checks parameter names and annotations against its own: they are spelt as in GraphComponent.
@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class DeliveryEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Finds doors, neighbours, places, codes and numbers by rule: they follow patterns, not wordings."""

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DeliveryEntityExtractor:
        """See ``GraphComponent.create``."""
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the entities to each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            intent = (message.get(INTENT) or {}).get(INTENT_NAME_KEY)
            found = [
                {
                    "entity": entity.entity,
                    "start": entity.start,
                    "end": entity.end,
                    "value": entity.value,
                    "extractor": type(self).__name__,
                }
                for entity in entities_in(text, intent=intent)
            ]
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages
