import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction

from nlu.answers import check_answers_only


@pytest.fixture
def action():
    before = RemoteAction._validate_action_result
    check_answers_only()
    yield RemoteAction("action_help", None)
    RemoteAction._validate_action_result = before


def test_an_answer_of_ours_is_sound(action):
    assert action._validate_action_result({"events": [], "responses": [{"custom": {"sayings": []}}]})


@pytest.mark.parametrize(
    "answer", [{"events": [{"event": "no such event"}]}, {"events": {}}, {"responses": ["text"]}, {"responses": 1}]
)
def test_an_answer_that_rasa_could_not_read_is_refused_as_ever(action, answer):
    with pytest.raises(ValidationError):
        action._validate_action_result(answer)
