"""Rasa's view of the intent model."""

from __future__ import annotations

from typing import Any, Dict, List, Text

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.intent_model import IntentModel

_FILE = "intents.joblib"


# Rasa checks parameter names and annotations against its own: they are spelt as in GraphComponent.
@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """Ranks the intents of a message."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Return how many intents are ranked, and what ``IntentModel`` wants to know."""
        return {"ranking_length": 5, "careful_examples": 12000, "out_of_scope_lead": 0.2}

    def __init__(
        self,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: IntentModel,
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
    ) -> LinearIntentClassifier:
        """See ``GraphComponent.create``."""
        model = IntentModel(
            careful_examples=config["careful_examples"], out_of_scope_lead=config["out_of_scope_lead"]
        )
        return cls(config, model_storage, resource, model)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearIntentClassifier:
        """See ``GraphComponent.load``."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, joblib.load(folder / _FILE))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples, and keep what was learnt."""
        # What begins with a slash is a payload of the gateway's, which never comes as far as a classifier.
        examples = [each for each in training_data.intent_examples if not each.get(TEXT).startswith("/")]
        self._model.fit(
            [example.get(TEXT) for example in examples], [example.get(INTENT) for example in examples]
        )
        with self._model_storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / _FILE)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the likeliest intent and the ranking to each message."""
        for message in messages:
            likely = self._model.probabilities(message.get(TEXT) or "")
            order = likely.argsort()[::-1][: self._config["ranking_length"]]
            ranking = [
                {"name": self._model.intents[at], "confidence": float(likely[at])} for at in order
            ]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages
