"""French words for what suits and what does not, and for numbers that are no times."""

from deliveries.windows.lexemes import Kind, Lexeme
from deliveries.windows.lexicon import say, say_all

_NICE = ("bon", "bonne", "excellent", "excellente", "belle", "beau", "agréable", "très bonne")
_SPELLS = (
    "journée", "soirée", "week end", "weekend", "après midi", "matinée", "nuit", "semaine", "aprem",
    "fin de journée", "fin de semaine", "dimanche", "samedi", "fin de week end", "fin d'après midi",
    "début de semaine", "soir", "we",
)  # fmt: skip
# Who works at home is there.
_WORKING = (
    "je travaille", "travaille", "on travaille", "nous travaillons", "je bosse", "je travaillerai",
    "je vais travailler", "je dois travailler",
)  # fmt: skip
_AT_HOME = (
    "à la maison", "de la maison", "depuis la maison", "chez moi", "de chez moi", "depuis chez moi",
    "depuis mon domicile", "à domicile", "en télétravail", "de chez nous",
)  # fmt: skip

WORDS = (
    say(Kind.SKIP, "un peu plus tôt|un peu avant|un peu plus tard"),
    say(Kind.SKIP, "les deux jours|les 2 jours|les deux"),
    say(
        Kind.SKIP,
        "|".join(f"{nice} {spell}" for nice in _NICE for spell in _SPELLS),
    ),
    say(
        Kind.SKIP,
        "pas celui ci|pas celui là|pas cette semaine là|bosse de nuit|travaille de nuit|"
        "se lève tôt|on se lève tôt|"
        "me lève tôt|je me lève tôt|nous levons tôt|"
        "suis de nuit|je bosse de nuit|je travaille de nuit|"
        "bonjour|bonsoir|joyeux noël|bonne année|joyeuses pâques|bonnes fêtes|24/7|24h/24|"
        "24h sur 24|7j/7|7 jours sur 7|24 heures sur 24|à demain|à bientôt|à ce soir|"
        "à plus tard|à tout à l'heure|quelle heure|quel jour|à quelle heure|tout à l'heure|"
        "une fois|la première fois|première fois|deuxième fois|un jour|demi heure|"
        "une demi heure|à l'heure|en retard|premier étage|deuxième étage|troisième étage|"
        "1er étage|2e étage|2ème étage|3e étage|3ème étage|4e étage|5e étage|4ème étage|"
        "5ème étage|au fond|à côté|à la porte|devant la porte|au voisin|à la voisine|"
        "chez le voisin|à la gardienne|au gardien|à mon voisin|à ma voisine|après vous|"
        "bout de la rue|fin de la rue|pour moi|pour l'instant|pour le moment|"
        "pour le colis|pour la livraison|pour ma livraison|sous le paillasson|sous le porche|"
        "sous la|sous l'abri|sous le|dans les escaliers|dans les parties communes|dans les mains|"
        "entre les mains|vers chez moi|avant tout|après tout|d'ailleurs|d'habitude|"
        "pour mon colis|le colis|le paquet|le livreur|le code|le chauffeur|dans les poubelles|"
        "toujours pas|sur le moment|de la part|au moment|à la maison de la presse|"
        "au milieu de la rue|à la boulangerie|au fin fond|au relais|mi temps|deux jours de suite",
    ),
    say(
        Kind.NOT,
        "ni|pas|peux pas|peut pas|ne pas|jamais|aucun|aucune|impossible|personne|ne peux pas|"
        "surtout pas|pas le|pas du tout|non pas|il n'y a personne|il n'y aura personne|"
        "y a personne|pas possible|évitez|éviter|sauf pas|il n'y aura pas|je peux pas|"
        "je ne peux pas|je ne pourrai pas|ne pourrai pas|pourrai pas|je peux pas le|"
        "personne à la maison|personne chez moi|personne à l'appartement|il y a personne|"
        "pourrais pas|on peut pas|nous ne pouvons pas|ne pouvons pas|y aura personne",
    ),
    say(
        Kind.AWAY,
        "gardez|gardez le|garder|conservez|conserver|gardez mon colis|gardez le colis|"
        "pas là|pas chez moi|pas à la maison|pas présent|pas présente|absent|absente|absents|"
        "au sport|je rentre tard|rentre tard|on rentre tard|je rentrerai tard|je finis tard|"
        "chez le dentiste|chez le coiffeur|à la messe|à un mariage|à la salle|"
        "à un enterrement|"
        "je suis au sport|je suis chez le dentiste|je suis chez le coiffeur|au travail|"
        "au boulot|je travaille|travaille|en vacances|en déplacement|pas dispo|"
        "pas disponible|indisponible|occupé|occupée|au bureau|parti|partie|partis|"
        "suis pas là|serai pas là|ne suis pas là|ne serai pas là|je ne suis pas là|"
        "je ne serai pas là|je suis absent|je suis absente|je serai absent|je serai absente|"
        "on est pas là|on sera pas là|nous ne sommes pas là|nous ne serons pas là|en réunion|"
        "en congés|en congé|pas dispos|je bosse|on travaille|nous travaillons|"
        "pas chez nous|je ne suis pas chez moi|je suis pas chez moi|ne serai pas chez moi|"
        "je suis en vacances|je suis au travail|je serai au travail|je suis en déplacement|"
        "serai pas chez moi|ne suis pas chez moi|rdv médical|chez le médecin|à l'hôpital|"
        "pas à mon domicile|ne serai pas à la maison|ne suis pas à la maison|je suis sorti|"
        "je suis sortie|hors de chez moi|je suis pas dispo|je ne suis pas dispo|"
        "je ne suis pas disponible|je ne serai pas disponible|je suis pas là|je serai pas là|"
        "je suis occupé|je suis occupée|je serai occupé|je serai en déplacement|en formation|"
        "je serai en vacances|nous sommes en vacances|nous serons absents|nous sommes absents|"
        "j'ai un rdv|j'ai rendez vous|j'ai un rendez vous|j'ai rdv",
    ),
    say(
        Kind.BAD,
        "c'est plus possible|plus possible|ça va plus|ça marche plus|n'est plus possible|"
        "ne va pas|va pas|ne convient pas|ne me convient pas|ne m'arrange pas|m'arrange pas|"
        "n'est pas possible|pas possible|c'est pas possible|ce n'est pas possible|"
        "ne marche pas|marche pas|ça ne va pas|ça va pas|n'est pas bon|est impossible|"
        "c'est impossible|c'est mort|ne fonctionne pas|pas pratique|n'est pas pratique|"
        "ne me va pas|me va pas|trop tôt|trop tard|c'est trop tôt|c'est trop tard|"
        "ça ne m'arrange pas|ça m'arrange pas|ne nous convient pas|ne conviendra pas|"
        "ça ne me convient pas|ça me convient pas|me convient pas|c'est compliqué|"
        "est compliqué|ça ne marche pas|est exclu|c'est exclu|ce ne sera pas possible|"
        "ne sera pas possible|sera pas possible|pas terrible|c'est non|ne va pas être possible|"
        "ça ne sera pas possible|ça va pas être possible",
    ),
    say(
        Kind.EXCEPT,
        "sauf|hormis|excepté|à part|mais pas|à l'exception de|à l'exception du|"
        "au lieu de|plutôt que|au lieu du|mais surtout pas|en dehors de|en dehors du|"
        "plutôt que le|"
        "mais jamais|hors",
    ),
    say_all(
        (Lexeme(Kind.EVERY_DAY), Lexeme(Kind.EXCEPT)),
        "n'importe quel jour sauf|tous les jours sauf|chaque jour sauf|"
        "n'importe quel jour mais pas|tous les jours mais pas|n'importe quel jour sauf le|"
        "tous les jours sauf le|n'importe quel jour excepté|tous les jours excepté|"
        "n importe quel jour sauf|nimporte quel jour sauf|n'importe quel jour à part",
    ),
    say(
        Kind.CORRECTION,
        "euh non|non pardon|pardon|je veux dire|ah non|non plutôt|oups|enfin non|enfin|"
        "non attendez|attendez non|je voulais dire|non attends|non finalement|finalement|"
        "plutôt non|non non|ou plutôt|erreur|je me trompe|je corrige|non désolé|désolé non|"
        "oups non|non en fait|en fait non|non je veux dire|euh|mince",
    ),
    say(
        Kind.SAME_TIME,
        "même heure|à la même heure|la même heure|mêmes horaires|même horaire|"
        "aux mêmes horaires|mêmes heures|même créneau",
    ),
    say(Kind.NAME, "famille|monsieur|madame|mme|mr|mlle|m."),
    say(Kind.NAME, "je m'appelle|m'appelle|mon nom est|nom", value=2),
    say(Kind.NTH, "premier", value=1),
    say(Kind.NTH, "deuxième|second", value=2),
    say(Kind.NTH, "troisième", value=3),
    say(Kind.NEITHER, "non plus|pas non plus|ne vais pas non plus"),
    say(Kind.BECAUSE, "parce que|car|parce qu|vu que|puisque|pcq|pck|étant donné que|comme je"),
    say(
        Kind.DAY_AFTER,
        "celui d'après|celui d après|le suivant|la semaine d'après celle là",
        value=7,
    ),
    say(Kind.SO, "donc|disons|du coup|alors disons|donc disons"),
    say(Kind.THAN, "que|que le|qu|que la", value=1),
    say(Kind.DAY_AFTER, "le lendemain|lendemain|le jour d'après|le jour suivant|jour d'après"),
    say_all(
        (Lexeme(Kind.GOOD, name="rather"),),
        "mieux|serait mieux|je préfère|c'est mieux|préférable|m'arrange mieux|me convient mieux",
    ),
    say_all(
        (Lexeme(Kind.REQUEST, name="rather"),),
        "plutôt|plutot|je préférerais|j'aimerais mieux|je préfererais",
    ),
    say(Kind.NO, "non"),
    say(Kind.BUT, "mais|par contre|en revanche|cependant|toutefois|mais bon"),
    say(Kind.IF, "si|s'il"),
    say(
        Kind.GOOD,
        "me convient|convient|me va|c'est bon|c'est ok|ok|parfait|très bien|bien|mieux|"
        "serait parfait|serait mieux|serait bien|serait idéal|idéal|d'accord|m'arrange|"
        "ça marche|ça me va|possible|c'est possible|est possible|serait possible|ça va|"
        "c'est mieux|c'est parfait|va bien|de préférence|préférable|nickel|super|bon|"
        "nous convient|nous arrange|ça m'arrange|m'irait|m'arrangerait|est bon|est mieux|"
        "conviendrait|me conviendrait|pas de problème|aucun problème|pas de souci|"
        "sans problème|oui|est parfait|c'est très bien|marche|ça roule|me conviendra|"
        "m'arrange mieux|me convient mieux|ça me convient|pas mal|irait|va très bien|"
        "c'est nickel|serait super|serait top|top|ça nous va|est ok|ira|je préfère",
    ),
    say(
        Kind.HOME,
        "|".join(f"{working} {place}" for working in _WORKING for place in _AT_HOME),
    ),
    say(
        Kind.HOME,
        "je télétravaille|télétravaille|on télétravaille|"
        "je suis là|je serai là|chez moi|à la maison|disponible|dispo|présent|présente|"
        "je suis chez moi|je serai chez moi|je suis disponible|je serai disponible|je suis dispo|"
        "je serai présent|je serai présente|télétravail|en télétravail|quelqu'un|"
        "il y a quelqu'un|il y aura quelqu'un|on est là|on sera là|nous sommes là|"
        "nous serons là|libre|je suis libre|je serai dispo|je peux|je pourrai|on peut|"
        "nous pouvons|je suis présent|je suis présente|serai là|serai chez moi|là|"
        "je serai libre|nous serons présents|seulement dispo|je suis à la maison|"
        "je serai à la maison|serai présent|serai présente|serai dispo",
    ),
    say(
        Kind.REQUEST,
        "pourquoi pas|pouvez vous|pourriez vous|peux tu|svp|s'il vous plaît|s'il te plaît|"
        "stp|merci de|"
        "livrez|livrer|livraison|je voudrais|j'aimerais|je préférerais|plutôt|"
        "de préférence|est ce possible|serait il possible|possible de|peut on|venez|passez|"
        "seulement|uniquement|je souhaite|je souhaiterais|il me faudrait|est il possible|"
        "si possible|idéalement|venir|passer|je veux|alors|repasser|repassez|reprogrammer|"
        "programmer|livrez moi|merci de livrer|veuillez|est ce que vous pouvez|"
        "vous pouvez|vous pourriez|pourrait on|ça serait possible|plutot|préférence|du coup",
    ),
    say(
        Kind.RETURN,
        "je ne reviens que|je reviens que|ne reviens que|je ne rentre que|ne rentre que|"
        "je serai de retour que|on ne rentre que|nous ne rentrons que|je rentre que|reviens|"
        "on revient|revient|il revient|elle revient|je rentre|de retour|rentre|je reviens|"
        "je serai de retour|retour|nous rentrons|"
        "on rentre|je rentre du travail|je rentre du boulot|je finis|je termine|"
        "je finis le travail|je finis le boulot|je débauche|je suis de retour|je reviendrai|"
        "je rentrerai|nous revenons|nous serons de retour|finis|je sors du travail|"
        "je sors du boulot|je finis de travailler|je rentre chez moi|je reviens chez moi",
    ),
    say(
        Kind.LEAVE,
        "je pars|je dois partir|je m'en vais|je sors|je quitte|je dois sortir|"
        "je pars travailler|nous partons|on part|on s'en va|on sort|on doit partir",
    ),
    say(
        Kind.PAST_TALK,
        "j'ai commandé|commandé|j'ai attendu|attendu|devait|devaient|était|étais|aurait dû|"
        "devait arriver|était prévu|était prévue|prévu|prévue|vous avez dit|avez dit|est passé|"
        "est venu|êtes passé|depuis|j'ai reçu|reçu|pas arrivé|n'est pas arrivé|"
        "n'est pas venu|n'ai pas reçu|n'ai rien reçu|pas reçu|rien reçu|n'est jamais arrivé|"
        "n'est jamais venu|avait dit|j'étais|a sonné|il y a|acheté|j'ai acheté|m'avez dit|"
        "promis|annoncé|annoncée|a été livré|indiqué|n'est toujours pas|on m'a dit|"
        "aurait du|j'attends depuis|devait être livré|devais|appelé|j'ai appelé|est parti",
    ),
    say(
        Kind.PAST_END,
        "il n'y avait personne|y avait personne|n'y avait personne|j'étais là|j'étais absent|"
        "j'étais absente|j'étais chez moi",
    ),
    say(
        Kind.MOVE,
        "décaler|déplacer|reporter|changer|reportez|décalez|repousser|modifier|avancer|"
        "déplacez|reportée|changez|repoussez|décaler la livraison|reporter la livraison|"
        "déplacer la livraison|changer la livraison|décaler ma livraison|reporter ma livraison|"
        "passer de|basculer",
    ),
    say(
        Kind.LABEL,
        "hangar|bureau|entrepôt|au voisin du|à la voisine du|aux voisins du|"
        "chez la voisine du|chez les voisins du|"
        "à mon voisin du|à ma voisine du|gardien du|appartement|appart|appt|apt|numéro|num|"
        "n°|nº|n|no|code|digicode|commande|étage|"
        "numéro de commande|référence|ref|réf|colis|chambre|porte|bâtiment|bat|bât|"
        "escalier|esc|option|choix|réponse|maison|villa|résidence|interphone|sonnette|bp|"
        "boîte|boite|cp|code postal|téléphone|tél|tel|portable|au numéro|lot|hall|bloc|suivi|"
        "numéro de suivi|mot de passe|casier|consigne|ligne|bus|métro|quai|studio|"
        "chez le voisin du|voisin du|voisine du|j'habite au|habite au|j'habite|numero|"
        "appelez moi au|appelez le|mon numéro|cage|rez de chaussée|rdc|version|étape|taille|"
        "client|dossier|facture|paquet|point relais|cedex|lieu dit|âge|codes|bat.|bt|"
        "porte n|code porte|code portail|code immeuble|pin|envoi",
    ),
    say(
        Kind.THINGS,
        "de plus|en plus|de retard|retard|colis|paquets|paquet|cartons|carton|kg|kilos|kilo|"
        "euros|euro|€|ans|"
        "an|années|minutes|"
        "minute|min|mins|mn|personnes|personne|étages|étage|mètres|m|km|cm|mm|étoiles|fois|"
        "chiens|chien|chats|enfants|articles|pièces|secondes|bis|ter|grammes|sacs|bouteilles|"
        "commandes|livraisons|jours ouvrés|jours ouvrables|cents|centimes|portes|marches|"
        "appels|messages|essais|tentatives|voisins|chf|francs|degrés|pour cent|sms|mails|"
        "lettres|enveloppes|litres|articles|exemplaires|points|eme|ème étage|er étage",
    ),
    say(
        Kind.STREET,
        "rue|avenue|av|av.|bd|boulevard|place|chemin|impasse|allée|quai|route|square|cours|"
        "passage|r.|lotissement|faubourg|rte|all|imp|bld|blvd|ruelle|sentier|esplanade",
    ),
)
