"""Rasa's view of the language model."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Text

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.language_model import LanguageModel

_FILE = "languages.joblib"


# Rasa checks parameter names and annotations against its own: they are spelt as in GraphComponent.
@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class LanguageIdentifier(GraphComponent, EntityExtractorMixin):
    """Adds an entity ``language``, unless the message is too short to tell.

    Rasa's training data does not know languages; ours has them in the names of its files,
    ``<family>.<language>.yml``, so it is read from there.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Return where the files are, and how sure one must be to say anything."""
        return {"intents_folder": "nlu/data/intents", "threshold": 0.75}

    def __init__(
        self,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: LanguageModel,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageIdentifier:
        """See ``GraphComponent.create``."""
        return cls(config, model_storage, resource, LanguageModel())

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LanguageIdentifier:
        """See ``GraphComponent.load``."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, joblib.load(folder / _FILE))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the languages from the files; the merged training data does not say them."""
        texts: list[str] = []
        languages: list[str] = []
        for path in sorted(Path(self._config["intents_folder"]).glob("*.*.yml")):
            examples = [example.get(TEXT) for example in load_data(str(path)).intent_examples]
            texts += examples
            languages += [path.suffixes[-2].lstrip(".")] * len(examples)
        self._model.fit(texts, languages)
        with self._model_storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / _FILE)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the language to each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            told = self._model.language_of(text)
            if told is None or told[1] < self._config["threshold"]:
                continue
            language = {
                "entity": "language",
                "start": 0,
                "end": len(text),
                "value": told[0],
                "confidence_entity": told[1],
                "extractor": type(self).__name__,
            }
            message.set(ENTITIES, [*message.get(ENTITIES, []), language], add_to_output=True)
        return messages
