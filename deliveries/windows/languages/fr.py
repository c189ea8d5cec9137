"""French, as written in France, Belgium, Switzerland and Canada."""

from deliveries.windows.languages.calendar_words import (
    holidays,
    months,
    numbers,
    weekdays,
)
from deliveries.windows.languages.fr_times import TIMES
from deliveries.windows.languages.fr_words import WORDS
from deliveries.windows.lexemes import Kind, Lexeme
from deliveries.windows.lexicon import Entry, Language, say_all

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_WEEKDAYS = (
    "lundi|lun|lnudi|ludi|lunid|lundii|luni|lindi|ludni",
    "mardi|mard|madi|maardi|mardii|mradi|mrdi|mar|madri",
    "mercredi|merc|mer|mercr|mecredi|mercedi",
    "jeudi|jeu|jedi|juedi|jeudii|judi|jeuid",
    "vendredi|ven|vend|vendrdi|vendredis soir",
    "samedi|sam|samdi",
    "dimanche|dim|diamnche",
)
_WEEKDAYS_PLURAL = tuple(f"{day}s|tous les {day}s|le {day}s|chaque {day}" for day in _DAYS)
_MONTHS = (
    "janvier|janv|jan",
    "février|fév|fevr|févr",
    "mars",
    "avril|avr",
    "mai",
    "juin",
    "juillet|juil",
    "août|aout",
    "septembre|sept.|sep",
    "octobre|oct",
    "novembre|nov",
    "décembre|déc",
)
_NUMBERS = {
    1: "une",
    2: "deux",
    3: "trois",
    4: "quatre",
    5: "cinq",
    6: "six",
    7: "sept",
    8: "huit",
    9: "neuf",
    10: "dix",
    11: "onze",
    12: "douze",
    13: "treize",
    14: "quatorze",
    15: "quinze",
    16: "seize",
    17: "dix sept",
    18: "dix huit",
    19: "dix neuf",
    20: "vingt",
    21: "vingt et une",
    22: "vingt deux",
    23: "vingt trois",
    24: "vingt quatre",
}
_HOLIDAYS = {
    "christmas_eve": "veille de noël|réveillon de noël|la veille de noël|réveillon",
    "christmas": "noël|jour de noël|le jour de noël|noel",
    "boxing": "lendemain de noël|le lendemain de noël|saint étienne",
    "new_years_eve": "saint sylvestre|la saint sylvestre|st sylvestre|réveillon du nouvel an|"
    "veille du nouvel an|réveillon de la saint sylvestre|réveillon du jour de l'an",
    "new_year": "jour de l'an|nouvel an|le jour de l'an|premier de l'an|jour de lan",
    "epiphany": "épiphanie|l'épiphanie|fête des rois|la fête des rois|galette des rois",
    "valentine": "saint valentin|la saint valentin|st valentin",
    "shrove_tuesday": "mardi gras",
    "ash_wednesday": "mercredi des cendres",
    "palm_sunday": "dimanche des rameaux|les rameaux|rameaux",
    "maundy_thursday": "jeudi saint",
    "good_friday": "vendredi saint",
    "easter_saturday": "samedi saint",
    "easter": "dimanche de pâques|pâques|paques",
    "easter_monday": "lundi de pâques",
    "labour": "fête du travail|la fête du travail",
    "victory_fr": "fête de la victoire",
    "ascension": "ascension|l'ascension|jeudi de l'ascension",
    "whit_sunday": "dimanche de pentecôte|pentecôte|la pentecôte",
    "whit_monday": "lundi de pentecôte",
    "bastille": "fête nationale|la fête nationale",
    "st_john": "saint jean|la saint jean|saint jean baptiste",
    "assumption": "assomption|l'assomption",
    "all_saints": "toussaint|la toussaint",
    "armistice": "armistice|l'armistice",
    "st_nicholas": "saint nicolas|la saint nicolas|st nicolas",
    "black_friday": "black friday|vendredi noir",
    "cyber_monday": "cyber monday",
    "halloween": "halloween",
    "thanksgiving": "thanksgiving",
}


def _noons() -> list[Entry]:
    """Return entries for "vendredi midi", which is lunchtime; "midi" alone is noon."""
    lunch = Lexeme(Kind.PART, name="lunchtime")
    entries = [
        say_all((Lexeme(Kind.WEEKDAY, day), lunch), f"{name} midi")
        for day, name in enumerate(_DAYS)
    ]
    entries.append(say_all((Lexeme(Kind.DAY, 1), lunch), "demain midi"))
    entries.append(say_all((Lexeme(Kind.DAY, 0), lunch), "ce midi|aujourd'hui midi"))
    return entries


_REAL_WORDS = (
    "lundis|mardis|matins|matinal|demande|demandes|demander|demandez|mariage|marche|"
    "dimanches|soires|soirs|devant|malin|satin|marin|matines|depuis|avril|avenir|"
    "juillet|seulement|septieme|samedis|jeudis|mercredis|vendredis|vendre|vendez|"
    "janvier|novelle|nouvelle|mercis|merci|latin|martin|dedans|moment|maison|"
    "soiree|journee|journees|demeure|demarre|demains|matiere|remain|romain|semaine|"
    "semaines|demaine|domaine|sonnerie|livraison|devrait"
)


def _firsts() -> list[Entry]:
    return [
        say_all(
            (Lexeme(Kind.ORDINAL, 1), Lexeme(Kind.MONTH, month)),
            "|".join(f"premier {name}" for name in names.split("|")),
        )
        for month, names in enumerate(_MONTHS, start=1)
    ]


def _soon() -> list[Entry]:
    """Return entries for "d'ici 2 jours": within, where "d'ici 18h" is by."""
    counts = ((2, "deux"), (3, "trois"), (4, "quatre"), (5, "cinq"), (7, "sept"), (10, "dix"))
    return [
        say_all(
            (
                Lexeme(Kind.NEXT_FEW),
                Lexeme(Kind.NUMBER, count, text=str(count)),
                Lexeme(Kind.DAY_UNIT, plural=True),
            ),
            f"d'ici {count} jours|d'ici {word} jours",
        )
        for count, word in counts
    ]


FRENCH = Language(
    code="fr",
    dates_after_weekdays=True,
    entries=(
        *_noons(),
        *_firsts(),
        *_soon(),
        *holidays(_HOLIDAYS),
        *TIMES,
        *WORDS,
        *weekdays(_WEEKDAYS),
        *weekdays(_WEEKDAYS_PLURAL, plural=True),
        *months(_MONTHS),
        *numbers(_NUMBERS),
    ),
    real_words=frozenset(_REAL_WORDS.split("|")),
    joins_apostrophes=False,
    ordinal_marks=frozenset({"er", "e", "eme", "ere", "ieme"}),
    afternoon_below=7,
)
