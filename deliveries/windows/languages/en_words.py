"""English words for what suits and what does not, and for numbers that are no times."""

from deliveries.windows.lexemes import Kind, Lexeme
from deliveries.windows.lexicon import say, say_all

_PERSONS = (
    "im",
    "i am",
    "i m",
    "we are",
    "were",
    "ill be",
    "i will be",
    "well be",
    "we will be",
    "shes",
    "hes",
    "theyre",
)
_AWAY_STATES = (
    "out", "away", "at work", "working", "busy", "travelling", "traveling", "abroad",
    "at school", "at uni", "in work", "in the office", "at the office", "in meetings",
    "in a meeting", "on holiday", "on vacation", "unavailable", "gone", "out and about", "asleep",
    "at the gym", "at the dentist", "at the doctors", "at church", "at the hairdressers",
    "at a funeral", "at a wedding", "at the hospital", "shopping", "in town", "out of town",
    "away from home", "tied up", "on shift", "in surgery", "on holidays",
)  # fmt: skip
_HOME_STATES = (
    "home", "in", "at home", "around", "about", "available", "free", "here", "there",
    "working from home", "wfh", "off work", "off",
)  # fmt: skip

# Who works at home is there.
_WORKING = (
    "i work", "we work", "ill work", "i will work", "work", "working",
    *(f"{person} working" for person in _PERSONS),
)  # fmt: skip

_NICE = (
    "good", "nice", "great", "lovely", "wonderful", "fab", "blessed", "fantastic", "gd", "super",
)  # fmt: skip
_SPELLS = (
    "day", "evening", "weekend", "morning", "afternoon", "week", "night", "one", "eve", "wknd",
)  # fmt: skip
_GREETED = (
    "mate", "all", "team", "guys", "folks", "love", "sir", "madam", "both", "everyone", "lads",
    "pal", "ladies", "to you", "driver", "hun", "dear",
)  # fmt: skip

WORDS = (
    say(
        Kind.NAME,
        "leave with|leave it with|left it with|drop with|drop it with|hand to|hand it to|give to|"
        "give it to|pass it to",
        name="person",
    ),
    say(Kind.SKIP, "my house|our house|my place|our place"),
    say(Kind.SKIP, "or not at all|or never"),
    say(Kind.SKIP, "both days|on both days|either day|on both"),
    say(Kind.SKIP, "if you want|if u want|if you like|if u like|if you wish"),
    say(
        Kind.SKIP,
        "|".join(f"have a {nice} {spell}" for nice in _NICE for spell in _SPELLS),
    ),
    say(
        Kind.SKIP,
        "book an appointment|make an appointment|arrange an appointment|delivery appointment|"
        "book an appt|make an appt|an appointment for delivery",
    ),
    # Does not suit
    say(
        Kind.NOT,
        "nor|nor on|nor is|not|no to|no for|not for|cant|cannot|can not|can t|wont|won t|"
        "dont|don t|do not|"
        "will not|isnt|is not|arent|"
        "are not|never|unable|couldnt|could not|avoid|wouldnt|not on|not at|definitely not|"
        "please not|just not|not any|except not|neither|rather not|cnt|dnt|wnt|not available|"
        "cant do|cant make|can not do|dont want|i cant|anything not|without|unable to do|skip|"
        "hate|cant manage|nobody in|no one in|nobody home|no one home|nobody is in|no ones in|"
        "no one is in|no ones home|nobodys home|nobodys in|nobody will be in|no one will be in|"
        "nobody will be home|no one will be home|nobody is home|no one is home|noone home|"
        "noone in|noone will be in|nobody there|no one there|nobody at home|no one at home|"
        "there is nobody|theres nobody|theres no one|there will be nobody|there will be no one|"
        "not convenient|nobody around|no one around|nobody here|aint|ain t|would not|should not|"
        "shouldnt|no deliveries|no delivery|no times|no time slot|no slot|no slots|nothing works|"
        "none work|not home on|not in on",
    ),
    say(
        Kind.AWAY,
        "hold|hold it|keep|keep it|hold on to it|hang on to it|store it|working|out on|"
        "not home|not in|not at home|back late|home late|nt in|nt home|not bk|nt bk|"
        "nt at home|sleeping|asleep|"
        "not around|not there|not here|wont be in|wont be home|"
        "wont be at home|wont be there|wont be around|wont be available|wont be here|"
        "will not be home|will not be in|will not be there|cant be home|cant be there|"
        "cant be in|not be home|not be in|not be there|not be at home|never home|never in|"
        "isnt home|isnt in|isn t in|unavailable|not going to be home|not going to be in|"
        "not gonna be home|not gonna be in|not gona be in|wont b in|wont b home|arent home|"
        "arent in|are not in|are not home|not back|not back home|out of town|out of office|"
        "out of the office|on holiday|on vacation|away|busy|at work|"
        "got work|have work|i work|we work|i have work|in work|on hols|appointment|"
        "gone for|gone for the|have an appointment|got an appointment|dentist|have a meeting|"
        "got a meeting|hospital|appt|appts|docs appt|doctors appt|doctors appointment|gp appt|"
        "dentist appt|dentists appt|dental appt|vet appt|vets appt|hair appt|hospital appt|"
        "have a doctors appt|have a doctors appointment|on the school run|"
        "have an interview|got an interview",
    ),
    *(
        say(Kind.AWAY, "|".join(f"{person} {state}" for state in _AWAY_STATES))
        for person in _PERSONS
    ),
    *(
        say(Kind.AWAY, "|".join(f"{person} not {state}" for state in _HOME_STATES))
        for person in _PERSONS
    ),
    say_all(
        (Lexeme(Kind.AWAY), Lexeme(Kind.UNTIL)),
        "leave til|leave till|leave until|wait until|wait till|"
        "wait til|leave it til|leave it till|leave it until|out until|"
        "out till|out til|away until|"
        "away till|away til|gone until|not back until|not back till|not back til",
    ),
    say_all((Lexeme(Kind.AWAY), Lexeme(Kind.FROM)), "out from|away from"),
    say_all(
        (Lexeme(Kind.AWAY), Lexeme(Kind.ALL_DAY)),
        "out all day|away all day|busy all day|"
        "at work all day|im out all day|i am out all day|im at work all day|im busy all day",
    ),
    *(
        say_all((Lexeme(Kind.AWAY), Lexeme(Kind.DAY, ahead)), f"out {word}")
        for ahead, word in ((0, "today"), (1, "tomorrow"), (1, "tmrw"))
    ),
    say(
        Kind.BAD,
        "useless|is useless|are useless|are hopeless|no use|are no use|no good|not good|"
        "doesnt work|does not work|dont work|do not work|wont work|will not work|"
        "doesnt suit|does not suit|dont suit|isnt good|is bad|are bad|isnt possible|not possible|"
        "is not possible|impossible|is out|are out|isnt convenient|is not convenient|"
        "not convenient|inconvenient|not great|not ideal|is no use|isnt great|isnt ideal|"
        "is off|not ok|isnt ok|is not ok|is not good|not suitable|isnt suitable|unsuitable|"
        "doesn t work|is a no|are no good|is no good|wont do|not an option|isnt an option|"
        "is rubbish|is awful|wont suit|not working for me|is too early|is too late|too early|"
        "too late|is difficult|is tricky|is hard|is hopeless|is a problem|i cant do|is full|"
        "is not an option|not fine|isnt fine|doesnt suit me|no longer works|wont be possible|"
        "not work|not going to work|bad for me|wouldnt work|arent good|dont suit me|"
        "is busy|is not great|is not ideal|is terrible|is a nightmare|not suit",
    ),
    say(
        Kind.EXCEPT,
        "except|except for|excepting|apart from|other than|besides|bar|excluding|all but|"
        "but not|just not on|only not|instead of|rather than|save for|everything except|"
        "with the exception of|except on|apart from on|aside from|just dont come|minus|"
        "any day bar|exept|but never|as opposed to|any but",
    ),
    say_all(
        (Lexeme(Kind.EVERY_DAY), Lexeme(Kind.EXCEPT)),
        "any day but|any day except|"
        "any day bar|every day but|every day except|any day apart from|any day other than|"
        "anyday but|anyday except|all days except|any other day than|any other day but|"
        "everyday except|everyday but|any day but not|any day excluding|any day not",
    ),
    say(Kind.BUT, "but|however|though|although|yet|whereas|just|but just"),
    say(Kind.IF, "if|in case|unless|incase"),
    # Suits
    say(
        Kind.GOOD,
        "works|work|is fine|is ok|is okay|is good|is best|is better|is great|is perfect|suits|"
        "works for me|fine|good|ok|okay|best|better|perfect|great|is preferred|preferred|ideal|"
        "would be better|would be best|would be good|would be great|would be perfect|would work|"
        "would suit|is preferable|is possible|preferable|are fine|are good|are ok|are best|"
        "are better|instead|would do|will do|is alright|alright|cool|suits me|is easier|easier|"
        "lovely|is ideal|would be ideal|no problem|no prob|is no problem|not a problem|"
        "not bad|is gd|gd|is a good day|is possible|pref|wd be good|wud be good|wld be gd|"
        "would be nice|would be lovely|yes|is free|nice|is convenient|convenient|fab|sounds good",
    ),
    *(
        say(Kind.HOME, f"{person} working from home|{person} off|{person} off work|{person} wfh")
        for person in _PERSONS
    ),
    *(say(Kind.HOME, f"{working} from home|{working} at home") for working in _WORKING),
    say(
        Kind.HOME,
        "i wfh|we wfh|home office|"
        "home|at home|im in|ill be in|i will be in|im home|im free|free|available|im around|"
        "ill be home|ill be around|i am in|i am home|i am around|i am available|someone in|"
        "somebody home|someone will be in|someone home|someone is in|someones in|someones home|"
        "somebody in|somebody will be home|someone will be home|working from home|wfh|"
        "work from home|im off|off work|day off|can be home|were in|were home|we are in|"
        "we are home|well be in|well be home|we will be in|we will be home|im here|ill be here|"
        "ill be there|in all|only home|only in|only free|only available|i can do|we can do|"
        "can do|could do|can make|my day off|in the house|we are here|neighbour is in",
    ),
    say(
        Kind.REQUEST,
        "how about|what about|can you do|could you do|can u do|could u do|can he do|can they do|"
        "can you come|can u come|could you come|could u come|can he come|can they come",
        name="proposal",
    ),
    say(
        Kind.REQUEST,
        "can you|could you|can u|could u|would you|please|"
        "pls|plz|plse|"
        "can we|can i|could we|could i|may i|come|deliver|bring|reschedule|let s|lets|"
        "i want|i d like|id like|i would like|i need|only|make it|do it|try|"
        "ask them|send it|leave it|wd like|drop|drop it|drop off|arrange|book|set it|"
        "hoping for|any chance|is there any chance|could it|can it|will it|should be|why not|"
        "want it|put it|schedule|pop it|can they|could they",
    ),
    say(
        Kind.REQUEST,
        "id prefer|i d prefer|i prefer|i would prefer|prefer|preferably|ideally|id rather|"
        "i d rather|wed prefer|we would prefer|we prefer|wed rather|i would rather",
        name="rather",
    ),
    say(
        Kind.RETURN,
        "back|be back|im back|get home|get back|getting home|getting back|home from work|"
        "finish work|finish|off work|finishing|finishes|return|returning|back home|back in|"
        "got home|gets home|gets back|arrive home|i finish|come home|coming home|finished|"
        "i finish work|get in|get in from work|get off work|get off|clock off|knock off|"
        "wake up|start being home|returns|were back|well be back|ill be back",
    ),
    say_all((Lexeme(Kind.RETURN), Lexeme(Kind.AT)), "home at|be home at|im home at|in at"),
    say_all((Lexeme(Kind.RETURN), Lexeme(Kind.AROUND)), "home around|home about|be home around"),
    say_all(
        (Lexeme(Kind.RETURN), Lexeme(Kind.BY)),
        "home by|be home by|home before|in by|back by|im home by|be back by|be in by",
    ),
    say(
        Kind.LEAVE,
        "leave|leaving|we leave|we go out|i go out|have to leave|going out|"
        "go out|head out|have to go out|off out|"
        "leave for work|leave the house|heading out|popping out|have to go|need to leave|"
        "must leave|go to work|leave for|need to go out|got to go out|gotta leave|gotta go",
    ),
    say(
        Kind.PAST_TALK,
        "nobody was|no one was|noone was|"
        "we fly|i fly|we fly out|i fly out|flying at|flying out|flight is|flight is at|"
        "flight leaves|train is at|train leaves|bus is at|bus leaves|"
        "got it|i got|got my|did you come|what happened|message of|text of|email of|"
        "your message|your text|your email|message from|says|driver left|he left|they left|"
        "she left|left at|was supposed to|were supposed to|"
        "was meant to|were meant to|should have|shouldve|"
        "ordered|bought|waited|was waiting|been waiting|waiting since|missed|havent|hasnt|"
        "have not|has not|didnt|did not|wasnt|was not|werent|was here|were here|came|knocked|"
        "rang|you said|it said|said|told me|was told|was delivered|was due|were due|"
        "was expecting|tried|called|paid|had been|since|promised|expected|was scheduled|"
        "dispatched|shipped|received|arrived|got a text|got your text|got a card|got an email|"
        "was in|was home|was at home|were in|were home|was out|were out|was away|"
        "turned up|showed up|has been|have been|got delivered|"
        "did you|did he|did they|was left|left a card|left it|got your message|shouldnt have",
    ),
    say_all(
        (Lexeme(Kind.PAST_END), Lexeme(Kind.PAST_TALK)),
        "never came|never arrived|never turned up|never showed|is missing|went missing",
    ),
    say(
        Kind.MOVE,
        "move|change|switch|swap|rearrange|rebook|postpone|moved|changed|push|shift|"
        "rescheduled|switched|changing|moving|delay|push back|resched|bring forward|"
        "move it|change it|switch it|move my delivery|change my delivery|move the delivery|"
        "change the delivery|reschedule my delivery|reschedule it|reschedule the delivery",
    ),
    # Numbers that are no times
    say(
        Kind.LABEL,
        "rate|rated|rating|score|i give you|i give|i gave|flats|buildings|units|numbers|rooms|"
        "houses|apartments|flat|apartment|apt|appartment|unit|"
        "number|nr|num|nos|house|house number|door|"
        "door code|gate code|code|entry code|access code|pin|order|order number|order no|"
        "order id|tracking|tracking number|tracking no|ref|reference|reference number|room|"
        "floor|option|options|suite|building|bldg|block|level|lvl|bus|line|box|po box|locker|"
        "gate|parcel|parcel number|parcel no|package number|shipment|consignment|buzzer|bell|"
        "intercom|lot|plot|tower|wing|phase|sector|postcode|post code|zip|zip code|zipcode|"
        "phone|phone number|mobile|mob|tel|telephone|call me on|ring me on|text me on|"
        "whatsapp|call|ring|text|press|choice|answer|version|step|bay|dock|shop|"
        "route|highway|hwy|exit|junction|zone|platform|case|ticket|invoice|account|"
        "customer number|id|otp|password|passcode|keycode|key code|combo|combination|lockbox|"
        "key safe|keysafe|safe code|lock|stairs|stair|entrance|staircase|aged|age|"
        "size|delivery number|delivery no|card|barcode|bin|im at number|im at no|"
        "live at|lives at|living at|deliver to number|i live at|we live at|next door at|"
        "neighbour at|neighbours at|neighbor at|address is|address|ground floor|house no|"
        "warehouse|depot|office|flat no|apt no|room no|villa|cottage|pier|stop|attempt",
    ),
    say(
        Kind.THINGS,
        "driver|drivers|courier|couriers|van|drop|"
        "on the left|on the right|on your left|on your right|"
        "message|email|complaint|failed|failed attempts|shelf|century|exit|step|shed|bin|corner|"
        "working days|work days|service|parcels|parcel|packages|package|boxes|items|item|kg|"
        "kgs|kilos|kilo|lbs|lb|pounds|"
        "quid|euros|euro|dollars|bucks|gbp|usd|eur|rs|rupees|pence|years|year|yrs|yr|yo|"
        "minutes|minute|mins|min|m|seconds|secs|people|persons|person|miles|mile|km|metres|"
        "metre|meters|feet|foot|ft|cm|mm|inch|inches|floors|flights|steps|stairs|kids|children|"
        "dogs|dog|cats|times|of them|of us|of you|bedrooms|bed|doors|deliveries|orders|"
        "bottles|bags|bag|pallets|pieces|pcs|pc|pm2|nights|stars|star|percent|working days|"
        "business days|letters|envelopes|stops|drops|attempts|texts|messages|calls|"
        "month old|months old|weeks old|days old|"
        "year old|years old|units|blocks|houses|doors down|grand|k|more|out of|"
        "different|other|hours late|hours ago|missed calls|neighbours|ladies|men|guys",
    ),
    say(
        Kind.STREET,
        "street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|court|ct|crescent|cres|terrace|"
        "place|pl|gardens|gdns|way|boulevard|blvd|square|sq|grove|mews|hill|parade|pde|"
        "highway|broadway|walk|row|park|view|rise|green|nagar|marg|chowk|colony",
    ),
    say(
        Kind.CORRECTION,
        "i meant|meant|i mean|make that|no wait|wait no|no sorry|sorry no|no no|actually no|"
        "sorry i mean|sorry i meant|no i mean|no i meant|scratch that|oops|correction|er no|"
        "erm no|um no|hang on|sorry make that|no make that|no actually|wait i mean|"
        "i should say|or rather|oh no|oh wait|no hang on|hold on|wait make that|oops i mean|"
        "oops sorry|oops no|actually|or should i say|change that to|typo|sorry thats|"
        "lets make that",
    ),
    say(Kind.ELSE, "then", name="then"),
    say(Kind.SAME_TIME, "same time|the same time|at the same time|same hour|same times"),
    say(Kind.NAME, "mr|mrs|ms|miss|dr|ask for|called"),
    say(Kind.NAME, "my name is|name is|my names|names", value=2),
    say(Kind.NTH, "first", value=1),
    say(Kind.NTH, "second", value=2),
    say(
        Kind.BECAUSE,
        "because|cos|coz|cuz|bc|cause|as i|as im|as i am|as we|as were|since i|since im|since we",
    ),
    say(Kind.SO, "so|say|lets say|so say"),
    say(Kind.THAN, "than"),
    say(
        Kind.DAY_AFTER,
        "the week after|the one after|one after that|the one after that|week after that",
        value=7,
    ),
    say(
        Kind.DAY_AFTER,
        "the following day|following day|day after that|the day after that|"
        "or the next day|the next day after|the day following",
    ),
    say(
        Kind.SKIP,
        "|".join(
            f"{part} {person}"
            for part in ("morning", "mornin", "afternoon", "evening", "evenin")
            for person in _GREETED
        ),
    ),
    say(Kind.NO, "no|nope|nah|none"),
    say(
        Kind.SKIP,
        "good morning|good afternoon|good evening|good night|goodnight|gd morning|good day|"
        "morning all|enjoy your weekend|enjoy your day|enjoy your evening|"
        "enjoy the weekend|happy easter|happy new year|merry christmas|merry xmas|"
        "happy christmas|happy holidays|happy thanksgiving|happy halloween|happy friday|"
        "happy monday|good weekend|nice weekend|24/7|24 7|24 hours|24hrs|24 hrs|half an hour|"
        "half hour|i sat|she sat|he sat|it sat|been sat|is sat|sat in|sat on|sat at|the sun|"
        "in sun|sunshine|at the moment|at the minute|at first|at all|at least|at last|at once|"
        "second time|one more time|for the first time|of the day|day and night|these days|"
        "one day|some day|someday|all the time|by the way|on the way|by the door|"
        "by the bins|by the gate|by hand|by email|by text|by phone|by post|by mail|"
        "christmas present|christmas presents|xmas present|xmas presents|christmas gift|"
        "christmas gifts|birthday|the may|you may|it may|they may|that may|he may|she may|"
        "we may|who may|which may|driver may|i may|and may|that day|one day delivery|"
        "same day delivery|signed for|back door|back garden|back gate|back porch|back yard|"
        "around the back|round the back|around the side|around the corner|round the corner|"
        "at the back|in the back|out the back|out back|back of|back to me|text back|"
        "call back|message back|get back to|come back to|back up|after me|before me|"
        "early reply|7 eleven|7/11|sun cream|suncream|sunscreen|mon ami|sat nav|satnav|"
        "speak soon|from amazon|monday to sunday group|friday night lights|black and white|"
        "not this one|not this coming one|not the coming one|thats my lunch break|"
        "its my lunch break|thats my lunch|thats my lunch hour|"
        "one last thing|on nights|on days|night shift|nightshift|night shifts|on lates|"
        "early bird|late delivery|late parcel|running late|be late|is late|im late|so late|"
        "too late already|late again|late with|sorry im late|its late|"
        "end of story|end of the road|end of the street|end of the drive|end of the driveway|"
        "end of my road|end of the hall|end of the corridor|leave it|leave them|leave the|"
        "leave my|leave parcel|leave a|leave with|leave in|leave outside|leave at the|"
        "leave by|leave on|leave behind|leave next|leave near|leave under|leave package|"
        "drop it off|2 day delivery|time for|time to|on time|in time|what time|which day|what day|"
        "what date|which time|the time|this time|my time|your time|a time|time slot|time window|"
        "delivery time|long time|time is it|out for delivery|next to|next door|next doors|"
        "the first one|second floor|first floor|third floor|ground floor|fourth floor|"
        "fifth floor|first door|second door|third door|first house|second house|third time",
    ),
)
