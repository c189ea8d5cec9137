"""The languages that answers to menus are read in: one table each."""

from deliveries.replies.languages.de import GERMAN
from deliveries.replies.languages.en import ENGLISH
from deliveries.replies.languages.es import SPANISH
from deliveries.replies.languages.fr import FRENCH

LANGUAGES = (ENGLISH, GERMAN, SPANISH, FRENCH)
