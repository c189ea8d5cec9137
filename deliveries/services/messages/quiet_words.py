"""How people say, in four languages, that they want no more messages about one parcel."""

import re

from deliveries.replies.reading import plain_words

LONGEST = 160

_MESSAGES = (
    r"(?:texts?|texting|messages?|messaging|sms|updates?|updating|notifications?|notify\w*|notices?"
    r"|alerts?|writing|contacting|informing"
    r"|nachrichten|nachricht|meldungen|benachrichtig\w*|mitteilungen|infos|schreib\w*|anschreiben"
    r"|melden|meldet|horen|nichts mehr|nix mehr"
    r"|mensajes?|avisos?|avisa\w*|avisen\w*|avise\w*|notificaciones|notificar\w*|alertas?"
    r"|escrib\w*|nada mas"
    r"|textos?|avis|alertes?|ecri\w*|plus rien|previen\w*|prevenir|contact(?:er|ez))"
)
_NO_MORE = (
    r"(?:no (?:more|further)|(?:don ?t|do not|please not) (?:text|message|send|write|notify|contact"
    r"|update|want|need)|stop|turn off|switch off|mute|silence|enough"
    r"|kein\w* \w*(?: \w+){0,6} ?mehr|keine weiteren|nicht mehr|nichts mehr|nix mehr|hor\w* auf"
    r"|aufhoren|schluss mit|stopp|abstellen|abschalten|abbestellen|deaktivieren"
    r"|no mas|ni un mensaje mas|no (?:quiero|necesito|me|nos)|dej\w+ de|basta de|par[ae]\w* de"
    r"|sin mas|desactiv\w*|quit[ae]\w*|silenci\w*"
    r"|plus de|plus aucun\w*|ne (?:m|me|nous) (?:\w+ ){1,3}plus|ne veux plus|veux plus|arret\w*"
    r"|cess\w*|pas d autres?|desactiv\w*|coup(?:er?|ez))"
)
_PARCEL = (
    r"(?:parcel|package|delivery|order|one|shipment|paket\w*|packchen\w*|sendung|lieferung"
    r"|bestellung|paquete|envio|pedido|entrega|colis|paquet|livraison|commande|envoi)"
)
_ABOUT_IT = (
    rf"(?:(?:about|for|on|regarding|concerning|re) (?:only |just )?"
    rf"(?:(?:this|that|the|my)(?: \w+)? {_PARCEL}|this|that|it)"
    rf"|(?:zu|zur|zum|uber|ueber|wegen|fur|fuer|von|vom|bezuglich|um) (?:nur )?"
    rf"(?:(?:diese\w?|das|dem|der|die|des|mein\w*) )?(?:\w+ )?{_PARCEL}"
    r"|dazu|hierzu|daruber|deswegen|davon"
    rf"|(?:sobre|de|del|por|para|con) (?:solo )?"
    rf"(?:(?:este|ese|esta|esa|el|la|mi) )?(?:mismo )?{_PARCEL}|sobre (?:esto|eso|ello)"
    rf"|(?:sur|pour|concernant|a propos de|au sujet de|de|du|au sujet du|a propos du) (?:juste )?"
    rf"(?:(?:ce|cet|cette|le|la|mon|ma|l) )?{_PARCEL}|a ce sujet|la dessus)"
)
_ALL_OF_THEM = (
    r"\b(?:all|any|every|ever|everything|other|parcels|packages|deliveries|orders|pakete|paketen"
    r"|sendungen|lieferungen|alle\w?|immer|paquetes|envios|pedidos|entregas|todo\w?|tod[ao]s"
    r"|ningun\w?|colis de|les colis|mes colis|vos colis|livraisons|commandes|tous|toutes|jamais"
    r"|nunca|nie)\b"
)
_ASKED_WHY = (
    r"^(?:why|when|what|where|who|how|which|did|have|has|warum|wieso|weshalb|wann|was|wo|wer|hat"
    r"|habt|haben|por que|cuando|que|donde|quien|como|pourquoi|quand|ou|qui|comment)\b"
)
# "Do not text my neighbour about it, text me": the dialogue hears who speaks of others.
_OF_OTHERS = (
    r"\b(?:neighbou?rs?|drivers?|courier|nachbar\w*|fahrer\w*|zusteller\w*|vecin\w*|conductor\w*"
    r"|repartidor\w*|voisin\w*|livreu\w*|chauffeur\w*)\b"
)
_WANTS_WORDS = (
    r"(?<!don t )(?<!dont )(?<!not )(?<!stop )"
    r"\b(?:text|message|contact|notify|tell|call|write to) me\b"
    r"|\b(?:schreib\w*|sagt?|informier\w*) mir (?!nicht|keine|nichts)"
)
_LACKS = r"\b(?:got|get|getting|received|erhalten|bekommen|recib\w*|recu|recois)\b"
_SAYS_MORE = (_ALL_OF_THEM, _ASKED_WHY, _LACKS, _OF_OTHERS, _WANTS_WORDS)


def is_about_one_parcel(text: str) -> bool:
    """Say whether a text wants no more messages about the parcel in question, and only that.

    Who speaks of all parcels, or of none, means every message.
    """
    if len(text) > LONGEST:
        return False
    said = " ".join(plain_words(text))
    if any(re.search(each, said) for each in _SAYS_MORE):
        return False
    return all(
        re.search(rf"\b{part}\b", said) is not None for part in (_NO_MORE, _MESSAGES, _ABOUT_IT)
    )
