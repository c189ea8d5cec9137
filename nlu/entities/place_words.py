"""What safe places, pickup points and landmarks are called: patterns in lower case, without accents."""

PREPOSITIONS = (
    "behind|in|inside|into|under|underneath|on top of|beneath|onto|on|by|beside|near|around|round|at|over|outside|through|against|between"
    "|next to|in front of|at the back of|at the side of|to the side of|round the back of"
    "|hinterm|hinters|hinter|im|ins|unterm|unters|unter|aufs|auf|nebens|neben|beim|bei|am|ans|an|vorm|vors|vor|zwischen|ubers|uber|ueber"
    "|derriere|par[- ]dessus|au[- ]dessus de|a cote de la|a cote de|dans|sous|sur|devant|contre|entre|aux|au|a cote du|a cote de|a l'interieur de|au fond du|au fond de|pres du|pres de"
    "|en dessous de|a"
    "|detras del|detras de|dentro del|dentro de|en|debajo del|debajo de|bajo|sobre|por encima del|por encima de|encima del|encima de|a un lado de|junto al|junto a"
    "|al lado del|al lado de|delante del|delante de|tras"
)

_ENGLISH = (
    r"(?:front |back |side )?porch(?:way)?|(?:bike |garden |tool |potting |wood |log )?sheds?|garages?|car ?port"
    r"|(?:(?:blue|green|brown|black|grey|gray|recycling|wheelie|wheely|dust|rubbish|garbage|trash|garden) ?)*(?:bins?|cans?)(?: ?(?:stores?|area|shed|cupboard|room))?"
    r"|(?:recycling|parcel|delivery|cool|storage|deck|drop|safe|green|blue|meter|electric(?:ity)?|gas|milk|toy|post|letter|mail)(?: meter)? ?box(?:es)?"
    r"|(?:meter|storage|understairs)? ?cupboards?|green ?house|conservatory|sun ?room|(?:back|front|side|rear) ?(?:garden|yard)|garden|yard"
    r"|(?:(?:back|front|side|rear|patio|garage|cellar|utility|main|communal|inner|outer|porch|stable) )?door(?:step|way)?s?|(?:front |back )?steps?|stoop"
    r"|verandah?|(?:back |side |front |garden )?gates?|bush(?:es)?|hedges?|shrubs?|(?:flower|plant) ?pots?|pots?|planters?|plants?"
    r"|(?:garden )?bench|(?:garden |patio |picnic )?table|patio|decking|deck|balcony|window ?(?:sill|ledge)|(?:log|wood) ?(?:store|pile|shed)|coal ?(?:bunker|shed)"
    r"|bbq|barbecue|trampoline|lobby|hall(?:way)?|corridor|reception|foyer|stairs?(?:well|case)?|landing|vestibule|(?:door ?)?mat|fence|wall|stables?|barn"
    r"|out(?:house|building)|summer ?house|play ?house|wendy house|kennel|(?:rabbit )?hutch|drain ?pipe|water butt|(?:oil|gas) tank|basement|cellar"
    r"|(?:car )?boot|trunk|passage(?:way)?|alley(?:way)?|side return|utility(?: room)?|laundry(?: room)?|(?:mail|post) ?room|concierge(?: desk)?|front desk"
    r"|gazebo|pergola|lean[- ]to|statue|gnome|bird ?bath|trees?|pillars?|columns?|awning|canopy|chair|swing|sofa|wheel ?barrow|tarp(?:aulin)?|compost(?: heap| bin)?"
    r"|(?:plastic |storage )?(?:tub|crate|bucket|chest|trunk|basket)|caravan|trailer|hot tub|pool house|driveway|drive"
)
_GERMAN = (
    r"[a-z]*tonnen?|[a-z]*eimer|mulltonnenhaus(?:chen)?|[a-z]*garage|[a-z]*schuppen|carport|garten(?:haus(?:chen)?|hutte|huette|laube)|hutte|huette|laube"
    r"|terrasse|balkon|veranda|loggia|[a-z]*tu(?:er|r)|[a-z]*keller|[a-z]*treppen?|treppenhaus|[a-z]*flur|diele|(?:haus)?eingang(?:sbereich)?|vordach|windfang"
    r"|(?:fu(?:ss|ß)|tur|tuer)matte|[a-z]*kiste|[a-z]*truhe|[a-z]*kasten|[a-z]*box|blumen(?:topf|kubel|kuebel|topfe|toepfe)|kubel|hecke|busch|busche|buschen|gebusch|gebuesch|strauch|bank|gartenbank"
    r"|[a-z]*tisch|zaun|(?:garten|hof|garagen)?tor|(?:innen|hinter)?hof|[a-z]*garten|gewachshaus|gewaechshaus|scheune|stall|holz(?:stapel|stoss|lager|unterstand)|unterstand"
    r"|regentonne|ablageort|abstell(?:raum|kammer|platz)|fenster(?:brett|bank)|kellerschacht|strandkorb|hollywoodschaukel|grill|wohnwagen|anhanger|anhaenger|auto|kofferraum"
    r"|mauer|wand|saule|holzlager|[a-z]*korb|saeule|rezeption|empfang|pforte|regal"
)
_FRENCH = (
    r"poubelles?|(?:local|bac)(?: (?:a |aux )?(?:poubelles?|velos?|ordures))?|abri(?: de jardin| a bois| bois| a velos?| voiture)?|cabanon|cabane|remise|porche|terrasse|balcon"
    r"|jardin|cour|arriere[- ]cour|portail|portillon|porte(?: d'entree| de derriere| arriere| de garage)?|paillasson|tapis|boites?(?: aux? lettres?| a colis)?|bal|haies?|buissons?"
    r"|arbustes?|pots?(?: de fleurs?)?|jardinieres?|bacs?(?: a fleurs)?|banc|escaliers?|hall|entree|palier|couloir|cave|serre|grange|auvent|muret|mur|compteurs?|placard|volets?"
    r"|fenetre|rebord(?: de (?:la )?fenetre)?|tas de bois|niche|loge|coffre(?: a colis| en bois| de jardin)?|bac a bois|abribus|perron|marches?|conciergerie|accueil|sas|appentis|buanderie|cellier|caisse(?: en plastique| en bois)?|cuve|citerne|abri a bois|bac(?: en plastique)?|panier|cloture|caravane|bache|arbre"
)
_SPANISH = (
    r"cubos?(?: de (?:la )?basura| de reciclaje)?|contenedor(?:es)?|basura|garaje|cochera|cobertizo|trastero|caseta|terraza|balcon|patio(?: trasero| delantero| interior| de atras)?"
    r"|puerta(?: principal| trasera| de atras| de casa)?|felpudo|alfombrilla|buzon(?:es)?|macetas?(?: grandes?)?|maceteros?|porton|reja|barda|arcon|cofre|baul|tiestos?|arbustos?|setos?|banco|mesa|escaleras?|portal|rellano|entrada"
    r"|sotano|verja|valla|cancela|invernadero|lenera|lena|barbacoa|contador(?:es)?|armario|cuarto de (?:contadores|basuras|bicicletas|bicis)|ventana|alfeizar|tejadillo|muro|tapia"
    r"|conserjeria|porteria|recepcion|vestibulo|zaguan|coche|maletero|cajas?(?: de (?:plastico|madera))?|deposito|pared|cesta|cesto|arbol|columna|silla"
)
SAFE_PLACES = f"{_ENGLISH}|{_GERMAN}|{_FRENCH}|{_SPANISH}"

PICKUP_POINTS = (
    r"(?:the |der |die |la |le |el )?(?:local )?(?:tesco(?: express| extra| metro)?|sainsbury'?s?(?: local)?|co-?op|spar|londis|asda|morrisons|waitrose|aldi|lidl|costcutter|nisa|boots|superdrug|poundland|greggs|one ?stop"
    r"|mccoll'?s|whsmith|wh smith|argos|newsagents?|corner shop|petrol station|gas station|off[- ]licen[cs]e|chemist|pharmacy|garden centre|7-?eleven|walgreens|cvs|dollar general|fedex office|ups store|post office(?: depot)?|sorting office|royal mail depot|depot"
    r"|(?:amazon|inpost|dpd|ups|gls|dhl|evri|hermes|yodel|royal mail|asda|parcel) ?(?:lockers?|shop|access point|hub|point|pickup)"
    r"|packstation|paketshop|postfiliale|hermes ?shop|dhl ?shop|gls ?shop|tankstelle|trafik|apotheke|schreibwarenladen|dm|mueller drogerie|lotto ?laden|kiosk|spati|spaeti|rewe|edeka|netto|kaufland|penny|rossmann"
    r"|point relais|relais colis|mondial relay|pickup station|consigne|bureau de poste|la poste|tabac|depot|epicerie|intermarche|super u|pharmacie|librairie|carrefour(?: city| express| market)?|monoprix|franprix|casino shop|fleuriste|pressing"
    r"|oxxo|kiosko|quiosco|farmacia|abarrotes|carrefour|consum|correos|estanco|citypaq|mercadona|dia|papeleria|libreria|gasolinera|taquilla|locker|parcel ?shop)"
)

LANDMARKS = (
    r"station|tube|metro|bus stop|bus station|airport|hospital|school|college|university|uni|church|library|park|mall|shopping (?:centre|center)|high street|town|centre|center|post office"
    r"|supermarket|petrol station|gas station|garage|pharmacy|chemist|bakery|gym|work|office|roundabout|traffic lights|corner|bridge|bank|pub|tesco|sainsbury'?s?|co-?op|aldi|lidl|spar|asda|morrisons"
    r"|bahnhof|hauptbahnhof|hbf|haltestelle|u-bahn|s-bahn|flughafen|krankenhaus|schule|kirche|rathaus|markt|marktplatz|supermarkt|tankstelle|apotheke|backer|baecker|baeckerei|backerei|rewe|edeka|netto|arbeit|buro|ecke|platz"
    r"|gare|arret|aeroport|hopital|ecole|eglise|mairie|marche|supermarche|station[- ]service|pharmacie|boulangerie|carrefour|leclerc|travail|bureau|coin|place|centre commercial|tabac"
    r"|estacion|parada|aeropuerto|colegio|escuela|iglesia|ayuntamiento|mercado|supermercado|gasolinera|farmacia|panaderia|mercadona|trabajo|oficina|esquina|plaza|centro(?: comercial)?|estanco"
)
