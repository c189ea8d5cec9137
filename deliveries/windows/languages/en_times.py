"""English words for days, parts of the day and hours."""

from deliveries.windows.lexemes import Kind, Lexeme
from deliveries.windows.lexicon import say, say_all

_TODAY = Lexeme(Kind.DAY, 0)
_TOMORROW = Lexeme(Kind.DAY, 1)

TIMES = (
    # Days
    say(Kind.DAY, "today|todays|2day|tday|tody|todat", value=0),
    say(
        Kind.DAY,
        "tomorrow|tomorrows|tmrw|tmr|tmw|tmrrw|tmoro|tmorrow|tomo|tomoz|2moro|2morrow|2mrw|2moz|"
        "2mo|tommorow|tommorrow|tomorow|tomorro|tomarrow|tomz|tomos|tmo|tom|morrow|2mora|tomm",
        value=1,
    ),
    say(
        Kind.DAY,
        "day after tomorrow|the day after tomorrow|day after tmrw|day after tmr|overmorrow|"
        "the day after tmrw|day after tomoz|day after 2moro|day aft tomorrow|day after tommorow",
        value=2,
    ),
    say(Kind.DAY, "next day delivery", value=1),
    say_all(
        (_TODAY, Lexeme(Kind.PART, name="evening")), "tonight|tonights|tonite|2nite|2night|tonigt"
    ),
    say_all((_TODAY, Lexeme(Kind.PART, name="late_evening")), "late tonight|later tonight"),
    say_all((_TODAY, Lexeme(Kind.PART, name="early_evening")), "early tonight"),
    say_all(
        (_TODAY, Lexeme(Kind.PART, name="morning")), "this morning|this morn|this am|this mornings"
    ),
    say_all(
        (_TODAY, Lexeme(Kind.PART, name="afternoon")),
        "this afternoon|this arvo|this aft|this pm|this arvos|this afternoons",
    ),
    say_all(
        (_TODAY, Lexeme(Kind.PART, name="late_afternoon")),
        "later this afternoon|late this afternoon",
    ),
    say_all((_TODAY, Lexeme(Kind.PART, name="late_morning")), "later this morning"),
    say_all(
        (_TODAY, Lexeme(Kind.PART, name="evening")),
        "this evening|this eve|this evenin|this evenings",
    ),
    say_all((_TODAY, Lexeme(Kind.PART, name="lunchtime")), "this lunchtime|this lunch"),
    say_all(
        (_TOMORROW, Lexeme(Kind.PART, name="first_thing")),
        "early tomorrow|early tmrw|early tmr|early tomo",
    ),
    say_all(
        (_TOMORROW, Lexeme(Kind.PART, name="early_morning")),
        "early tomorrow morning|early tmrw morning|early tmrw morn",
    ),
    say_all(
        (_TOMORROW, Lexeme(Kind.PART, name="late_morning")),
        "late tomorrow morning|later tomorrow morning",
    ),
    say_all(
        (_TOMORROW, Lexeme(Kind.PART, name="late_afternoon")),
        "late tomorrow afternoon|late tomorrow|later tomorrow afternoon|late tmrw afternoon",
    ),
    say_all((_TOMORROW, Lexeme(Kind.PART, name="early_afternoon")), "early tomorrow afternoon"),
    say_all((_TOMORROW, Lexeme(Kind.PART, name="early_evening")), "early tomorrow evening"),
    say_all(
        (_TOMORROW, Lexeme(Kind.PART, name="late_evening")),
        "late tomorrow evening|late tomorrow night",
    ),
    say_all((_TODAY, Lexeme(Kind.ALL_DAY)), "rest of the day|rest of today|later today|l8r today"),
    say(Kind.WEEKDAYS, "any weekday|weekday|weekdays|week days|wkdays|wkday|on working days"),
    say(Kind.WEEKEND, "weekend|wkend|wknd|wkd|week end|w end|weekned|wend"),
    say(Kind.WEEKEND, "weekends|wkends|wknds", plural=True),
    say(Kind.WEEK, "week|wk|weeks time"),
    say(Kind.WEEK, "weeks|wks", plural=True),
    say_all(
        (Lexeme(Kind.THIS), Lexeme(Kind.WEEK)), "rest of the week|rest of this week|later this week"
    ),
    say(Kind.FORTNIGHT, "fortnight|fortnights|fortnights time"),
    say(Kind.MONTH_UNIT, "month|months|months time"),
    say(Kind.DAY_UNIT, "day"),
    say(Kind.DAY_UNIT, "days|days time|calendar days", plural=True),
    *(
        say_all((Lexeme(unit, plural=True), Lexeme(Kind.FROM_NOW)), f"{name} later")
        for unit, name in ((Kind.DAY_UNIT, "days"), (Kind.WEEK, "weeks"))
    ),
    say(Kind.FROM_NOW, "from now|from today|time|hence"),
    say(Kind.AGO, "ago"),
    say(Kind.HOUR_UNIT, "hour|hr|hours time|hrs time"),
    say(Kind.HOUR_UNIT, "hours|hrs", plural=True),
    say(Kind.NEXT_FEW, "within|in the next|over the next|during the next|in under"),
    say(Kind.COUPLE, "couple of|couple|a couple of|a couple", value=2),
    say(Kind.COUPLE, "few|a few", value=3),
    say(
        Kind.EVERY_DAY,
        "any day|every day|everyday|anyday|each day|any other day|"
        "any days|all days|most days|any weekday evening day",
    ),
    say_all((Lexeme(Kind.THIS), Lexeme(Kind.WEEK)), "all this week|all week|any day this week"),
    say(Kind.THIS, "this|this coming|the coming|coming|this very|all this"),
    say(Kind.NEXT, "next|nxt|following|all next|nex|any day next|the following"),
    say(Kind.AFTER_NEXT, "after next"),
    say_all((Lexeme(Kind.AFTER_NEXT), Lexeme(Kind.WEEK)), "week after next|the week after next"),
    say_all((Lexeme(Kind.AFTER_NEXT), Lexeme(Kind.WEEKEND)), "weekend after next"),
    *(
        say_all((Lexeme(Kind.AFTER_NEXT), Lexeme(Kind.WEEKDAY, day)), f"{name} after next")
        for day, name in enumerate(
            ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        )
    ),
    say(Kind.LAST, "last|previous"),
    say_all(
        (Lexeme(Kind.LAST), Lexeme(Kind.WEEK)),
        "yesterday|yday|yesterdays|the other day|"
        "day before yesterday|last night|last time|first time|this time|next time|every time",
    ),
    say(Kind.START_OF, "early", name="early"),
    say(Kind.START_OF, "first week of|1st week of", value=7),
    say(Kind.START_OF, "start of|beginning of|first half of|begining of|the start of"),
    say(Kind.MIDDLE_OF, "middle of|mid|midway through"),
    say(Kind.END_OF, "late|later", name="late"),
    say(Kind.END_OF, "end of|the end of|back end of|second half of|latter part of"),
    say_all((Lexeme(Kind.MIDDLE_OF), Lexeme(Kind.WEEK)), "midweek|mid week"),
    say(
        Kind.WEEK_OF,
        "week of|week commencing|w c|wc|week beginning|week starting|wk of|w b|wk commencing|"
        "week starting on|w/c|w/b",
    ),
    say(Kind.WEEKDAYS, "m f|m to f"),
    say(
        Kind.DAY,
        "same day next week|this day next week|today next week|this time next week",
        value=7,
    ),
    *(
        say(
            Kind.PART,
            "|".join(f"{each} {part}" for each in ("any", "every", "each", "most")),
            name=part,
            plural=True,
        )
        for part in ("morning", "afternoon", "evening", "night", "lunchtime")
    ),
    # Parts of the day
    *(
        say(Kind.PART, phrases, value=1, name=name)
        for name, phrases in (
            ("morning", "in the morning|in the morn"),
            ("afternoon", "in the afternoon|in the arvo|in the aft"),
            ("evening", "in the evening|in the eve"),
        )
    ),
    say(Kind.PART, "dinner time|dinnertime|supper time|suppertime", name="early_evening"),
    say(Kind.PART, "breakfast time|breakfasttime|breakfast", name="first_thing"),
    say(Kind.PART, "morning|morn|mornin|mrng|mornig|am time|mornng|mroning", name="morning"),
    say(Kind.PART, "mornings|morns", name="morning", plural=True),
    say(
        Kind.PART,
        "late morning|later morning|late in the morning|late morn|end of the morning|"
        "end of morning|later in the morning",
        name="late_morning",
    ),
    say(Kind.PART, "mid morning|middle of the morning", name="mid_morning"),
    say(
        Kind.PART,
        "early morning|early in the morning|early morn|early am|"
        "bright and early|nice and early|start of the morning",
        name="early_morning",
    ),
    say(
        Kind.PART,
        "first thing in the morning|first thing|1st thing|first thing in the am|"
        "start of the day|start of day|first slot|earliest slot|crack of dawn|"
        "1st thing in the morning|beginning of the day",
        name="first_thing",
    ),
    say(
        Kind.PART,
        "lunchtime|lunch time|lunch|lunch break|lunch hour|lunchtimes|over lunch|luch time",
        name="lunchtime",
    ),
    say(
        Kind.PART,
        "early afternoon|early in the afternoon|early aft|early arvo|early pm",
        name="early_afternoon",
    ),
    say(Kind.PART, "mid afternoon|middle of the afternoon", name="mid_afternoon"),
    say(
        Kind.PART,
        "late afternoon|late in the afternoon|later afternoon|late aft|late arvo|"
        "later in the afternoon|end of the afternoon|late pm|teatime|tea time",
        name="late_afternoon",
    ),
    say(
        Kind.PART,
        "afternoon|aft|arvo|aftrnoon|afternon|afternoo|avo|afternn|aftn|afternooon",
        name="afternoon",
    ),
    say(Kind.PART, "afternoons|arvos", name="afternoon", plural=True),
    say(Kind.PART, "early evening|early eve|early in the evening", name="early_evening"),
    say(
        Kind.PART,
        "late evening|late eve|late in the evening|late at night|later in the evening|late night",
        name="late_evening",
    ),
    say(Kind.PART, "evening|eve|evenin|evng|evning|nite|evenng", name="evening"),
    say(Kind.PART, "evenings|eves", name="evening", plural=True),
    say(Kind.PART, "night|night time|nighttime|at night", name="night"),
    say(Kind.PART, "nights", name="night", plural=True),
    say(
        Kind.PART,
        "as late as possible|as late as you can|latest slot|last slot|last thing|"
        "last thing at night|end of day|eod|end of the day|"
        "the end of the day|the end of day|close of business|cob|"
        "close of play|"
        "late in the day|later in the day|end of the working day",
        name="end_of_day",
    ),
    say_all((_TODAY, Lexeme(Kind.ALL_DAY)), "end of today|the end of today"),
    say(Kind.PART, "daytime|during the day|in the day|day time", name="daytime"),
    say(
        Kind.PART,
        "working hours|business hours|office hours|work hours|during work",
        name="working_hours",
    ),
    say(Kind.PART, "school hours|during school|school time", name="school_hours"),
    say(
        Kind.HABIT_FROM,
        "after work|after the office|from work|aftr work|after i finish work|"
        "when i finish work|after working hours|after office hours|after business hours",
        name="work",
    ),
    say(
        Kind.HABIT_FROM,
        "back from school|home from school|out of school|after school|after the school run|"
        "after skool|after school run|"
        "after school pick up|after pick up|after school pickup",
        name="school",
    ),
    say(Kind.HABIT_FROM, "after lunch|after lunchtime|after my lunch", name="lunch"),
    say(
        Kind.HABIT_FROM,
        "after breakfast|after the morning school run|after school drop off|"
        "after dropping the kids|after drop off",
        name="breakfast",
    ),
    say(Kind.HABIT_FROM, "after dinner|after tea|after supper", name="dinner"),
    say(Kind.HABIT_UNTIL, "before lunch|before lunchtime", name="lunch_start"),
    say(
        Kind.HABIT_UNTIL,
        "before work|before i leave for work|before i go to work",
        name="work_start",
    ),
    say(Kind.HABIT_UNTIL, "before school|before the school run", name="school_start"),
    say(Kind.HABIT_UNTIL, "before dinner|before tea|before supper", name="dinner_start"),
    say(
        Kind.HABIT_UNTIL,
        "before school finishes|before school pickup|before school pick up",
        name="school",
    ),
    say(
        Kind.ALL_DAY,
        "all day|all day long|whole day|the whole day|any time of day|"
        "anytime of day|any time of the day|any time in the day|any time that day|"
        "anytime that day|any time during the day|all the day|throughout the day|"
        "anytime during the day",
    ),
    say(
        Kind.ANY_TIME,
        "dont care when|i dont care when|dont care|not bothered when|not fussed|not fussed when|"
        "any time|anytime|whenever|any old time|any time at all|whatever time|"
        "any time works|any time is fine|anytime is fine|anytime works|always in|always home|"
        "im always in|im always home|i am always home|i am always in|any moment|anything works|"
        "dont mind when|do not mind when|doesnt matter when|no preference|any slot|"
        "all times|up to you|at any time|at anytime|whichever day|whenever you can|"
        "whenever you like|whenever suits|whenever suits you|whenevers|dont mind|i dont mind|"
        "dont mind which|i dont mind which|we dont mind",
    ),
    say_all(
        (Lexeme(Kind.ANY_TIME), Lexeme(Kind.EXCEPT)),
        "anything but|any time but|"
        "anytime but|anything except|any time except|anytime except|everything but|"
        "anything apart from|anything other than|any time other than|any time apart from|"
        "whenever but|whenever except",
    ),
    say(
        Kind.ASAP,
        "bring it now|come now|deliver now|deliver it now|do it now|now please|"
        "now pls|now is fine|now is good|"
        "asap|a s a p|as soon as possible|soon as possible|as soon as you can|"
        "soon as you can|soonest|immediately|right away|straight away|straightaway|right now|"
        "as early as possible|earliest possible|the sooner the better|"
        "sooner the better|as soon as|quick as possible|as quickly as possible|"
        "as quick as you can|earliest convenience|at your earliest convenience|urgently|"
        "soon as u can|as soon as u can|first available|next available|next available slot|"
        "earliest available|any time soon|a.s.a.p",
    ),
    # Hours
    say(Kind.NOON, "noon|midday|mid day|12 noon|twelve noon|12 midday|12 o clock noon|noontime"),
    say(Kind.MIDNIGHT, "midnight|12 midnight"),
    say(Kind.MERIDIEM, "am|a m|a.m|a.m.|in the am|oclock am", value=0),
    say(Kind.MERIDIEM, "pm|p m|p.m|p.m.|in the pm|oclock pm|o clock pm", value=12),
    say(Kind.HOUR_MARK, "oclock|o clock|h|hrs|hours sharp|hundred hours|sharp|oc"),
    say(Kind.HALF, "half past|half passed|half after"),
    say(Kind.HALF, "half|hlf"),
    say(Kind.QUARTER, "quarter|a quarter|qtr|quater|1/4"),
    say(Kind.PAST, "past|passed|after the hour"),
    say(Kind.TO_HOUR, "til the hour"),
    say(
        Kind.ISH,
        "ish|or so|or thereabouts|or around then|roughly|approx|approximately|give or take",
    ),
    say_all((Lexeme(Kind.NOON), Lexeme(Kind.ISH)), "noonish|middayish"),
    say_all((Lexeme(Kind.PART, name="lunchtime"),), "lunchish|lunchtimeish|lunchtime ish"),
    # Small words
    say(Kind.AT, "at|@|for about|at like|at exactly"),
    say(Kind.ON, "on|this here|either|on either|either on"),
    say(Kind.IN, "in|during|in about|over"),
    say(Kind.THE, "the|that|a nice|your"),
    say(Kind.OF, "of"),
    say(Kind.A, "a|an|one"),
    say(
        Kind.AROUND,
        "around|about|round|rnd|roughly|approx|approximately|circa|arnd|abt|close to|near to|"
        "arround|round about|somewhere around|sometime around|~|around about|aroud",
    ),
    say(
        Kind.AFTER,
        "after|any time after|anytime after|aftr|later than|"
        "sometime after|once its past|only after|just after|not until after|shortly after|"
        "as long as its after|not till after|no earlier then",
    ),
    say_all((Lexeme(Kind.BUT), Lexeme(Kind.FROM)), "but not until|but not till|but not til"),
    say(
        Kind.FROM,
        "from|not until|not till|not til|"
        "any time from|anytime from|starting|starting from|beginning|as of|"
        "no earlier than|no sooner than|not earlier than|from about|frm|"
        "earliest is|the earliest is|the earliest i can do is|earliest i can do is|"
        "the earliest i can do|earliest i can do|the earliest we can do is|as from|"
        "from around|onwards from",
    ),
    say(
        Kind.FROM,
        "not before|no deliveries before|nothing before|never before|dont deliver before|"
        "dont come before|not b4",
        name="not before",
    ),
    say(
        Kind.BEFORE,
        "before|any time before|anytime before|earlier than|b4|sometime before|"
        "prior to|ahead of|bfore|befor|befre|just before|shortly before|only before",
    ),
    say(
        Kind.BY,
        "by|no later than|not later than|at the latest by|latest by|latest|"
        "no later then|by about|by around|not after|nothing after|never after|"
        "at the very latest",
    ),
    say(
        Kind.UNTIL,
        "until|till|til|untill|up to|up until|thru|through|untl|upto|up till|"
        "any time until|any time up to|anytime until|anytime up to",
    ),
    say_all(
        (Lexeme(Kind.UNTIL, name="now"),),
        "between now and|from now until|from now til|from now till|from now to|now until|now till|"
        "now til|anytime between now and|any time between now and|any time from now until",
    ),
    say(
        Kind.BETWEEN,
        "between|btw|btwn|in between|anywhere between|any time between|"
        "anytime between|sometime between|betwen|bet|beween|somewhere between|betw",
    ),
    say(Kind.TO, "to|->|to about"),
    say(Kind.AND, "and|n|nd|also|as well as|plus"),
    say(Kind.OR, "or|or maybe|or perhaps|or even|or on|or possibly"),
    say(
        Kind.ELSE,
        "or else|otherwise|else|if not|failing that|or failing that|alternatively|"
        "or alternatively|or otherwise|if not then|second choice|2nd choice|or if not|"
        "if thats not possible|if that is not possible|if thats no good|if that doesnt work|"
        "if that does not work|if impossible|if not possible|and if not|or then|"
        "if you cant|if you cannot|if u cant|if that isnt possible|or if thats not possible|"
        "or if you cant|if you cant do that|worst case|as a backup|backup|or if that fails|"
        "if that fails|plan b|if its not possible|if that wont work|if none|if unavailable|"
        "if not available|second best|next best",
    ),
    say(Kind.ELSE, "after that", name="after"),
    say(
        Kind.ONWARDS,
        "onwards|onward|or later|on wards|and later|or l8r|"
        "and onwards|at the earliest|and on|earliest",
    ),
    say(Kind.EARLIER, "or earlier|or sooner|at the latest|latest|at the very latest|max|tops"),
)
