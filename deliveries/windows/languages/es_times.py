"""Spanish words for days, parts of the day and hours."""

from deliveries.windows.lexemes import Kind, Lexeme
from deliveries.windows.lexicon import Entry, say, say_all

_LEADS = ("por la", "de la", "en la", "a la", "x la", "pola", "porla", "toda la", "durante la")
_PARTS = (
    ("first_thing", ("a primera hora|primera hora|a primera hora de la mañana|bien temprano|"
     "muy temprano|a primeras horas|a primera hr|al principio del día")),
    ("early_morning", ("temprano|temprano en la mañana|por la mañana temprano|tempranito|"
     "de madrugada|mañana temprano por la mañana|a primeras horas de la mañana")),
    ("late_morning", ("a última hora de la mañana|a media mañana tarde|al final de la mañana|"
     "a finales de la mañana|final de la mañana|última hora de la mañana")),
    ("mid_morning", "a media mañana|media mañana"),
    ("lunchtime", ("al mediodía|a mediodía|mediodía|medio día|al medio día|a medio día|"
     "a la hora de comer|hora de comer|a la hora de la comida|a la hora del almuerzo|"
     "hora del almuerzo|hora de la comida|en el almuerzo")),
    ("early_afternoon", ("a primera hora de la tarde|primera hora de la tarde|"
     "al principio de la tarde|a primeras horas de la tarde")),
    ("mid_afternoon", "a media tarde|media tarde"),
    ("late_afternoon", ("a última hora de la tarde|al final de la tarde|última hora de la tarde|"
     "tarde noche tarde|a finales de la tarde|final de la tarde")),
    ("early_evening", "a primera hora de la noche"),
    ("end_of_day", ("lo más tarde posible|a última hora|última hora|al final del día|"
        "a última hora del día|"
     "al final de la jornada|final del día|fin del día")),
    ("daytime", "durante el día|de día"),
    ("working_hours", ("en horario de oficina|horario de oficina|horas de oficina|"
     "en horario laboral|horario laboral|horario comercial")),
)  # fmt: skip
_BASIC = (
    ("morning", "mañana|mñn|mañanita", "mañanas"),
    ("afternoon", "tarde|tardecita|tardes", "tardes"),
    ("evening", "noche|noches|nochecita|tarde noche", "noches"),
)


def _part(name: str, *, plural: bool = False) -> Lexeme:
    return Lexeme(Kind.PART, name=name, plural=plural)


def _parts() -> list[Entry]:
    entries = []
    for name, words, plural in _BASIC:
        leads = [f"{lead} {word}" for word in words.split("|") for lead in _LEADS]
        of_clock = "|".join(f"de la {word}" for word in words.split("|"))
        entries.append(say_all((Lexeme(Kind.PART, 1, name),), of_clock))
        entries.append(say_all((_part(name),), "|".join(leads)))
        every = f"por las {plural}|las {plural}|en las {plural}|todas las {plural}|de {plural}"
        every += f"|x las {plural}|cada {words.split('|')[0]}|cualquier {words.split('|')[0]}"
        entries.append(say_all((_part(name, plural=True),), every))
        this = [f"esta {word}" for word in words.split("|")]
        entries.append(say_all((Lexeme(Kind.DAY, 0), _part(name)), "|".join(this)))
    entries += [say(Kind.PART, phrases, name=name) for name, phrases in _PARTS]
    return entries


_SHORT_DAYS = (
    ("lunes", "lun"),
    ("martes", "mar"),
    ("miércoles", "mié"),
    ("jueves", "jue"),
    ("viernes", "vie"),
    ("sábado", "sáb"),
    ("domingo", "dom"),
)


def _part_of_weekday() -> list[Entry]:
    """Return "viernes tarde" and the parts of dates, "la tarde del 3"."""
    entries = [
        say_all(
            (Lexeme(Kind.WEEKDAY, day), _part(name)),
            "|".join(f"{weekday} {word}" for weekday in weekdays),
        )
        for day, weekdays in enumerate(_SHORT_DAYS)
        for name, word in (("morning", "mañana"), ("afternoon", "tarde"), ("evening", "noche"))
    ]
    entries += [
        say_all((_part(name), Lexeme(Kind.ON, name="date")), f"la {word} del|la {word} del día")
        for name, word in (("morning", "mañana"), ("afternoon", "tarde"), ("evening", "noche"))
    ]
    return entries


TIMES = (
    *_parts(),
    *_part_of_weekday(),
    say_all((Lexeme(Kind.DAY, 1), _part("afternoon")), "mañana tarde|mañana tardes"),
    say_all((Lexeme(Kind.DAY, 1), _part("evening")), "mañana noche"),
    say_all((Lexeme(Kind.DAY, 1), _part("morning")), "mañana mañana"),
    say_all((Lexeme(Kind.DAY, 1), _part("early_morning")), "mañana temprano|mañana tempranito"),
    say_all(
        (Lexeme(Kind.DAY, 1), _part("first_thing")),
        "mañana a primera hora|mañana a 1a hora|mañana a primera hora de la mañana",
    ),
    say_all((Lexeme(Kind.DAY, 0), _part("evening")), "anoche no|hoy noche|hoy noche mismo"),
    say_all((Lexeme(Kind.DAY, 0), _part("afternoon")), "hoy tarde"),
    say_all((_part("afternoon"),), "tardes|después de la siesta"),
    say_all((_part("evening"),), "noche|al anochecer|tarde noche"),
    say_all((_part("afternoon"),), "tardecita"),
    say_all(
        (Lexeme(Kind.DAY, 1), Lexeme(Kind.OR), Lexeme(Kind.DAY, 2)),
        "mañana o pasado|mañana o pasado mañana",
    ),
    *(
        say_all(
            (Lexeme(Kind.DAY, 2), _part(name)),
            "|".join(f"pasado {lead} {word}" for lead in ("por la", "x la", "en la")),
        )
        for name, word in (("morning", "mañana"), ("afternoon", "tarde"), ("evening", "noche"))
    ),
    say(Kind.DAY, "hoy|oy|hoy mismo|hoi", value=0),
    say(
        Kind.DAY,
        "pasado mañana|pasado manana|pasado mñn|pasao mañana|pasadomañana|el pasado mañana|"
        "psdo mañana|para pasado",
        value=2,
    ),
    say(
        Kind.DAY,
        "mañana|mnn|mñn|mñna|mña|manyana|manan|mñana|maniana|mñana|el día de mañana|mannana|maana",
        value=1,
    ),
    say_all(
        (Lexeme(Kind.DAY, 0), Lexeme(Kind.ALL_DAY)),
        "más tarde hoy|hoy más tarde|"
        "en lo que queda de día|el resto del día|a lo largo del día|en el transcurso del día",
    ),
    say(
        Kind.WEEKDAYS,
        "entre semana|en días laborables|los días laborables|en días hábiles|día de semana|"
        "días de semana|laborables|dias de diario|de lunes a viernes|lunes a viernes|l v|l a v",
    ),
    say(Kind.WEEKEND, "fin de semana|finde|fin de sem|finde semana|fds|find"),
    say(Kind.WEEKEND, "fines de semana|findes|los fines de semana|los findes", plural=True),
    say(Kind.DAY, "de hoy en ocho|hoy en ocho|en ocho días|de hoy en ocho días", value=7),
    *(
        say_all((Lexeme(Kind.WEEKDAY, day), Lexeme(Kind.WEEK)), f"{name} en ocho")
        for day, name in enumerate(
            ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
        )
    ),
    say(Kind.WEEK, "semana|sem|semna"),
    say(Kind.WEEK, "semanas", plural=True),
    say(Kind.FORTNIGHT, "quincena|quince días|15 días"),
    say(Kind.MONTH_UNIT, "mes|meses"),
    say_all(
        (Lexeme(Kind.DAY_UNIT), Lexeme(Kind.BEFORE)),
        "el día antes de|un día antes de|la víspera de|el día anterior a|día antes de",
    ),
    say_all(
        (Lexeme(Kind.DAY_UNIT), Lexeme(Kind.AFTER)),
        "el día después de|un día después de|el día siguiente a|día después de",
    ),
    say(Kind.START_OF, "primera semana de|la primera semana de", value=7),
    say(Kind.DAY_UNIT, "día"),
    say(Kind.DAY_UNIT, "días", plural=True),
    say(Kind.FROM_NOW, "a partir de hoy contando|desde hoy contando"),
    say(Kind.HOUR_UNIT, "hora"),
    say(Kind.HOUR_UNIT, "horitas", plural=True),
    say(
        Kind.NEXT_FEW,
        "en los próximos|en las próximas|durante los próximos|los próximos|"
        "las próximas|en el plazo de|en menos de",
    ),
    say(Kind.COUPLE, "un par de|par de", value=2),
    say(Kind.COUPLE, "unos|unos pocos|pocos", value=3),
    say(
        Kind.EVERY_DAY,
        "cualquier día|todos los días|cada día|cualquier otro día|"
        "el día que sea|un día cualquiera|cualquier dia de estos",
    ),
    say_all(
        (Lexeme(Kind.THIS), Lexeme(Kind.WEEK)),
        "toda la semana|el resto de la semana|"
        "en lo que queda de semana|toda esta semana|a lo largo de la semana|durante la semana",
    ),
    say_all(
        (Lexeme(Kind.NEXT), Lexeme(Kind.WEEK)),
        "semana que viene|la semana que viene|"
        "toda la semana que viene|semana q viene|la semana q viene|próxima semana|"
        "la que viene|la próxima semana|semana próxima|la semana próxima|semana siguiente|"
        "siguiente semana|"
        "semana entrante|toda la próxima semana|semana k viene",
    ),
    say_all(
        (Lexeme(Kind.AFTER_NEXT), Lexeme(Kind.WEEK)),
        "la semana siguiente a la que viene|"
        "dentro de dos semanas semana|en dos semanas semana|semana que viene no la otra",
    ),
    say(Kind.THIS, "este|esta|estos|estas"),
    say(
        Kind.NEXT,
        "próximo|próxima|próximos|próximas|que viene|q viene|siguiente|entrante|k viene|"
        "que vien|prox",
    ),
    say(Kind.AFTER_NEXT, "que viene no el otro|de la otra semana"),
    say(Kind.LAST, "pasado", value=2),
    say(Kind.LAST, "pasada|último"),
    say_all(
        (Lexeme(Kind.LAST), Lexeme(Kind.WEEK)),
        "ayer|anteayer|antes de ayer|anoche|antier|"
        "el otro día|hace poco|la semana pasada|el mes pasado|ayer por la tarde|"
        "ayer por la mañana",
    ),
    say(Kind.AGO, "atrás"),
    say(Kind.WEEK_OF, "semana del|semana que empieza el|semana del día", name="date"),
    say(
        Kind.START_OF,
        "principio de|principios de|a principios de|comienzo de|inicio de|"
        "a comienzos de|a principio de|al principio de|inicios de",
    ),
    say(Kind.MIDDLE_OF, "mediados de|a mediados de|mitad de|a mitad de"),
    say(Kind.END_OF, "final de|finales de|a finales de|a final de|fin de|al final de|a fin de"),
    # Hours
    say(
        Kind.HABIT_FROM,
        "después del trabajo|después de trabajar|al salir del trabajo|"
        "tras el trabajo|cuando salga del trabajo|saliendo del trabajo|después de la oficina|"
        "después del curro|al salir de trabajar|cuando salgo de trabajar",
        name="work",
    ),
    say(
        Kind.HABIT_FROM,
        "después del colegio|después del cole|después de la escuela|"
        "después de clase|al salir del colegio|al salir del cole|después de clases|"
        "salgan del cole|salen del cole|salgan los niños del cole|salen los niños del cole|"
        "salgan del colegio|salen del colegio",
        name="school",
    ),
    say(
        Kind.HABIT_FROM,
        "después de comer|después de la comida|después del almuerzo|"
        "después del mediodía|tras la comida|pasado el mediodía|después de almorzar",
        name="lunch",
    ),
    say(
        Kind.HABIT_FROM,
        "después del desayuno|después de desayunar|después de dejar a los niños",
        name="breakfast",
    ),
    say(Kind.HABIT_FROM, "después de cenar|después de la cena", name="dinner"),
    say(
        Kind.HABIT_UNTIL,
        "antes de comer|antes de la comida|antes del almuerzo|"
        "antes del mediodía|antes de almorzar|antes de mediodía",
        name="lunch_start",
    ),
    say(
        Kind.HABIT_UNTIL,
        "antes del trabajo|antes de trabajar|antes de ir a trabajar",
        name="work_start",
    ),
    say(Kind.HABIT_UNTIL, "antes del colegio|antes del cole", name="school_start"),
    say(Kind.HABIT_UNTIL, "antes de cenar|antes de la cena", name="dinner_start"),
    say(
        Kind.ALL_DAY,
        "todo el día|todo el dia|el día entero|a cualquier hora del día|"
        "a cualquier hora|cualquier hora|la hora que sea|me da igual la hora|"
        "la hora da igual|da igual la hora|a lo largo de ese día",
    ),
    say(
        Kind.ANY_TIME,
        "cuando sea|cuando quieran|cuando quiera|cuando quieras|cuando puedan|"
        "cuando puedas|cuando pueda|en cualquier momento|cualquier momento|siempre estoy|"
        "me da igual|me da igual cuando|da igual cuando|cuando os venga bien|"
        "cuando les venga bien|siempre hay alguien|cuando quieran ustedes|me da lo mismo|"
        "cuando podáis|cuando queráis",
    ),
    say_all(
        (Lexeme(Kind.ANY_TIME), Lexeme(Kind.EXCEPT)),
        "cuando sea menos|cuando sea excepto|"
        "en cualquier momento menos|en cualquier momento excepto|siempre menos|"
        "todo menos|cuando quieran menos|siempre excepto|cuando quiera menos",
    ),
    say(
        Kind.ASAP,
        "lo más pronto|lo más pronto que puedan|lo más pronto que pueda|lo antes que pueda|"
        "cuanto más pronto mejor|lo antes posible|cuanto antes|lo más pronto posible|asap|"
        "de inmediato|"
        "inmediatamente|ahora mismo|ya mismo|lo más rápido posible|en cuanto puedan|"
        "en cuanto pueda|tan pronto como sea posible|enseguida|en seguida|lo antes que puedan|"
        "lo antes q puedan|urgentemente|a la mayor brevedad|en cuanto podáis|"
        "apenas puedan|cuanto antes mejor|lo + pronto posible",
    ),
    say(Kind.NOON, "las doce del mediodía|las 12 del mediodía|12 del mediodía|12 de mediodía"),
    say(Kind.MIDNIGHT, "medianoche|media noche|las doce de la noche|las 12 de la noche"),
    say(Kind.MERIDIEM, "am|a m|a.m.|a.m", value=0),
    say(Kind.MERIDIEM, "pm|p m|p.m.|p.m", value=12),
    say(Kind.HOUR_MARK, "h|hs|hrs|horas|hr|en punto|hras|h."),
    say(Kind.MINUTE_SUFFIX, "y media|y 30|y treinta", value=30),
    say(Kind.MINUTE_SUFFIX, "y cuarto|y quince", value=15),
    say(Kind.MINUTE_SUFFIX, "menos cuarto", value=-15),
    say(Kind.MINUTE_SUFFIX, "menos diez|menos 10", value=-10),
    say(Kind.MINUTE_SUFFIX, "menos cinco|menos 5", value=-5),
    say(Kind.MINUTE_SUFFIX, "menos veinte|menos 20", value=-20),
    say(Kind.MINUTE_SUFFIX, "y diez", value=10),
    say(Kind.MINUTE_SUFFIX, "y veinte", value=20),
    say(Kind.ISH, "más o menos|aproximadamente|aprox|y pico|o así|mas o menos|+-|o por ahí"),
    # Small words
    say(Kind.AT, "a las|a la|alas|a eso"),
    say(Kind.AT, "las"),
    say_all(
        (Lexeme(Kind.ON, name="date"), Lexeme(Kind.ORDINAL, 1)),
        "el día uno|día uno|para el día uno",
    ),
    say(Kind.ON, "el|el día|para el|los días|este día|para el día|del día|del", name="date"),
    say(Kind.ON, "para"),
    say(Kind.IN, "en|dentro de|de aquí a|en el mes de"),
    say(Kind.THE, "la|los|lo"),
    say(Kind.OF, "de"),
    say(Kind.A, "un"),
    say(
        Kind.AROUND,
        "sobre|sobre las|hacia|hacia las|a eso de|a eso de las|alrededor de|"
        "alrededor de las|cerca de|cerca de las|más o menos a|más o menos a las|"
        "aproximadamente a|aproximadamente a las|tipo|como a las|en torno a|en torno a las|"
        "a eso d las|aprox a las|sobre la|hacia el|a eso del|hacia la",
    ),
    say(
        Kind.AFTER,
        "después de|después de las|después de la|pasadas las|después|"
        "luego de|luego de las|pasado el|tras|tras las|tras el|desp de las|dsps de las|"
        "dps de las|pasada la|más tarde de|más tarde de las",
    ),
    say_all((Lexeme(Kind.AFTER, name="date"),), "después del|después del día"),
    say(
        Kind.FROM,
        "a partir de|a partir de las|desde|desde las|a partir|no antes de|"
        "no antes de las|de las|apartir de las|a partir d las|nunca antes de|desde la|"
        "nunca antes de las|a partir de la|apartir de|no antes|no más pronto de",
    ),
    say_all(
        (Lexeme(Kind.FROM, name="date"),),
        "a partir del|desde el|no antes del|a partir del día|desde el día|apartir del",
    ),
    say(Kind.BEFORE, "antes de|antes de las|antes|antes d las|antes de la"),
    say_all((Lexeme(Kind.BEFORE, name="date"),), "antes del día|antes del"),
    say(
        Kind.BY,
        "como tarde|a más tardar|a más tardar a las|no después de|no después de las|"
        "no más tarde de|no más tarde de las|como muy tarde|como muy tarde a las|para las|"
        "como tarde a las|como máximo a las|nunca después de|nunca después de las",
    ),
    say_all(
        (Lexeme(Kind.BY, name="date"),),
        "a más tardar el|como muy tarde el|como tarde el|no más tarde del|no después del",
    ),
    say(Kind.UNTIL, "hasta|hasta las|hasta la|asta las|asta"),
    say_all((Lexeme(Kind.UNTIL, name="date"),), "hasta el|hasta el día"),
    say_all(
        (Lexeme(Kind.UNTIL, name="now"),),
        "entre ahora y|entre ahora y las|de aquí a las|desde ahora hasta las|de ahora a las|"
        "desde ahora hasta|de aquí a|de ahora a|desde ya hasta las|desde ahora hasta el|"
        "de aquí al|entre ahora y el|de aquí hasta las|de aquí hasta el|de ahora hasta las",
    ),
    say(Kind.BETWEEN, "entre|entre las|entre la|de entre"),
    say_all((Lexeme(Kind.BETWEEN, name="date"),), "entre el|entre los días|entre el día"),
    say(Kind.TO, "a|al|a las"),
    say(Kind.AND, "y|e|y también|además de"),
    say(Kind.OR, "o|u|o bien|o también|o el|o quizás|o tal vez"),
    say(
        Kind.ELSE,
        "si no|o si no|sino|de lo contrario|en su defecto|en caso contrario|"
        "si no puede ser|si no es posible|si no se puede|o si no puede ser|como alternativa|"
        "alternativamente|y si no|si no fuera posible|si es imposible|segunda opción|o sino|"
        "si eso no es posible|o en su defecto|si no hay|si no pueden|si no podéis|si no puedes",
    ),
    say(Kind.ONWARDS, "en adelante|o más tarde|pa adelante|para adelante"),
    say(Kind.EARLIER, "o antes|como máximo|como tarde|como muy tarde|a más tardar|máximo"),
)
