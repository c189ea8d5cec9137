"""German, as written in Germany, Austria and Switzerland."""

from deliveries.windows.languages.calendar_words import (
    holidays,
    months,
    numbers,
    ordinals,
    weekdays,
)
from deliveries.windows.languages.de_times import TIMES
from deliveries.windows.languages.de_words import WORDS
from deliveries.windows.lexemes import Kind, Lexeme
from deliveries.windows.lexicon import Entry, Language, say_all

_DAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_WEEKDAYS = (
    "montag|mo|mon|motnag",
    "dienstag|di|die n|dienst|dinstag|diesntag",
    "mittwoch|mi|mittw|mitwoch|mittwoche",
    "donnerstag|do|donn|donerstag|donnerstg",
    "freitag|fr|freit|freitg|freitach",
    "samstag|sa|sam|sonnabend|samstg",
    "sonntag|son|sonntg",
)
_WEEKDAYS_PLURAL = tuple(f"{day}s|jeden {day}|immer {day}s" for day in _DAYS)
_MONTHS = (
    "januar|jan|jänner|jaenner",
    "februar|feb|feber",
    "märz|mär|mrz|maerz",
    "april|apr",
    "mai",
    "juni|jun",
    "juli|jul",
    "august|aug",
    "september|sep|sept",
    "oktober|okt",
    "november|nov",
    "dezember|dez",
)
_STEMS = {
    1: "erst",
    2: "zweit",
    3: "dritt",
    4: "viert",
    5: "fünft",
    6: "sechst",
    7: "siebt",
    8: "acht",
    9: "neunt",
    10: "zehnt",
    11: "elft",
    12: "zwölft",
    13: "dreizehnt",
    14: "vierzehnt",
    15: "fünfzehnt",
    16: "sechzehnt",
    17: "siebzehnt",
    18: "achtzehnt",
    19: "neunzehnt",
    20: "zwanzigst",
    21: "einundzwanzigst",
    22: "zweiundzwanzigst",
    23: "dreiundzwanzigst",
    24: "vierundzwanzigst",
    25: "fünfundzwanzigst",
    26: "sechsundzwanzigst",
    27: "siebenundzwanzigst",
    28: "achtundzwanzigst",
    29: "neunundzwanzigst",
    30: "dreißigst",
    31: "einunddreißigst",
}
_ORDINALS = {day: f"{stem}en|{stem}er" for day, stem in _STEMS.items()}
_NUMBERS = {
    1: "eins",
    2: "zwei|zwo",
    3: "drei",
    4: "vier",
    5: "fünf",
    6: "sechs",
    7: "sieben",
    8: "acht",
    9: "neun",
    10: "zehn",
    11: "elf",
    12: "zwölf",
    13: "dreizehn",
    14: "vierzehn",
    15: "fünfzehn",
    16: "sechzehn",
    17: "siebzehn",
    18: "achtzehn",
    19: "neunzehn",
    20: "zwanzig",
}
_HOLIDAYS = {
    "christmas_eve": "heiligabend|heilig abend|heiliger abend|heiligen abend|heilgabend",
    "christmas": "erster weihnachtstag|ersten weihnachtstag|1. weihnachtstag|weihnachten|"
    "1. weihnachtsfeiertag|ersten weihnachtsfeiertag|weihnachtstag|christtag",
    "boxing": "zweiter weihnachtstag|zweiten weihnachtstag|2. weihnachtstag|stephanstag|"
    "2. weihnachtsfeiertag|zweiten weihnachtsfeiertag|stefanitag|stephanitag",
    "new_years_eve": "silvester|sylvester|silvesterabend|altjahrestag",
    "new_year": "neujahr|neujahrstag|neues jahr",
    "epiphany": "heilige drei könige|heiligen drei könige|dreikönigstag|dreikönig|hl drei könige",
    "valentine": "valentinstag",
    "shrove_monday": "rosenmontag",
    "shrove_tuesday": "faschingsdienstag|fastnachtsdienstag|faschingdienstag",
    "ash_wednesday": "aschermittwoch",
    "palm_sunday": "palmsonntag",
    "maundy_thursday": "gründonnerstag",
    "good_friday": "karfreitag",
    "easter_saturday": "karsamstag|ostersamstag",
    "easter": "ostersonntag|ostern",
    "easter_monday": "ostermontag",
    "labour": "tag der arbeit|maifeiertag|erster mai feiertag",
    "ascension": "christi himmelfahrt|himmelfahrt|vatertag|auffahrt",
    "whit_sunday": "pfingstsonntag|pfingsten",
    "whit_monday": "pfingstmontag",
    "corpus_christi": "fronleichnam",
    "swiss_national": "bundesfeiertag|bundesfeier",
    "assumption": "mariä himmelfahrt|maria himmelfahrt",
    "german_unity": "tag der deutschen einheit|tag der einheit",
    "austrian_national": "nationalfeiertag",
    "halloween": "reformationstag|halloween",
    "all_saints": "allerheiligen",
    "all_souls": "allerseelen",
    "black_friday": "black friday",
    "cyber_monday": "cyber monday",
    "st_nicholas": "nikolaus|nikolaustag",
    "immaculate": "mariä empfängnis|maria empfängnis",
}
_COMPOUNDS = (
    ("morgen|früh", "morgen|früh", "morning"),
    ("vormittag", "vormittag|vorm", "morning"),
    ("mittag", "mittag", "lunchtime"),
    ("nachmittag", "nachmittag|nachm", "afternoon"),
    ("abend", "abend", "evening"),
    ("nacht", "nacht", "night"),
)
_SHORT = ("mo", "di", "mi", "do", "fr", "sa", "so")


_MONTH_COMPOUNDS = (
    ("{}anfang|{}beginn", Lexeme(Kind.START_OF)),
    ("{}mitte", Lexeme(Kind.MIDDLE_OF)),
    ("{}ende", Lexeme(Kind.END_OF)),
    (
        "erste {}woche|ersten {}woche|in der ersten {}woche|der ersten {}woche",
        Lexeme(Kind.START_OF, 7),
    ),
)


def _month_compounds() -> list[Entry]:
    """Return "Dezemberanfang" and "erste Dezemberwoche" for every month."""
    return [
        say_all((edge, Lexeme(Kind.MONTH, month)), pattern.replace("{}", names.split("|")[0]))
        for month, names in enumerate(_MONTHS, start=1)
        for pattern, edge in _MONTH_COMPOUNDS
    ]


def _with_parts() -> list[Entry]:
    entries = []
    for day, (name, short) in enumerate(zip(_DAYS, _SHORT, strict=True)):
        for joined, apart, part in _COMPOUNDS:
            words = [f"{name}{ending}" for ending in joined.split("|")]
            words += [f"{name}{ending}s" for ending in joined.split("|")]
            words += [f"{first} {ending}" for first in (name, short) for ending in apart.split("|")]
            meaning = (Lexeme(Kind.WEEKDAY, day), Lexeme(Kind.PART, name=part))
            entries.append(say_all(meaning, "|".join(words)))
    return entries


_REAL_WORDS = (
    "nichts|nicht|mittlerweile|sonntags|dienste|dienst|frisch|freigabe|morgens|sorgen|abends|"
    "mittel|mitte|mittags|abenden|borgen|besorgen|lieferung|laufend|"
    "sendung|novelle|dezent|abbend|anfang|geborgen|wochen|monate|monat"
)

GERMAN = Language(
    code="de",
    entries=(
        *_with_parts(),
        *TIMES,
        *WORDS,
        *weekdays(_WEEKDAYS),
        *weekdays(_WEEKDAYS_PLURAL, plural=True),
        *months(_MONTHS),
        *_month_compounds(),
        *holidays(_HOLIDAYS),
        *numbers(_NUMBERS),
        *ordinals(_ORDINALS),
    ),
    real_words=frozenset(_REAL_WORDS.split("|")),
    half_before=True,
    day_dots=True,
    street_endings=("strasse", "str", "gasse", "allee", "weg", "platz", "ufer", "damm"),
    afternoon_below=7,
    umlauts=True,
)
