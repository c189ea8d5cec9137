"""German words for days, parts of the day and hours."""

from deliveries.windows.lexemes import Kind, Lexeme
from deliveries.windows.lexicon import Entry, say, say_all

_DAYS = (
    (0, "heute|heut|hoit"),
    (1, "morgen|morgn|mrgn|moregn|morgne"),
    (2, "übermorgen|ubermorgen|übermorgn|überübermorgen morgen|ümorgen"),
)
_PARTS = (
    ("morning", "früh|vormittag|vorm|vormittags|frühs|in der früh|am vormittag|in der frühe"),
    ("late_morning", "am späten vormittag|später vormittag|spätvormittag|späten vormittag"),
    ("lunchtime", ("mittagessen|mittag|mittags|zu mittag|über mittag|zur mittagszeit|mittagszeit|"
     "mittagspause")),
    ("early_afternoon", "am frühen nachmittag|früher nachmittag|frühen nachmittag"),
    ("afternoon", "nachmittag|nachm|nachmittags|am nachmittag|namittag|nachmitag|nachmittg|nm"),
    ("late_afternoon", "am späten nachmittag|später nachmittag|spätnachmittag|späten nachmittag"),
    ("early_evening", "am frühen abend|früher abend|frühen abend|vorabend"),
    ("evening", "abend|abends|abds|abd|am abend|abnd|abends spät|spätabend"),
    ("late_evening", "am späten abend|später abend|späten abend|spätabends|spät abends"),
    ("night", "nacht|nachts|in der nacht"),
    ("first_thing", ("ganz früh|gleich in der früh|gleich früh|als erstes|gleich morgens|"
     "zu beginn des tages|früh am morgen|frühmorgens|früh morgens|am frühen morgen|"
     "sehr früh|gleich als erstes")),
    ("end_of_day", ("so spät wie möglich|möglichst spät|ende des tages|am ende des tages|"
        "zum ende des tages|tagesende|dienstschluss|"
     "geschäftsschluss|zum feierabend")),
    ("daytime", "tagsüber|während des tages|untertags"),
    ("working_hours", ("bürozeiten|arbeitszeit|geschäftszeiten|zu den bürozeiten|bürozeit|"
     "während der arbeitszeit|öffnungszeiten")),
)  # fmt: skip

_OF_CLOCK = (
    ("morning", "vormittags"),
    ("lunchtime", "mittags"),
    ("afternoon", "nachmittags|nachm|am nachmittag"),
    ("evening", "abends|am abend"),
)


def _part(name: str, *, plural: bool = False) -> Lexeme:
    return Lexeme(Kind.PART, name=name, plural=plural)


def _days() -> list[Entry]:
    entries = [
        say_all(
            (Lexeme(Kind.DAY, 1), _part("first_thing")),
            "morgen ganz früh|morgen gleich in der früh|morgen früh gleich|morgen als erstes",
        ),
        say_all((Lexeme(Kind.DAY, 0), _part("morning")), "heute morgen|heut morgen"),
    ]
    entries += [say(Kind.DAY, names, value=ahead) for ahead, names in _DAYS]
    return entries


TIMES = (
    *_days(),
    *(say(Kind.PART, said, value=1, name=name) for name, said in _OF_CLOCK),
    say_all(
        (_part("morning"),),
        "am morgen|in den morgenstunden|der morgen|am morgn|den morgen|am nächsten morgen",
    ),
    say_all((Lexeme(Kind.PART, 1, "morning", plural=True),), "morgens"),
    say_all(
        (_part("morning", plural=True),),
        "jeden morgen|immer morgens|jeden vormittag|"
        "nur vormittags|immer vormittags|nur morgens|immer früh",
    ),
    say_all((_part("evening", plural=True),), "nur abends|immer abends|jeden abend|abends immer"),
    say_all(
        (_part("afternoon", plural=True),),
        "nur nachmittags|immer nachmittags|jeden nachmittag",
    ),
    *(say(Kind.PART, phrases, name=name) for name, phrases in _PARTS),
    say_all(
        (Lexeme(Kind.DAY, 0), Lexeme(Kind.ALL_DAY)),
        "später heute|heute noch|noch heute|im laufe des tages|rest des tages|heute irgendwann",
    ),
    say(
        Kind.WEEKDAYS,
        "werktags|wochentags|an werktagen|unter der woche|wochentage|"
        "werktag|wochentag|mo fr|montag bis freitag|mo bis fr",
    ),
    say(Kind.WEEKEND, "wochenende|we|wochenend|wochendende|wochnende|woe"),
    say(Kind.WEEKEND, "wochenenden", plural=True),
    say_all(
        (Lexeme(Kind.WEEKDAY, 5), Lexeme(Kind.OR), Lexeme(Kind.WEEKDAY, 6)),
        "sa/so|sa oder so|sa so|sa od so",
    ),
    say_all(
        (Lexeme(Kind.WEEKDAY, 5), Lexeme(Kind.AND), Lexeme(Kind.WEEKDAY, 6)),
        "sa und so|sa+so|sa u so|sa & so",
    ),
    say_all((Lexeme(Kind.ON, name="date"), Lexeme(Kind.WEEKDAY, 6)), "am so"),
    say(Kind.WEEK, "woche|wo|wochn"),
    say(Kind.WEEK, "wochen", plural=True),
    say(Kind.MONTH_UNIT, "monat|monats|monaten|monate"),
    say(Kind.DAY_UNIT, "tag|tages"),
    say(Kind.DAY_UNIT, "tage|tagen", plural=True),
    say(Kind.FROM_NOW, "ab jetzt|ab heute gerechnet|von heute an"),
    say(Kind.HOUR_UNIT, "stunde|std"),
    say(Kind.HOUR_UNIT, "stunden|stdn", plural=True),
    say(
        Kind.NEXT_FEW,
        "innerhalb|innerhalb von|innerhalb der nächsten|in den nächsten|"
        "die nächsten|binnen|innert|während der nächsten",
    ),
    say(Kind.COUPLE, "ein paar|paar|einige|einigen|wenigen|ein paar wenigen", value=3),
    say(
        Kind.EVERY_DAY,
        "jeden tag|täglich|an jedem tag|jeder tag|alle tage|jedem tag|"
        "jeden beliebigen tag|"
        "jeden anderen tag|egal welcher tag|an jedem anderen tag|egal welchen tag",
    ),
    say_all(
        (Lexeme(Kind.THIS), Lexeme(Kind.WEEK)),
        "die ganze woche|ganze woche|rest der woche|"
        "im laufe der woche|später diese woche|laufe dieser woche|noch diese woche",
    ),
    say(
        Kind.THIS,
        "diese|diesen|dieser|dieses|diesem|kommenden|kommender|kommendes|jetzigen|"
        "diesn|den kommenden",
    ),
    say(
        Kind.NEXT,
        "nächste|nächsten|nächster|nächstes|nächstem|kommende|folgende|folgenden|"
        "nachste|nachsten|die ganze nächste|ganze nächste|im laufe der nächsten|nä|"
        "irgendwann nächste",
    ),
    say(Kind.AFTER_NEXT, "übernächste|übernächsten|übernächster|übernächstes"),
    say(Kind.LAST, "letzte|letzten|letzter|letztes|vergangene|vergangenen|vorige|vorigen"),
    say_all(
        (Lexeme(Kind.LAST), Lexeme(Kind.WEEK)),
        "gestern|vorgestern|gestrigen|neulich|letztens|gestern abend|gestern früh",
    ),
    say_all(
        (
            Lexeme(Kind.BETWEEN),
            Lexeme(Kind.HOLIDAY, name="christmas"),
            Lexeme(Kind.AND),
            Lexeme(Kind.HOLIDAY, name="new_year"),
        ),
        "zwischen den jahren|zwischen den feiertagen",
    ),
    say(Kind.WEEK_OF, "woche vom|woche ab dem|woche des", name="date"),
    say(
        Kind.START_OF, "erste woche im|ersten woche im|erste woche|in der ersten woche im", value=7
    ),
    say(Kind.START_OF, "anfang|beginn|zu beginn|am anfang|zum beginn|anfangs"),
    say(Kind.MIDDLE_OF, "mitte"),
    say(Kind.END_OF, "ende|am ende|gegen ende|zum ende|zu ende"),
    # Hours
    say(
        Kind.HABIT_FROM,
        "nach der arbeit|nach feierabend|nach dem feierabend|nach arbeit|"
        "nach der arb|nach arbeitsende|nach dem büro|ab feierabend",
        name="work",
    ),
    say(
        Kind.HABIT_FROM,
        "nach der schule|nach schulschluss|nach der kita|nach schule|nach dem kindergarten",
        name="school",
    ),
    say(
        Kind.HABIT_FROM,
        "nach dem mittagessen|nach dem essen|nach der mittagspause|nach mittag|nach dem mittag",
        name="lunch",
    ),
    say(Kind.HABIT_FROM, "nach dem frühstück", name="breakfast"),
    say(Kind.HABIT_FROM, "nach dem abendessen|nach dem abendbrot", name="dinner"),
    say(
        Kind.HABIT_UNTIL,
        "irgendwann vor dem mittag|noch vor dem mittag|kurz vor dem mittag|"
        "irgendwann vor mittag|noch vor mittag|irgendwann vor dem mittagessen|"
        "vor dem mittagessen|vor der mittagspause|vor mittag|vor dem mittag",
        name="lunch_start",
    ),
    say(Kind.HABIT_UNTIL, "vor der arbeit|vor arbeitsbeginn", name="work_start"),
    say(Kind.HABIT_UNTIL, "vor der schule", name="school_start"),
    say(Kind.HABIT_UNTIL, "vor dem abendessen", name="dinner_start"),
    say(
        Kind.ALL_DAY,
        "ganztägig|den ganzen tag|ganzen tag|ganztags|der ganze tag|"
        "den ganzen tag über|zu jeder uhrzeit|egal welche uhrzeit|uhrzeit egal|zeit egal|"
        "die zeit ist egal|uhrzeit ist egal",
    ),
    say(
        Kind.ANY_TIME,
        "jederzeit|irgendwann|egal wann|wann auch immer|wann immer|immer|"
        "wann sie wollen|wann ihr wollt|mir egal wann|zu jeder zeit|wann es ihnen passt|"
        "bin immer da|bin immer zuhause|ist mir egal wann|alles passt|wann es passt",
    ),
    say_all(
        (Lexeme(Kind.ANY_TIME), Lexeme(Kind.EXCEPT)),
        "alles außer|alles ausser|immer außer|"
        "jederzeit außer|alles bis auf|immer nur nicht|jederzeit nur nicht|immer bis auf",
    ),
    say(
        Kind.ASAP,
        "asap|der früheste termin|frühester termin|frühesten termin|frühestmöglicher termin|"
        "der nächste freie termin|nächster freier termin|so schnell wie möglich|"
        "so bald wie möglich|schnellstmöglich|sofort|"
        "baldmöglichst|so früh wie möglich|möglichst bald|möglichst schnell|umgehend|"
        "so schnell es geht|sobald wie möglich|möglichst früh|schnellstens|frühestmöglich|"
        "zum nächstmöglichen zeitpunkt|nächstmöglich|nächster möglicher termin|gleich jetzt",
    ),
    say(Kind.NOON, "zwölf uhr mittags|12 uhr mittags|punkt zwölf"),
    say(Kind.MIDNIGHT, "mitternacht"),
    say(Kind.HOUR_MARK, "uhr|h|uhr rum|uhrzeit|uhr genau"),
    say(Kind.HALF, "halb|halber"),
    say(Kind.QUARTER, "dreiviertel|drei viertel", value=45),
    say(Kind.QUARTER, "viertel"),
    say(Kind.ISH, "rum|herum|circa|ungefähr|plus minus"),
    # Small words
    say(Kind.AT, "um|punkt|genau um"),
    say(Kind.ON, "den|dem|der|des|an dem|an diesem", value=1, name="date"),
    say(Kind.ON, "am|zum|an dem|an diesem|auf den|für den|für", name="date"),
    say(Kind.ON, "an|auf"),
    say(Kind.IN, "in|im|während"),
    say(Kind.THE, "die|das"),
    say(Kind.OF, "von der"),
    say(Kind.A, "ein|eine|einen|einer|einem|eines"),
    say(
        Kind.AROUND,
        "gegen|so um|circa|ca|ca.|etwa|ungefähr|so gegen|um die|zirka|um ca|um ca.|"
        "gegen ca|um etwa|um rund|so circa|so ca",
    ),
    say(
        Kind.AFTER,
        "nach|erst nach|nur nach|jederzeit nach|irgendwann nach|nicht vor ablauf|kurz nach",
    ),
    say_all((Lexeme(Kind.AFTER, name="date"),), "nach dem"),
    say_all(
        (Lexeme(Kind.FROM, name="date"),),
        "vom|ab dem|von dem|seit dem heutigen|ab den|erst ab dem|frühestens ab dem|nicht vor dem",
    ),
    say_all((Lexeme(Kind.FROM, name="date", text="erst"),), "frühestens am|erst am"),
    say(
        Kind.FROM,
        "ab|von|frühestens|erst ab|nicht vor|frühestens ab|erst um|nur ab|"
        "jederzeit ab|irgendwann ab|frühestens um|ab ca|ab etwa|nie vor|bitte nicht vor|"
        "nicht früher als",
    ),
    say(Kind.BEFORE, "vor|noch vor|jederzeit vor|nur vor|irgendwann vor|früher als|kurz vor"),
    say_all((Lexeme(Kind.BEFORE, name="date"),), "vor dem|noch vor dem"),
    say(
        Kind.BY,
        "spätestens|bis spätestens|nicht nach|nicht später als|spätestens um|"
        "spätestens bis|allerspätestens|bis allerspätestens",
    ),
    say_all((Lexeme(Kind.BY, name="date"),), "spätestens am|bis spätestens am|bis spätestens zum"),
    say(Kind.UNTIL, "bis|bis um|bis ca|bis etwa|bis gegen|bis einschließlich|bis inklusive"),
    say_all((Lexeme(Kind.UNTIL, name="date"),), "bis zum|bis am|bis zu dem|bis dem|bis inkl"),
    say_all(
        (Lexeme(Kind.UNTIL, name="now"),),
        "zwischen jetzt und|ab jetzt bis|von jetzt bis|jetzt bis|ab sofort bis|von jetzt an bis|"
        "zwischen jetzt und dem|ab jetzt bis zum",
    ),
    say(Kind.BETWEEN, "zwischen|irgendwann zwischen|jederzeit zwischen|zw|zw."),
    say_all((Lexeme(Kind.BETWEEN, name="date"),), "zwischen dem|zwischen den"),
    say(Kind.AND, "und|u|u.|sowie|und auch|wie auch"),
    say(Kind.OR, "oder|bzw|beziehungsweise|od|oder auch|oder am|entweder|oder vielleicht|odr|noch"),
    say(
        Kind.ELSE,
        "sonst|ansonsten|oder sonst|andernfalls|wenn nicht|falls nicht|alternativ|"
        "notfalls|oder alternativ|wenn das nicht geht|falls das nicht geht|oder ansonsten|"
        "falls nicht möglich|wenn nicht möglich|zur not|oder notfalls|wenn nicht dann|"
        "falls nicht dann|ersatzweise|zweite wahl|wenn es nicht geht|falls es nicht klappt|"
        "wenn es nicht klappt|wenns nicht geht|wenn das nicht klappt|falls das nicht klappt|"
        "wenn das nicht möglich ist|falls das nicht möglich ist|oder zur not",
    ),
    say(Kind.ONWARDS, "oder später|aufwärts|und später|an oder später|oder danach"),
    say(Kind.EARLIER, "oder früher|oder vorher|oder davor|spätestens"),
)
