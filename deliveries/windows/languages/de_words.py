"""German words for what suits and what does not, and for numbers that are no times."""

from deliveries.windows.lexemes import Kind, Lexeme
from deliveries.windows.lexicon import say, say_all

_NICE = ("schönen", "schöne", "schönes", "guten", "gute", "gutes", "angenehmen", "nen schönen")
_SPELLS = (
    "tag", "abend", "morgen", "nachmittag", "feierabend", "woche", "wochenende", "nacht", "sonntag",
    "vormittag", "freitag", "samstag", "start in die woche", "mittag", "restlichen tag",
)  # fmt: skip
# Who works at home is there.
_WORKING = (
    "arbeite", "arbeite ich", "arbeiten wir", "arbeiten", "ich arbeite", "wir arbeiten",
    "muss arbeiten", "muss ich arbeiten",
)  # fmt: skip
_AT_HOME = (
    "von zu hause", "von zuhause", "von daheim", "zu hause", "zuhause", "daheim", "im homeoffice",
    "im home office", "von zu hause aus", "von zuhause aus", "von daheim aus",
)  # fmt: skip

WORDS = (
    say(Kind.SKIP, "beide tage|an beiden tagen|beiden tagen|beide"),
    say(
        Kind.SKIP,
        "|".join(
            f"{nice} {gap}{spell}" for nice in _NICE for gap in ("", "noch ") for spell in _SPELLS
        ),
    ),
    say(
        Kind.SKIP,
        "früh wach|früh auf|früh aufgestanden|eure öffnungszeiten|ihre öffnungszeiten|"
        "die öffnungszeiten|öffnungszeiten sind|schönen tag noch|schönen abend noch|"
        "schönes wochenende noch|frohe weihnachten|"
        "frohes neues|frohe ostern|rund um die uhr|24/7|24 7|immer noch|noch immer|noch nicht da|"
        "moin|mahlzeit|wie immer|auf immer|ein halbes|eine halbe stunde|halbe stunde|"
        "das weg|vom weg|nach hause|nach haus|von zu hause|von zuhause|vor der tür|vor die tür|"
        "vor der haustür|vor der wohnung|vor dem haus|vor die haustür|vor meiner tür|"
        "von ihnen|von euch|von dhl|von amazon|von mir|nach wie vor|vor ort|bis dann|bis bald|"
        "bis später|bis dahin|bis morgen dann|vor allem|von da|nach oben|nach unten|von der|"
        "tür tag|tag zusammen|tag auch|der weg|auf dem weg|im moment|um was|um wie viel|"
        "um das|um die uhrzeit|für mich|für uns|für sie|für die|für das|von meinem|um mein|"
        "nach ihrer|nach meinem|nach meiner|beim ersten mal|zum ersten mal|ein tag|eines tages|"
        "den ganzen ärger|am ende der straße|ende der straße|guten rutsch|in der regel|"
        "erste etage|zweite etage|erster stock|zweiter stock|dritter stock|ersten stock|"
        "zweiten stock|dritten stock|vierten stock|fünften stock|dritte etage|vierte etage|"
        "zum zweiten mal|zum dritten mal|das erste mal|das zweite mal|zweite mal|erste mal|"
        "an der tür|auf der arbeit lassen|vom balkon|um hilfe|nach dem paket|ab und zu",
    ),
    say(
        Kind.NOT,
        "nichts|nicht|kein|keine|keinen|nie|niemals|kann nicht|niemand|keiner|bitte nicht|"
        "nur nicht|"
        "auf keinen fall|keinesfalls|net|nich|ned|weder|leider nicht|bin nicht|"
        "nimmer|ned am|niemand da|keiner da|niemand zuhause|keiner zuhause|niemand zu hause|"
        "keiner zu hause|ist niemand da|ist keiner da|ist niemand zuhause|ist keiner zuhause|"
        "nix|ungern|unmöglich am",
    ),
    say(
        Kind.AWAY,
        "aufbewahren|behalten|behalten sie|zurückhalten|einlagern|lagern|"
        "beim arzt|beim sport|beim friseur|beim zahnarzt|auf einer beerdigung|"
        "auf einer hochzeit|in der kirche|"
        "einkaufen|im fitnessstudio|bin ich beim sport|bin beim sport|nicht zuhause|"
        "nicht zu hause|nicht da|nicht daheim|nicht im haus|nicht anwesend|"
        "unterwegs|auf arbeit|auf der arbeit|bei der arbeit|im büro|arbeite|arbeiten|arbeit|"
        "im urlaub|in urlaub|verreist|weg|nicht erreichbar|außer haus|im dienst|bin arbeiten|"
        "abwesend|verhindert|im krankenhaus|einen termin|habe termine|im homeoffice nicht|"
        "nicht verfügbar|besetzt|beschäftigt|beim arzt|auf reisen|dienstreise|auf dienstreise|"
        "im ausland|fort|bin weg|muss arbeiten|muss ich arbeiten|arbeite ich|bin ich weg|"
        "bin ich arbeiten|bin ich unterwegs|bin ich im urlaub|bin ich auf arbeit|"
        "ich bin nicht da|bin ich nicht da|sind wir nicht da|sind wir weg|wir sind nicht da|"
        "bin ich nicht zuhause|bin ich nicht zu hause|bin nicht da|bin nicht zuhause|"
        "bin nicht zu hause|bin ich leider nicht da|leider nicht da|leider nicht zuhause|"
        "leider nicht zu hause|sind wir nicht zuhause|sind wir nicht zu hause|keine zeit|"
        "arzttermin|einen arzttermin|zahnarzttermin|einen zahnarzttermin|friseurtermin|"
        "einen friseurtermin|behördentermin|einen behördentermin|vorstellungsgespräch|"
        "ein vorstellungsgespräch|eine besprechung|habe einen termin|habe ich einen termin",
    ),
    say(
        Kind.BAD,
        "klappt nicht mehr|klappt doch nicht|klappt doch nicht mehr|geht doch nicht|"
        "geht nicht mehr|"
        "geht doch nicht mehr|passt doch nicht|passt nicht mehr|passt doch nicht mehr|"
        "geht nicht|passt nicht|klappt nicht|ist schlecht|schlecht|geht leider nicht|"
        "passt leider nicht|passt mir nicht|passt es nicht|geht es nicht|geht es mir nicht|"
        "ist nicht möglich|nicht möglich|ist ungünstig|ungünstig|klappt leider nicht|"
        "geht gar nicht|passt gar nicht|passt uns nicht|passt mir leider nicht|unmöglich|"
        "ist unmöglich|geht's nicht|gehts nicht|gehts leider nicht|passt es mir nicht|"
        "klappt es nicht|fällt aus|ist blöd|ist doof|zu früh|ist zu früh|ist zu spät|"
        "passt nich|geht nich|geht ned|passt ned|kann ich nicht|kann ich leider nicht|"
        "können wir nicht|können wir leider nicht|kann ich leider gar nicht|ist schwierig|"
        "funktioniert nicht|geht bei mir nicht|passt bei mir nicht|klappt bei mir nicht|"
        "passt es leider nicht|geht es leider nicht|ist leider schlecht|ist nicht gut|"
        "nicht gut|passt es uns nicht",
    ),
    say(
        Kind.EXCEPT,
        "außer|ausser|bis auf|als|ausgenommen|mit ausnahme von|abgesehen von|aber nicht|"
        "jedoch nicht|"
        "nur nicht|nur bitte nicht|statt|anstatt|anstelle von|aber bitte nicht|außer am|"
        "ausser am|außer dem|bloß nicht|statt am|statt wie geplant|mit ausnahme|aber nie",
    ),
    say_all(
        (Lexeme(Kind.EVERY_DAY), Lexeme(Kind.EXCEPT)),
        "jeden tag außer|jeder tag außer|jeden tag ausser|jeder tag ausser|an jedem tag außer|"
        "jeden tag nur nicht|alle tage außer|jeden tag bis auf|täglich außer|jeden tag aber nicht",
    ),
    say(
        Kind.CORRECTION,
        "äh nein|ach nein|nein halt|halt nein|ich meine|ich meinte|ich mein|quatsch|sorry nein|"
        "nein warte|nein doch|ah nein|ne doch|nein sorry|moment nein|besser gesagt|vielmehr|"
        "beziehungsweise nein|oder nein|nee doch|nee warte|nee sorry|äh nee|ach nee|ups|meinte|"
        "korrektur|verzeihung|doch lieber|nein lieber|ach quatsch|stopp nein|tippfehler|"
        "ich korrigiere|meine natürlich|ich meine natürlich|nein ich meine|äh|nein besser",
    ),
    say(
        Kind.SAME_TIME,
        "gleiche zeit|selbe zeit|zur gleichen zeit|zur selben zeit|gleiche uhrzeit|"
        "selbe uhrzeit|die gleiche zeit|um die gleiche zeit|zur gleichen uhrzeit|um dieselbe zeit|"
        "dieselbe zeit|dieselbe uhrzeit|zur selben uhrzeit",
    ),
    say(Kind.NAME, "herr|herrn|frau|familie|fam"),
    say(Kind.NAME, "ich heiße|heiße|mein name ist|name ist", value=2),
    say(Kind.NTH, "erster|erste", value=1),
    say(Kind.NTH, "zweiter|zweite", value=2),
    say(Kind.NTH, "dritter|dritte", value=3),
    say(Kind.NEITHER, "auch nicht|ebenso nicht|genauso wenig|ebenfalls nicht|ebensowenig"),
    say(Kind.BECAUSE, "weil|da ich|da wir|denn|weil ich|weil wir|da ich ja"),
    say(
        Kind.DAY_AFTER,
        "den danach|den darauf|der danach|eine woche später|die woche drauf|"
        "den darauffolgenden|die woche danach",
        value=7,
    ),
    say(Kind.SO, "also|sagen wir|also sagen wir|daher|deshalb|sagen wir mal"),
    say(
        Kind.DAY_AFTER,
        "tag danach|den tag danach|am tag danach|tags darauf|am tag darauf|"
        "den tag darauf|einen tag später|am folgetag|folgetag|den folgetag|"
        "am darauffolgenden tag|einen tag danach",
    ),
    say(Kind.NO, "nein|nö|nee"),
    say(Kind.BUT, "aber|jedoch|allerdings|dafür|doch"),
    say(Kind.IF, "wenn|falls|sofern"),
    say(
        Kind.GOOD,
        "passt|geht|ist gut|ist ok|ist okay|wäre gut|wäre super|wäre toll|wäre schön|besser|"
        "am besten|gut|ok|okay|super|perfekt|passt gut|passt mir|geht gut|geht klar|in ordnung|"
        "ist in ordnung|wäre besser|ist besser|wäre perfekt|ist perfekt|würde passen|klappt|"
        "würde gehen|ginge|passt besser|geht besser|wäre mir recht|ist möglich|wäre möglich|"
        "passt mir gut|passt mir besser|gerne|gern|kein problem|ideal|wäre ideal|ist ideal|"
        "prima|fein|wäre prima|passt super|optimal|recht|würde mir passen|kann ich|können wir|"
        "wäre okay|wäre ok|passt es|passt uns|stattdessen|nicht schlecht|nehme ich|ja|"
        "wär gut|wär super|wär toll|wär besser|ist super|geht es|gehts|bevorzugt|"
        "ist prima|ist toll|ist am besten|wäre am besten|passt am besten|geht auch|passt auch",
    ),
    *(
        say(
            Kind.HOME,
            "|".join([*(f"{working} {place}" for working in _WORKING), f"{place} arbeiten"]),
        )
        for place in _AT_HOME
    ),
    say(
        Kind.HOME,
        "zuhause|zu hause|daheim|bin da|da|bin ich da|sind da|sind wir da|homeoffice|"
        "home office|im homeoffice|im home office|frei|habe frei|verfügbar|anwesend|jemand da|"
        "jemand zuhause|jemand zu hause|ist jemand da|bin zuhause|bin zu hause|bin ich zuhause|"
        "bin ich zu hause|bin daheim|kann ich annehmen|hab frei|habe ich frei|erreichbar",
    ),
    say(
        Kind.REQUEST,
        "warum nicht|wieso nicht|bitte|können sie|könnten sie|kannst du|könnt ihr|liefern|"
        "lieferung|würde|hätte gern|"
        "lieber|kommen sie|möchte|am liebsten|dann|wie wäre es|wie wärs|wie wäre|ich will|nur|"
        "liefern sie|bringen|zustellen|zustellung|kommen|verschieben sie|vielleicht|eventuell|"
        "evtl|hätte ich gern|brauche|wünsche|ich nehme|wünsche mir|könnte|können wir|"
        "geht das|ginge das|wäre es möglich|ist es möglich|vorzugsweise|bevorzuge|idealerweise|"
        "kann man|kann das paket|möglichst|dann lieber|dann bitte|sondern|stattdessen",
    ),
    say(
        Kind.RETURN,
        "zurück|wieder da|wieder zuhause|wieder zu hause|heim|feierabend|wieder daheim|"
        "komme heim|bin zurück|wieder zurück|komme zurück|komme nach hause|zurück bin ich",
    ),
    say_all(
        (Lexeme(Kind.RETURN), Lexeme(Kind.AT)),
        "feierabend um|komme um|bin um|fertig um|wieder da um|zurück um|bin erst um|"
        "komme erst um|habe um",
    ),
    say(
        Kind.LEAVE,
        "müssen wir los|muss ich los|gehen wir los|fahren wir los|sind wir weg|bin ich weg|"
        "müssen wir weg|muss ich weg|fahre ich los|gehe ich los|fahren wir weg",
        name="said last",
    ),
    say(
        Kind.LEAVE,
        "muss los|muss weg|gehe weg|fahre weg|fahre los|muss gehen|gehe aus dem haus|"
        "verlasse das haus|muss aus dem haus",
    ),
    say(
        Kind.PAST_TALK,
        "sollte|sollten|war|waren|hatte|hatten|kam|wurde|wurden|seit|verpasst|"
        "gesagt|hieß es|geliefert|hat geklingelt|geklingelt|versprochen|"
        "angekündigt|habe gestern|warte seit|warte ich|sagten|haben sie gesagt|stand|verschickt|"
        "gekauft|angerufen|bekommen|erhalten",
    ),
    say(
        Kind.PAST_END,
        "war niemand da|war keiner da|war ich nicht da|war ich da|war ich zuhause|war da|"
        "bestellt|gewartet|gekommen|angekommen|gekauft|bekommen|erhalten|nicht gekommen|"
        "bestellt hatte|bestellt habe|nicht geliefert|nicht angekommen|vergeblich gewartet|"
        "kommen sollen|kommen sollte|geliefert werden sollen|geliefert werden sollte",
    ),
    say(
        Kind.MOVE,
        "verschieben|ändern|umbuchen|verlegen|wechseln|verschiebung|änderung|tauschen|"
        "verschoben|umlegen|verschieb|umplanen|umzulegen|umändern",
    ),
    say(
        Kind.LABEL,
        "halle|rampe|ladetor|büro|lager|wohnung|whg|hausnummer|hausnr|nummer|nr|nr.|türcode|code|pin|"
        "bestellung|bestellnummer|"
        "auftrag|auftragsnummer|sendung|sendungsnummer|sendungsnr|paketnummer|paket nr|zimmer|"
        "stock|etage|tor|tür|klingel|option|block|haus|apartment|app|plz|postleitzahl|telefon|"
        "tel|tel.|handy|handynummer|telefonnummer|mobil|kundennummer|referenz|tracking|"
        "trackingnummer|aufgang|eingang|gebäude|stiege|top|packstation|postfach|fach|"
        "schließfach|linie|bus|gleis|bahn|ruf mich an unter|unter|zahlencode|tan|kennwort|"
        "passwort|postnummer|auswahl|antwort|paket|sms|konto|rechnung|rechnungsnummer|alter|"
        "artikel|größe|version|schritt|ort|treppe|hinterhaus|vorderhaus|wohne in|"
        "nachbar in|nachbarn in|nachbar nr|bei nummer|filiale|karte|din|iban|box",
    ),
    say(
        Kind.THINGS,
        "bote|fahrer|zusteller|bote|versuchen|pakete|paket|päckchen|stück|kartons|karton|kg|kilo|gramm|euro|eur|cent|"
        "minuten|minute|"
        "min|min.|jahre|jahr|jahren|leute|personen|stockwerk|stockwerke|etage|stock|og|eg|mal|"
        "sekunden|sek|meter|m|km|cm|mm|sterne|stern|prozent|kinder|hunde|hund|katzen|sendungen|"
        "lieferungen|flaschen|teile|zimmer|pfund|mark|franken|chf|türen|stufen|kisten|briefe|"
        "nachbarn|versuche|versuch|werktage|werktagen|arbeitstage|arbeitstagen|"
        "grad|liter|bestellungen|anrufe|mails|sms|artikel|weihnachtsgeschenke",
    ),
    say(Kind.STREET, "straße|str.|str|platz|gasse|allee|ring|chaussee|promenade"),
)
