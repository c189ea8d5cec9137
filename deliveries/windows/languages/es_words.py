"""Spanish words for what suits and what does not, and for numbers that are no times."""

from deliveries.windows.lexemes import Kind, Lexeme
from deliveries.windows.lexicon import say, say_all

# Who works at home is there.
_WORKING = (
    "trabajo", "trabajaré", "trabajando", "estoy trabajando", "estaré trabajando", "trabajamos",
    "voy a trabajar", "tengo que trabajar",
)  # fmt: skip

WORDS = (
    say(Kind.SKIP, "un poco antes|algo antes|un poquito antes|un pelín antes"),
    say(Kind.SKIP, "los dos días|ambos días|los dos|en ambos días|los 2 días"),
    say(
        Kind.SKIP,
        "trabajo de noche|trabajo de noches|turno de noche|turno de noches|buenos días|"
        "buenas tardes|buenas noches|buen día|buenas|buena tarde|buena noche|"
        "buen fin de semana|feliz navidad|feliz año|feliz año nuevo|felices fiestas|"
        "feliz finde|buen finde|feliz día|feliz semana|buena semana|feliz fin de semana|"
        "que tenga buen día|que tenga un buen día|que tengas buen día|que tengan buen día|"
        "24/7|24 horas|las 24 horas|24h al día|24 7|qué día|que día|a qué hora|qué hora|"
        "que hora|es tarde|muy tarde|llega tarde|tan tarde|media hora|una hora libre|"
        "un día|algún día|del día|al día|día a día|otra vez|la primera vez|primera vez|"
        "segunda vez|la segunda vez|a la puerta|a la derecha|a la izquierda|a la vecina|"
        "a la portera|al vecino|al portero|al lado|a mi vecino|a mi vecina|al final de la calle|"
        "en la puerta|en la entrada|en la portería|antes de nada|antes que nada|hasta luego|"
        "hasta mañana|hasta pronto|hasta la vista|hasta ahora|para mí|para nosotros|"
        "por favor|xfa|para nada|después de todo|desde luego|desde amazon|primer piso|"
        "primera planta|segunda planta|segundo piso|tercer piso|tercera planta|a la casa|"
        "sobre el pedido|sobre mi pedido|sobre mi paquete|sobre el paquete|sobre la entrega|"
        "fin de la calle|paquete a las|de parte de|mas tarde|más tarde|tarde otra vez",
    ),
    say(Kind.NOT, "no", name="no"),
    say(Kind.NOT, "ni"),
    say(
        Kind.NOT,
        "no puedo|no puede|no podemos|nunca|jamás|no me va|no hay nadie|nadie|"
        "no habrá nadie|no va a haber nadie|ni el|no el|no me es posible|imposible el|ningún|"
        "ninguna hora|ninguna|"
        "por favor no|excepto no|evitar|evite|eviten|no podré|no podría|no vengan|no venga|"
        "no entreguen|no lo traigan|no puedo recibirlo",
    ),
    say(
        Kind.AWAY,
        "guarden|guárdenlo|guardarlo|guardar|retengan|retenerlo|retener|"
        "no estoy|no estaré|no estoy en casa|no estaré en casa|no voy a estar|fuera|de viaje|"
        "de vacaciones|trabajando|trabajo|estoy trabajando|en el trabajo|estoy en el trabajo|"
        "en el gimnasio|en el dentista|en misa|en una boda|en un entierro|en la peluquería|"
        "estoy en el gimnasio|estoy en el dentista|estoy en misa|de compras|ocupado|ocupada|"
        "no estamos|no estaremos|no estamos en casa|no vamos a estar|"
        "estoy fuera|estaré fuera|no hay nadie en casa|no habrá nadie en casa|ausente|"
        "en la oficina|en el médico|de baja no|me voy de viaje|en clase|salgo de viaje|"
        "no me encuentro|no me encontraré|no está nadie|no va a estar|no va a haber nadie en casa|"
        "estaré de viaje|estaré trabajando|estaré ocupado|estaré ocupada|voy a estar fuera|"
        "estoy de viaje|estoy de vacaciones|estaré de vacaciones|tengo trabajo|tengo médico|"
        "tengo una cita|tengo cita|tengo cita médica|cita médica|cita con el médico|"
        "tengo cita con el médico|tengo cita con el dentista|tengo cita en el dentista|"
        "tengo dentista|tengo una reunión|tengo reunión|tengo una entrevista|"
        "no estare en la casa|no voy a estar en casa|no me hallo|"
        "estoy ocupado|estoy ocupada|curro|estoy currando",
    ),
    say(
        Kind.BAD,
        "no me viene bien|no me va bien|no puede ser|no es posible|no me sirve|no va bien|"
        "me viene mal|me va mal|es imposible|imposible|no funciona|no vale|no me vale|"
        "no me conviene|no nos viene bien|viene mal|mal|está mal|es mal día|no viene bien|"
        "no es buen día|fatal|"
        "no me queda bien|no nos va bien|no me cuadra|no se puede|es muy pronto|"
        "demasiado pronto|demasiado temprano|demasiado tarde|es muy tarde|no es conveniente|"
        "no me es posible|no me queda|está difícil|es complicado|no puedo ese día",
    ),
    say(
        Kind.EXCEPT,
        "excepto|excepto el|salvo|salvo el|menos|menos el|menos los|exceptuando|pero no|"
        "pero no el|en vez de|en lugar de|en vez del|en lugar del|aparte de|quitando|"
        "excepto los|salvo los|pero nunca|que no sea|que no sea el|que no sean|"
        "excepto por la|salvo por la|menos por la no|a excepción de|a excepción del|"
        "en vez de el|en lugar de el|pero por favor no",
    ),
    say_all(
        (Lexeme(Kind.EVERY_DAY), Lexeme(Kind.EXCEPT)),
        "cualquier día menos|cualquier día excepto|cualquier día salvo|todos los días menos|"
        "todos los días excepto|todos los días salvo|cualquier día menos el|"
        "cualquier día excepto el|cualquier día salvo el|cualquier día que no sea|"
        "cualquier día que no sea el|todos los días menos el|todos los días excepto el",
    ),
    say(
        Kind.CORRECTION,
        "no espera|no perdón|perdón|digo|mejor dicho|quiero decir|quise decir|no espere|"
        "espera no|no digo|ay no|uy no|perdón quise decir|quería decir|no no|bueno no|"
        "no mejor|corrijo|me equivoqué|me he equivocado|ah no|uy perdón|rectifico|no esperen",
    ),
    say(
        Kind.SAME_TIME,
        "a la misma hora|misma hora|la misma hora|al mismo tiempo|mismo horario|"
        "el mismo horario|a esa misma hora|a esa hora|en el mismo horario",
    ),
    say(Kind.NAME, "familia|señor|señora|sr|sra|don|doña"),
    say(Kind.NAME, "me llamo|mi nombre es|nombre", value=2),
    say(Kind.NTH, "primer|primero", value=1),
    say(Kind.NTH, "segundo", value=2),
    say(Kind.NTH, "tercer", value=3),
    say(Kind.NEITHER, "tampoco|tampoco puedo|tampoco estoy|tampoco me va|tampoco me viene bien"),
    say(Kind.BECAUSE, "porque|pq|xq|ya que|puesto que|es que|como trabajo"),
    say(
        Kind.DAY_AFTER,
        "el siguiente a ese|la semana siguiente a esa|el de después|el de la semana siguiente",
        value=7,
    ),
    say(Kind.SO, "así que|asi que|digamos|o sea|por lo tanto|entonces"),
    say(Kind.THAN, "que|q|que el|que la|que los|antes que|antes que el", value=1),
    say(
        Kind.DAY_AFTER,
        "al día siguiente|el día siguiente|el día después|al otro día|"
        "un día después|día siguiente|el siguiente día",
    ),
    say_all(
        (Lexeme(Kind.GOOD, name="rather"),),
        "mejor|es mejor|me viene mejor|me va mejor|"
        "preferible|sería mejor|me queda mejor|me gusta más|antes",
    ),
    say_all((Lexeme(Kind.REQUEST, name="rather"),), "prefiero|preferiría|preferimos"),
    say(Kind.BUT, "pero|aunque|sin embargo"),
    say(Kind.IF, "si"),
    say(
        Kind.GOOD,
        "me viene bien|me va bien|va bien|está bien|es mejor|mejor|perfecto|genial|bien|vale|"
        "ok|okay|me sirve|sirve|me vale|es posible|sería mejor|sería perfecto|sería genial|"
        "sería ideal|ideal|me conviene|conviene|me queda bien|preferible|estupendo|"
        "me viene mejor|me va mejor|viene bien|nos viene bien|puede ser|podría ser|"
        "sin problema|no hay problema|sí|de acuerdo|me cuadra|me parece bien|estaría bien|"
        "es perfecto|bueno|es bueno|funciona|me viene genial|me va perfecto|nos va bien|"
        "me viene perfecto|sería bueno|está perfecto|me queda mejor|no está mal",
    ),
    *(
        say(Kind.HOME, f"{working} en casa|{working} desde casa|{working} de casa")
        for working in _WORKING
    ),
    say(
        Kind.HOME,
        "teletrabajaré|teletrabajamos|hago teletrabajo|"
        "estoy en casa|estaré en casa|en casa|estoy|estaré|hay alguien|habrá alguien|libre|"
        "disponible|teletrabajo|teletrabajando|estamos|estaremos|estamos en casa|"
        "puedo recibirlo|puedo recogerlo|sí estoy|estoy libre|estoy disponible|tengo libre|"
        "voy a estar|hay alguien en casa|habrá alguien en casa|mi día libre|sí puedo|"
        "solo puedo|sólo puedo|puedo|podemos|podría",
    ),
    say(
        Kind.REQUEST,
        "por qué no|porque no|pueden|puede|podrían|podría ser|podéis|podeis|podrían venir|"
        "quiero|quisiera|querría|"
        "me gustaría|prefiero|preferiría|necesito|entreguen|entregar|entrega|traigan|"
        "que venga|que vengan|vengan|preferentemente|preferiblemente|solo|sólo|solamente|"
        "únicamente|cámbienlo|cambiarlo al|a ser posible|se puede|sería posible|"
        "tráiganlo|traerlo|entregarlo|entréguenlo|traédmelo|venid|ponedlo|pásenlo|"
        "qué tal|que tal|podrían entregarlo|puede venir|pueden venir",
    ),
    say(
        Kind.RETURN,
        "mi mujer llega|mi marido llega|mi hijo llega|mi hija llega|mi madre llega|"
        "mi padre llega|mi pareja llega|vuelvo|regreso|llego|llego a casa|vuelvo a casa|"
        "estoy de vuelta|de vuelta|"
        "volvemos|regresamos|volveré|regresaré|llegaré|salgo de trabajar|salgo del trabajo|"
        "termino de trabajar|acabo de trabajar|termino|llegamos|salgo del curro",
    ),
    say(Kind.LEAVE, "salimos|salimos de casa", name="said last"),
    say(
        Kind.LEAVE,
        "salgo de casa|nos vamos|nos marchamos|me voy|tengo que irme|tengo que salir|"
        "me marcho|salgo",
    ),
    say(
        Kind.PAST_TALK,
        "llevo|llevamos|pedí|compré|esperé|estuve|estaba|era|tenía que|debía|debería haber|vino|"
        "vinieron|dijeron|me dijeron|dijo|me dijo|llevo esperando|estuve esperando|"
        "iba a llegar|tenía que llegar|no ha llegado|no vino|no vinieron|desde hace|"
        "hace|fue|encargué|hice el pedido|entregaron|había|quedaron en|quedó en|llamé|tocaron|"
        "recibí|me llamaron|ponía|decía|pasaron|pasó|aún no ha llegado|no me ha llegado|"
        "debió llegar|prometieron|no pasaron|no pasó",
    ),
    say(
        Kind.PAST_END,
        "no había nadie|no estaba|estuve en casa|no estaba en casa|no pasó nadie|no vino nadie",
    ),
    say(
        Kind.MOVE,
        "cambiar|mover|aplazar|reprogramar|cambien|cambie|pasar|posponer|retrasar|cambiarla|"
        "cambiarlo|pasarlo|moverlo|cámbialo|reprogramen|adelantar|cámbienlo|pasadlo|cambiadlo|"
        "muévanlo|trasladar|pásenla|pásenlo|páselo|pásela|muévalo|muévelo|cámbienla|cámbiela",
    ),
    say(
        Kind.LABEL,
        "nave|muelle|oficina|señora del|señor del|la señora del|el señor del|la chica del|"
        "el chico del|piso|apartamento|apto|depto|departamento|número|num|núm|nº|n°|n|nro|"
        "puerta|código|"
        "clave|pin|pedido|número de pedido|referencia|ref|habitación|planta|portal|escalera|"
        "bloque|opción|casa|casa número|local|oficina|interior|código postal|cp|c.p.|teléfono|"
        "tel|tlf|tfno|móvil|celular|cel|llámame al|llámenme al|seguimiento|"
        "número de seguimiento|localizador|timbre|interfono|portero|contraseña|torre|edificio|"
        "km|carretera|línea|autobús|bus|taquilla|casillero|buzón|manzana|lote|sector|zona|"
        "vivo en el|vivo en|estoy en el|paquete número|envío|factura|cuenta|cliente|dni|edad|talla|"
        "respuesta|versión|paso|caja|ext|extensión|int|vecino del|vecina del|al vecino del|"
        "a la vecina del|número de envío|"
        "urbanización|chalet|parcela|nave|bajo|ático|whatsapp|mi número es|al número",
    ),
    say(
        Kind.THINGS,
        "de retraso|paquetes|paquete|cajas|caja|kilos|kilo|kg|euros|euro|€|dólares|pesos|soles|"
        "años|año|"
        "minutos|minuto|min|mins|minutitos|personas|persona|pisos|plantas|metros|m|cm|km|mm|"
        "estrellas|veces|vez|perros|perro|gatos|niños|hijos|bultos|bulto|artículos|unidades|"
        "uds|pedidos|entregas|envíos|segundos|seg|gramos|litros|botellas|bolsas|puertas|"
        "escalones|intentos|llamadas|mensajes|céntimos|mil|cosas|copias|sobres|piezas|"
        "izquierda|derecha|izq|dcha|derecho|vecinos|grados|por ciento|de edad|ªplanta|"
        "días hábiles|días laborables",
    ),
    say(
        Kind.STREET,
        "calle|c/|avenida|avda|av|av.|avd|plaza|pza|paseo|pº|camino|carrer|ronda|travesía|"
        "pasaje|callejón|bulevar|glorieta|calzada|rambla|colonia|barrio",
    ),
)
