"""English: British, American, Indian and Australian usage."""

from deliveries.windows.languages.en_times import TIMES
from deliveries.windows.languages.en_words import WORDS
from deliveries.windows.lexemes import Kind, Lexeme
from deliveries.windows.lexicon import Entry, Language, say, say_all

_WEEKDAYS = (
    "monday|mon|mondy",
    "tuesday|tue|tues|tuseday|teusday",
    "wednesday|wed|weds|wensday|wednsday|wednesdy",
    "thursday|thu|thur|thurs|thrs|thursdy",
    "friday|fri|firday|fryday",
    "saturday|sat|satday|saterday|satuday",
    "sunday|sun|sundy",
)
_WEEKDAYS_PLURAL = (
    "mondays|mons",
    "tuesdays",
    "wednesdays",
    "thursdays",
    "fridays|fris",
    "saturdays|sats",
    "sundays",
)
_MONTHS = (
    "january|jan",
    "february|feb|febuary|feburary",
    "march|mar",
    "april|apr",
    "may",
    "june|jun",
    "july|jul",
    "august|aug",
    "september|sep|sept",
    "october|oct",
    "november|nov",
    "december|dec|decemeber",
)
_ORDINALS = (
    "",
    "",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty first",
    "twenty second",
    "twenty third",
    "twenty fourth",
    "twenty fifth",
    "twenty sixth",
    "twenty seventh",
    "twenty eighth",
    "twenty ninth",
    "thirtieth",
    "thirty first",
)
_NUMBERS = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_HOLIDAYS = {
    "christmas_eve": "christmas eve|xmas eve|chrismas eve|christmas eve day",
    "christmas": "christmas day|xmas day|christmas|xmas|chrismas|crimbo",
    "boxing": "boxing day|boxing|st stephens day|saint stephens day",
    "new_years_eve": "new years eve|new year eve|nye|hogmanay|new yrs eve|new years eve day",
    "new_year": "new years day|new year day|new years|new year|new yrs day|nyd",
    "epiphany": "epiphany|three kings day|twelfth night",
    "martin_luther_king": "mlk day|martin luther king day",
    "republic_day_in": "republic day",
    "valentine": "valentines day|valentines|valentine day",
    "presidents": "presidents day|president day",
    "st_patrick": "st patricks day|saint patricks day|st paddys day|paddys day",
    "shrove_tuesday": "shrove tuesday|pancake day|pancake tuesday|mardi gras",
    "ash_wednesday": "ash wednesday",
    "palm_sunday": "palm sunday",
    "maundy_thursday": "maundy thursday",
    "good_friday": "good friday|gd friday",
    "easter_saturday": "easter saturday|holy saturday",
    "easter": "easter sunday|easter day|easter",
    "easter_monday": "easter monday|easter mon",
    "anzac": "anzac day",
    "ascension": "ascension day",
    "whit_monday": "whit monday|pentecost monday",
    "memorial": "memorial day",
    "juneteenth": "juneteenth",
    "independence_us": "independence day|fourth of july|4th of july|july 4th|july fourth",
    "labour_us": "labor day",
    "labour": "may day",
    "gandhi": "gandhi jayanti",
    "columbus": "columbus day|indigenous peoples day",
    "halloween": "halloween|haloween",
    "guy_fawkes": "bonfire night|guy fawkes night|guy fawkes",
    "armistice": "veterans day|remembrance day|armistice day",
    "thanksgiving": "thanksgiving|thanksgiving day|turkey day",
    "black_friday": "black friday",
    "cyber_monday": "cyber monday",
    "st_andrew": "st andrews day",
}


def _calendar() -> list[Entry]:
    entries = [say(Kind.WEEKDAY, phrases, value=day) for day, phrases in enumerate(_WEEKDAYS)]
    entries += [
        say(Kind.WEEKDAY, phrases, value=day, plural=True)
        for day, phrases in enumerate(_WEEKDAYS_PLURAL)
    ]
    entries += [
        say(Kind.MONTH, phrases, value=month) for month, phrases in enumerate(_MONTHS, start=1)
    ]
    entries += [
        say(Kind.ORDINAL, word, value=day) for day, word in enumerate(_ORDINALS, start=1) if word
    ]
    entries += [
        Entry((Lexeme(Kind.NUMBER, number, text=str(number), spelt=True),), word)
        for number, word in enumerate(_NUMBERS, start=1)
    ]
    entries.append(Entry((Lexeme(Kind.NUMBER, 20, text="20", spelt=True),), "twenty"))
    entries += [say(Kind.HOLIDAY, phrases, name=name) for name, phrases in _HOLIDAYS.items()]
    return entries


_FIRSTS = [
    say_all((Lexeme(Kind.ORDINAL, day), Lexeme(Kind.OF)), f"{word} of")
    for day, word in ((1, "first"), (2, "second"))
] + [
    Entry((Lexeme(Kind.ON), Lexeme(Kind.ORDINAL, day)), f"on the {word}")
    for day, word in ((1, "first"), (2, "second"))
]

_REAL_WORDS = (
    "sundry|sundae|toady|mourning|fidget|friendly|finally|moaned|monkey|money|mounted|mundane|"
    "matured|saturate|saturated|nothing|sunny|noting|turning|warning|marched|marches|martian|"
    "augusta|weekender|weakened|loving|moving|sundown|leaving|easing|seventh|everything|during|"
    "pending|mending|bending|opening|boring|touching|moaning|meaning"
)

ENGLISH = Language(
    code="en",
    bare_ordinals=True,
    ordinal_marks=frozenset({"st", "nd", "rd", "th", "ths"}),
    entries=(*TIMES, *WORDS, *_FIRSTS, *_calendar()),
    real_words=frozenset(_REAL_WORDS.split("|")),
)
