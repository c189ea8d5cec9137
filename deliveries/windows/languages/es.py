"""Spanish, as written in Spain and in America."""

from deliveries.windows.languages.calendar_words import (
    holidays,
    months,
    numbers,
    ordinals,
    weekdays,
)
from deliveries.windows.languages.es_times import TIMES
from deliveries.windows.languages.es_words import WORDS
from deliveries.windows.lexicon import Language

_DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_WEEKDAYS = (
    "lunes|lun|lnes|lunees|luness|lunse|lnues|luens|lunnes|lúnes|lunez",
    "martes|mart|martez|mar",
    "miércoles|mié|mier|mierc|miercoles|mircoles|miercole",
    "jueves|jue|juev|juebes",
    "viernes|vie|vier|viern|biernes|vienes|viernez",
    "sábado|sáb|savado",
    "domingo|dom|domigo",
)
_WEEKDAYS_PLURAL = tuple(
    f"los {day}{'' if day.endswith('s') else 's'}|todos los {day}{'' if day.endswith('s') else 's'}"
    f"|cada {day}" + ("" if day.endswith("s") else f"|{day}s")
    for day in _DAYS
)
_MONTHS = (
    "enero|ene",
    "febrero|feb|febr",
    "marzo",
    "abril|abr",
    "mayo",
    "junio|jun",
    "julio|jul",
    "agosto|ago",
    "septiembre|sep|sept|setiembre",
    "octubre|oct",
    "noviembre|nov",
    "diciembre|dic",
)
_NUMBERS = {
    1: "la una|una",
    2: "dos",
    3: "tres",
    4: "cuatro",
    5: "cinco",
    6: "seis",
    7: "siete",
    8: "ocho",
    9: "nueve",
    10: "diez",
    11: "once",
    12: "doce",
    13: "trece",
    14: "catorce",
    15: "quince",
    16: "dieciséis",
    17: "diecisiete",
    18: "dieciocho",
    19: "diecinueve",
    20: "veinte",
    21: "veintiuno",
    22: "veintidós",
    23: "veintitrés",
    24: "veinticuatro",
    25: "veinticinco",
    26: "veintiséis",
    27: "veintisiete",
    28: "veintiocho",
    29: "veintinueve",
    30: "treinta",
    31: "treinta y uno",
}
_ORDINALS = {1: "primero de|1o de|el primero"}
_HOLIDAYS = {
    "christmas_eve": "nochebuena|noche buena|vísperas de navidad|víspera de navidad",
    "christmas": "navidad|día de navidad|navidades",
    "boxing": "san esteban|sant esteve",
    "new_years_eve": "nochevieja|noche vieja|fin de año|vísperas de año nuevo|fin de ano",
    "new_year": "año nuevo|día de año nuevo|ano nuevo|primero de año",
    "epiphany": "reyes|día de reyes|los reyes|reyes magos|epifanía|el día de reyes",
    "epiphany_eve": "noche de reyes|víspera de reyes|cabalgata de reyes",
    "valentine": "san valentín",
    "shrove_tuesday": "martes de carnaval",
    "shrove_monday": "lunes de carnaval",
    "ash_wednesday": "miércoles de ceniza",
    "palm_sunday": "domingo de ramos",
    "maundy_thursday": "jueves santo",
    "good_friday": "viernes santo",
    "easter_saturday": "sábado santo|sábado de gloria",
    "easter": "domingo de resurrección|domingo de pascua|pascua",
    "easter_monday": "lunes de pascua",
    "labour": "día del trabajo|día del trabajador|día de los trabajadores|primero de mayo",
    "corpus_christi": "corpus christi|corpus",
    "st_john": "san juan|día de san juan",
    "assumption": "la asunción|asunción|virgen de agosto|día de la asunción",
    "hispanic": "día de la hispanidad|hispanidad|el pilar|día del pilar|fiesta nacional",
    "all_saints": "todos los santos|día de todos los santos|todos santos",
    "all_souls": "día de los muertos|día de muertos|día de los difuntos",
    "constitution_es": "día de la constitución|la constitución",
    "immaculate": "la inmaculada|inmaculada|día de la inmaculada|purísima",
    "black_friday": "black friday|viernes negro",
    "cyber_monday": "cyber monday",
    "halloween": "halloween",
    "thanksgiving": "acción de gracias|día de acción de gracias",
}

_REAL_WORDS = (
    "manzana|mañanas|manera|maneras|marte|juega|juegue|jueces|vienen|viene|viertes|"
    "martillo|noche|noches|tardes|tarde|tarda|tardan|sabado|sabana|enero|entero|"
    "novia|octava|hoyo|abrir|abre|abril|medida|medio|media|mando|manda|mandan|"
    "marcos|marca|lunas|luces|comida|primera|primero|pasado|pasada|pasados|semana|"
    "semanas|septima|setenta|agotado|tiempo|domicilio|dominio"
)

SPANISH = Language(
    code="es",
    dates_after_weekdays=True,
    entries=(
        *weekdays(_WEEKDAYS_PLURAL, plural=True),
        *holidays(_HOLIDAYS),
        *TIMES,
        *WORDS,
        *weekdays(_WEEKDAYS),
        *months(_MONTHS),
        *numbers(_NUMBERS),
        *ordinals(_ORDINALS),
    ),
    real_words=frozenset(_REAL_WORDS.split("|")),
    ordinal_marks=frozenset({"o", "a", "ro", "er", "ero", "do", "to", "mo"}),
    next_weekday_is_coming=True,
)
