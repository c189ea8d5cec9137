"""French words for days, parts of the day and hours."""

from deliveries.windows.lexemes import Kind, Lexeme
from deliveries.windows.lexicon import Entry, say, say_all

_AFTERNOON = "après midi|apres midi|aprem|aprèm|apm|aprm|aprés midi|am|après m|ap midi|aprèmidi"
_AFTERNOON += "|apresmidi|laprem|lapres midi|apres mid"
_PARTS = (
    ("first_thing", ("première heure|à la première heure|en tout début de matinée|à l'ouverture|"
     "dès l'ouverture|dès la première heure|aux premières heures|tout début de matinée")),
    ("early_morning", ("tôt le matin|de bonne heure|matin de bonne heure|matin tôt|tôt|"
     "début de matinée|en début de matinée|"
     "tôt dans la matinée|au début de la matinée")),
    ("mid_morning", "milieu de matinée|en milieu de matinée|au milieu de la matinée"),
    ("late_morning", ("fin de matinée|en fin de matinée|tard le matin|tard dans la matinée|"
     "fin de matin|à la fin de la matinée")),
    ("lunchtime", ("heure du déjeuner|à l'heure du déjeuner|pause déjeuner|pause de midi|"
     "entre midi et deux|entre 12 et 2|l'heure de midi|heure du repas|sur l'heure du midi|"
     "à l'heure de midi|pendant midi|au déjeuner|le midi|sur le temps de midi|à l'heure du repas")),
    ("early_afternoon", ("début d'après midi|en début d'après midi|début d'aprem|"
     "début d'après m|au début de l'après midi|en début d'aprem|tôt l'après midi")),
    ("mid_afternoon", "milieu d'après midi|en milieu d'après midi|milieu d'aprem"),
    ("late_afternoon", ("fin d'après midi|en fin d'après midi|fin d'aprem|en fin d'aprem|"
     "tard l'après midi|fin d'aprèm|à la fin de l'après midi|tard dans l'après midi")),
    ("early_evening", "début de soirée|en début de soirée"),
    ("late_evening", "fin de soirée|en fin de soirée|tard le soir|tard dans la soirée"),
    ("end_of_day", ("le plus tard possible|au plus tard possible|fin de journée|en fin de journée|"
        "à la fin de la journée|fin de la journée|"
     "fin d'journée")),
    ("daytime", ("en journée|dans la journée|pendant la journée|la journée|au cours de la journée|"
     "de jour|ds la journée")),
    ("working_hours", ("heures de bureau|aux heures de bureau|pendant les heures de bureau|"
     "horaires de bureau|heures ouvrables")),
    ("afternoon", _AFTERNOON + "|de l'après midi|de l'aprem|l'après midi|d'après midi"),
    ("morning", ("matin|matinée|mat|le matin|matn|dans la matinée|ds la matinée|la matinée|"
     "du matin")),
    ("evening", "soir|soirée|dans la soirée|ds la soirée|en soirée|le soir|du soir"),
    ("night", "nuit|la nuit"),
)  # fmt: skip
_OF_CLOCK = (
    ("morning", "du matin|du mat"),
    ("afternoon", "de l'après midi|de l'aprem|de l'aprèm"),
    ("evening", "du soir"),
)
_PLURAL_PARTS = (
    ("morning", "les matins|tous les matins|chaque matin|plutôt les matins|n'importe quel matin"),
    ("afternoon", ("les après midi|tous les après midi|chaque après midi|les après midis|"
     "tous les après midis|les aprems|n'importe quel après midi")),
    ("evening", "les soirs|tous les soirs|chaque soir|n'importe quel soir|les soirées"),
)  # fmt: skip


_ONLY = ("seulement", "uniquement", "que", "toujours")


def _part(name: str, *, plural: bool = False) -> Lexeme:
    return Lexeme(Kind.PART, name=name, plural=plural)


def _parts() -> list[Entry]:
    entries = [say_all((_part(name, plural=True),), phrases) for name, phrases in _PLURAL_PARTS]
    entries += [say_all((Lexeme(Kind.PART, 1, name),), said) for name, said in _OF_CLOCK]
    entries += [say_all((_part(name),), phrases) for name, phrases in _PARTS]
    for name, words in (("morning", "matin"), ("afternoon", "après midi"), ("evening", "soir")):
        only = [f"{only} le {words}|{only} l'{words}|le {words} {only}" for only in _ONLY]
        entries.append(say_all((_part(name, plural=True),), "|".join(only)))
    today = Lexeme(Kind.DAY, 0)
    afternoons = "|".join(f"cet {word}|cette {word}" for word in _AFTERNOON.split("|"))
    entries += [
        say_all((today, _part("afternoon")), afternoons + "|ct aprem|st aprem"),
        say_all((today, _part("morning")), "ce matin|ce mat|cette matinée"),
        say_all((today, _part("evening")), "ce soir|cette nuit|ce soi|cette soirée"),
        say_all((today, _part("late_afternoon")), "en fin d'après midi aujourd'hui"),
    ]
    return entries


TIMES = (
    *_parts(),
    say(
        Kind.DAY,
        "aujourd'hui|aujourdhui|ajd|auj|aujourd hui|aujourdui|ojd|aujd|aujourd'ui|le jour même",
        value=0,
    ),
    say(
        Kind.DAY,
        "après demain|apres demain|aprèsdemain|apresdemain|ap demain|aprés demain",
        value=2,
    ),
    say(Kind.DAY, "demain|dem|2main|dmain|deamin|demin|demian|2m1", value=1),
    say_all(
        (Lexeme(Kind.DAY, 0), Lexeme(Kind.ALL_DAY)),
        "plus tard aujourd'hui|"
        "dans le courant de la journée|plus tard dans la journée|d'ici ce soir|"
        "le reste de la journée",
    ),
    say(
        Kind.WEEKDAYS,
        "en semaine|de semaine|les jours ouvrés|les jours ouvrables|"
        "jours de semaine|la semaine en journée|du lundi au vendredi|lundi au vendredi|"
        "jour de semaine",
    ),
    say(Kind.WEEKEND, "week end|weekend|we|wk end|wkd|ouikend|fin de semaine week end"),
    say(
        Kind.WEEKEND,
        "week ends|weekends|les week ends|les weekends|tous les week ends",
        plural=True,
    ),
    say_all(
        (Lexeme(Kind.END_OF), Lexeme(Kind.WEEK)),
        "fin de semaine|en fin de semaine|"
        "fin de cette semaine|la fin de semaine|la fin de la semaine",
    ),
    say_all(
        (Lexeme(Kind.START_OF), Lexeme(Kind.NEXT), Lexeme(Kind.WEEK)),
        "début de semaine prochaine|début semaine prochaine|en début de semaine prochaine|"
        "début de la semaine prochaine|au début de la semaine prochaine|"
        "début de sem prochaine",
    ),
    say_all(
        (Lexeme(Kind.END_OF), Lexeme(Kind.NEXT), Lexeme(Kind.WEEK)),
        "fin de semaine prochaine|fin semaine prochaine|en fin de semaine prochaine|"
        "fin de la semaine prochaine|à la fin de la semaine prochaine",
    ),
    say_all(
        (Lexeme(Kind.MIDDLE_OF), Lexeme(Kind.NEXT), Lexeme(Kind.WEEK)),
        "milieu de semaine prochaine|en milieu de semaine prochaine|milieu de la semaine prochaine",
    ),
    say_all(
        (Lexeme(Kind.MIDDLE_OF), Lexeme(Kind.WEEK)),
        "milieu de semaine|en milieu de semaine|milieu de la semaine",
    ),
    say_all(
        (Lexeme(Kind.NEXT), Lexeme(Kind.WEEK)),
        "semaine prochaine|la semaine prochaine|"
        "sem prochaine|semaine pro|la semaine pro|la sem prochaine|semaine suivante|"
        "toute la semaine prochaine|dans la semaine prochaine|courant semaine prochaine|"
        "semaine proch|sem pro|s prochaine|semaine d'après|la semaine d'après",
    ),
    say(Kind.WEEK, "semaine|sem|semaines"),
    say(Kind.FORTNIGHT, "quinzaine|quinze jours|15 jours"),
    say(Kind.MONTH_UNIT, "mois"),
    say(Kind.DAY_UNIT, "jour|jr"),
    say(Kind.DAY_UNIT, "jours|jrs", plural=True),
    say_all((Lexeme(Kind.NEXT_FEW), Lexeme(Kind.WEEK)), "sous huitaine|sous une semaine"),
    say_all((Lexeme(Kind.NEXT_FEW), Lexeme(Kind.FORTNIGHT)), "sous quinzaine|sous quinze jours"),
    say_all(
        (Lexeme(Kind.NEXT_FEW), Lexeme(Kind.A), Lexeme(Kind.HOUR_UNIT)),
        "dans l'heure|d'ici une heure|dans l'heure qui vient|dans la prochaine heure",
    ),
    say(Kind.FROM_NOW, "à partir de maintenant|à compter d'aujourd'hui"),
    say(Kind.HOUR_UNIT, "heure plus tard|h plus tard|heure plus tôt|h plus tôt"),
    say(Kind.HOUR_UNIT, "heures plus tard|heures plus tôt", plural=True),
    say(Kind.HOUR_UNIT, "heure à partir de maintenant"),
    say(
        Kind.NEXT_FEW,
        "dans les|sous|dans les prochains|dans les prochaines|d'ici les|"
        "les prochains|les prochaines|au cours des",
    ),
    say(Kind.COUPLE, "deux trois|quelques|un ou deux", value=3),
    say(
        Kind.EVERY_DAY,
        "n'importe quel jour|tous les jours|chaque jour|"
        "n'importe quel autre jour|nimporte quel jour|n importe quel jour|peu importe le jour|"
        "tous les autres jours|quel que soit le jour",
    ),
    say_all(
        (Lexeme(Kind.THIS), Lexeme(Kind.WEEK)),
        "toute la semaine|le reste de la semaine|"
        "dans la semaine|courant de la semaine|dans le courant de la semaine|courant semaine|"
        "pendant la semaine|cette semaine|dans le courant de cette "
        "semaine|ds la semaine",
    ),
    say(Kind.THIS, "ce|cette|cet|ces|ce prochain"),
    say(
        Kind.NEXT,
        "prochain|prochaine|prochains|prochaines|qui vient|suivant|suivante|proch|le prochain|"
        "la prochaine|en huit pas",
    ),
    say_all((Lexeme(Kind.WEEK),), "en huit"),
    say(Kind.FORTNIGHT, "en quinze"),
    say(Kind.AFTER_NEXT, "d'après la prochaine|pas le prochain celui d'après"),
    say_all(
        (Lexeme(Kind.AFTER_NEXT), Lexeme(Kind.WEEK)),
        "dans deux semaines semaine|la semaine d'après la semaine prochaine",
    ),
    say(Kind.LAST, "dernier|dernière|passé|passée"),
    say_all(
        (Lexeme(Kind.LAST), Lexeme(Kind.WEEK)),
        "hier|avant hier|l'autre jour|hier soir|"
        "hier matin|la veille|semaine dernière|la semaine dernière|hier après midi",
    ),
    say(Kind.WEEK_OF, "semaine du|la semaine du", name="date"),
    say(Kind.START_OF, "première semaine de|la première semaine de", value=7),
    say(Kind.START_OF, "début|début de|en début de|au début de|au début du|début du"),
    say(Kind.MIDDLE_OF, "milieu|mi|milieu de|en milieu de|mi de"),
    say(Kind.END_OF, "fin|fin de|en fin de|à la fin de|à la fin du|fin du"),
    # Hours
    say(
        Kind.HABIT_FROM,
        "après le travail|après le boulot|après mon travail|après le taf|"
        "après le bureau|en sortant du travail|après ma journée de travail|apres taf|"
        "à la sortie du travail|en sortant du boulot|en rentrant du travail|apres boulot",
        name="work",
    ),
    say(
        Kind.HABIT_FROM,
        "après l'école|à la sortie de l'école|après les cours|"
        "à la sortie des classes|après la classe",
        name="school",
    ),
    say(
        Kind.HABIT_FROM,
        "après le déjeuner|après le repas|après manger|après le repas de midi|après déjeuner",
        name="lunch",
    ),
    say(Kind.HABIT_FROM, "après le petit déjeuner|après le petit déj", name="breakfast"),
    say(Kind.HABIT_FROM, "après le dîner|après dîner", name="dinner"),
    say(Kind.HABIT_UNTIL, "avant le déjeuner|avant manger|avant le repas", name="lunch_start"),
    say(
        Kind.HABIT_UNTIL,
        "avant le travail|avant le boulot|avant d'aller au travail|"
        "avant de partir au travail|avant d'aller bosser",
        name="work_start",
    ),
    say(Kind.HABIT_UNTIL, "avant l'école", name="school_start"),
    say(Kind.HABIT_UNTIL, "avant le dîner", name="dinner_start"),
    say(
        Kind.ALL_DAY,
        "toute la journée|tte la journée|à n'importe quelle heure|"
        "n'importe quelle heure|peu importe l'heure|à toute heure|journée entière|"
        "la journée entière|quelle que soit l'heure|l'heure importe peu|ttes la journée",
    ),
    say(
        Kind.ANY_TIME,
        "n'importe quand|nimporte quand|quand vous voulez|quand vous pouvez|"
        "à tout moment|peu importe quand|quand vous voudrez|je suis toujours là|"
        "toujours présent|toujours disponible|quand tu veux|ça m'est égal|peu m'importe|"
        "quand ça vous arrange|à n'importe quel moment|n importe quand|tout le temps|"
        "quand vous pourrez",
    ),
    say_all(
        (Lexeme(Kind.ANY_TIME), Lexeme(Kind.EXCEPT)),
        "tout sauf|n'importe quand sauf|"
        "à tout moment sauf|quand vous voulez sauf|toujours sauf|n importe quand sauf",
    ),
    say(
        Kind.ASAP,
        "le plus tôt|le plus tôt que vous pouvez|le plus tôt sera le mieux|"
        "dès que possible|le plus tôt possible|au plus vite|le plus vite possible|"
        "asap|immédiatement|tout de suite|au plus tôt|le plus rapidement possible|"
        "dans les plus brefs délais|d'urgence|dès que vous pouvez|rapidement possible|"
        "aussi vite que possible|aussitôt que possible|dés que possible|de suite|"
        "le + tôt possible|le plus rapidement",
    ),
    say(Kind.NOON, "midi|12h pile"),
    say(Kind.MIDNIGHT, "minuit"),
    say(Kind.HOUR_MARK, "h|heures|heure|hrs|hr|h pile|heures pile|heurs"),
    say(Kind.MINUTE_SUFFIX, "et demie|et demi|30 pile", value=30),
    say(Kind.MINUTE_SUFFIX, "et quart|un quart", value=15),
    say(Kind.MINUTE_SUFFIX, "moins le quart|moins quart", value=-15),
    say(Kind.MINUTE_SUFFIX, "moins dix|moins 10", value=-10),
    say(Kind.MINUTE_SUFFIX, "moins cinq|moins 5", value=-5),
    say(Kind.MINUTE_SUFFIX, "moins vingt|moins 20", value=-20),
    say(Kind.MINUTE_SUFFIX, "dix pile", value=10),
    say(Kind.ISH, "environ|à peu près|grosso modo|par là|ou par là|à peu pres"),
    # Small words
    say(Kind.AT, "à partir exactement|pour"),
    say(Kind.ON, "le|pour le|en date du|ce jour du|courant|le jour du|au matin du", name="date"),
    say(Kind.IN, "en|dans|durant|pendant|au mois de|au cours de|ds"),
    say(Kind.THE, "la|l|les"),
    say(Kind.OF, "de|d|de la|de l|sur"),
    say(Kind.A, "un"),
    say(
        Kind.AROUND,
        "vers|vers les|aux alentours de|autour de|environ à|aux environs de|"
        "à peu près à|vers environ|à environ|aux alentours d|autour d|approximativement|"
        "vers le|vers la|en fin vers",
    ),
    say(Kind.AFTER, "après|après les|aprés|après l|plus tard que|passé les|pas avant la fin"),
    say(
        Kind.FROM,
        "à partir de|à partir d|dès|dès les|à compter de|depuis les|"
        "à partir des|apartir de|a partir|"
        "plutôt à partir de",
    ),
    say(Kind.FROM, "pas avant|pas plus tôt que|jamais avant|surtout pas avant", name="not before"),
    say_all(
        (Lexeme(Kind.FROM, name="date"),),
        "à partir du|à compter du|dès le|pas avant le|du|apartir du",
    ),
    say(Kind.BEFORE, "avant|avant les|avt|avant l|plus tôt que"),
    say(
        Kind.BY,
        "d'ici|pas après|au plus tard|au plus tard à|pas plus tard que|"
        "pour au plus tard|jamais après|dernier délai",
    ),
    say_all(
        (Lexeme(Kind.BY, name="date"),),
        "d'ici le|au plus tard le|pas après le|d'ici au|pas plus tard que le",
    ),
    say_all(
        (Lexeme(Kind.UNTIL, name="now"),),
        "entre maintenant et|de maintenant à|de maintenant jusqu'à|maintenant jusqu'à|"
        "entre maintenant et le|d'ici à|de maintenant au",
    ),
    say(Kind.UNTIL, "jusqu'à|jusqu'|jusque|jusqua|jusqu'aux|jusqu|jusqu'à environ|jusk|jusqu'en"),
    say_all((Lexeme(Kind.UNTIL, name="date"),), "jusqu'au|jusqu'à le|jusquau"),
    say(Kind.BETWEEN, "entre|entre les"),
    say_all((Lexeme(Kind.BETWEEN, name="date"),), "entre le"),
    say(Kind.TO, "à|au|aux"),
    say(Kind.AND, "et|ainsi que|et aussi|et également"),
    say(Kind.OR, "ou|ou bien|soit|ou alors|ou encore|ou le|voire|ou éventuellement"),
    say(
        Kind.ELSE,
        "sinon|ou sinon|à défaut|si non|autrement|si ce n'est pas possible|"
        "sinon alors|si pas possible|si impossible|en second choix|ou à défaut|"
        "si c'est impossible|au pire|dans le cas contraire|si ça ne va pas|et sinon|"
        "si cela n'est pas possible|si ce nest pas possible|si c'est pas possible|"
        "à la rigueur|ou à la rigueur|si vous ne pouvez pas|ou au pire|en alternative",
    ),
    say(Kind.ONWARDS, "ou plus tard|et plus|et au delà"),
    say(
        Kind.EARLIER,
        "ou avant|au plus tard|maximum|max|dernier carat|grand maximum|dernier délai|ou plus tôt",
    ),
)
