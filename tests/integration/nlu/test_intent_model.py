import pytest

from nlu.components.intent_model import IntentModel
from nlu.components.language_model import LanguageModel
from nlu.components.normalisation import fold, shape, tidy

_TRACKING = ["where is my parcel", "when will it arrive", "track my package", "any news on my delivery"]
_NEIGHBOUR = ["leave it with my neighbour", "give it to next door", "hand it to the lady at 12", "neighbour takes it"]
_CHAT = ["what is the weather like", "tell me a joke", "who won the match", "how old are you"]


@pytest.fixture(scope="module")
def model():
    made = IntentModel(careful_examples=100, out_of_scope_lead=0.0)
    intents = ["track_parcel"] * 4 + ["leave_with_neighbour"] * 4 + ["out_of_scope"] * 4
    made.fit(_TRACKING + _NEIGHBOUR + _CHAT, intents)
    return made


def likeliest(model, text):
    return model.intents[int(model.probabilities(text).argmax())]


def test_understands_a_sentence_it_has_not_seen(model):
    assert likeliest(model, "could you tell me where the package is") == "track_parcel"


def test_understands_a_language_it_has_not_been_taught(model):
    assert likeliest(model, "¿dónde está mi paquete?") == "track_parcel"


@pytest.mark.parametrize("text", ["", " ", "👍", "\u200b", "ﷺ" * 5000, "\ud800", "\x00", "أين طردي", "?" * 5000])
def test_any_text_gets_probabilities_that_add_up(model, text):
    assert model.probabilities(text).sum() == pytest.approx(1.0)


def test_a_model_taken_out_of_storage_answers_the_same(model):
    import pickle

    again = pickle.loads(pickle.dumps(model))
    assert again.probabilities("where is it").tolist() == model.probabilities("where is it").tolist()


def test_leaning_towards_out_of_scope_makes_it_likelier(model):
    before = model.probabilities("is it far")[model.intents.index("out_of_scope")]
    leaning = IntentModel(careful_examples=100, out_of_scope_lead=0.5)
    leaning.__dict__.update({**model.__dict__, "_out_of_scope_lead": 0.5})
    assert leaning.probabilities("is it far")[model.intents.index("out_of_scope")] > before


def test_tells_languages_apart_and_says_nothing_of_emoji():
    languages = LanguageModel()
    english = ["where is my parcel", "leave it with the neighbour please"] * 3
    german = ["wo ist mein paket", "bitte beim nachbarn abgeben"] * 3
    languages.fit(english + german, ["en"] * 6 + ["de"] * 6)
    assert languages.language_of("wo bleibt das paket")[0] == "de"
    assert languages.language_of("where does it stay")[0] == "en"
    assert languages.language_of("👍 12") is None


def test_with_one_language_there_is_nothing_to_tell_apart():
    languages = LanguageModel()
    languages.fit(["where is it", "here"], ["en", "en"])
    assert languages.language_of("where is it") is None


def test_text_is_brought_to_one_form():
    assert tidy("  Where\u200b is  “it”… ") == 'Where is "it"...'
    assert shape("Noooo! at 12:30, no. 14, JD0002349987112") == "noo! at 0time , no. 00, 0code"
    assert fold("Müller, Straße, señora") == "Muller, Strasse, senora"
