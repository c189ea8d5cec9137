### What we say, in Spanish, to people of every country (usted). One section per part of the product.
### Notices do without á, í, ó and ú where another word is as good: an SMS can lose their marks.

## How facts are written

day_today = hoy
day_tomorrow = mañana, { $day }
window_on_day = { $day }, { $hours }
window_over_days = de { $start } a { $end }
moment_on_day = { $day }, { $time }

## Consent

opt_out_done = No le enviaremos más mensajes. Si cambia de idea, escriba UNSTOP.
opt_in_done = Volverá a recibir nuestros avisos sobre sus entregas.
parcel_opt_out_done = De acuerdo, no le escribiremos más sobre { $parcel } de { $shipper }. Pregunte cuando quiera dónde está. Si cambia de idea, escriba UNSTOP.
help_info =
    Esto es Doorstep. Le avisamos de cuándo llegan sus paquetes, y puede cambiarlo respondiendo aquí con sus propias palabras.
    Para hablar con una persona, escriba AGENT. Si no quiere más mensajes, de un paquete o en general, díganoslo.
wrong_person_done = Gracias por avisar. Hemos borrado su número y no volveremos a escribirle sobre esto.

## Telegram

telegram_linked = Este chat ya está vinculado. Puede preguntar aquí por sus entregas.
telegram_link_invalid =
    Este enlace ya se ha usado o ha caducado.
    Puede compartir su número de teléfono con el botón de abajo, o pedirnos otro enlace por SMS.
telegram_card_of_other =
    Este es el contacto de otra persona. Para ver aquí sus entregas, comparta su propio número con el botón de abajo. Si se trata de otra persona, escríbame su nombre y su número.
telegram_number_unknown = No tenemos ninguna entrega para su número. Cuando haya una en camino, vuelva a compartirlo.
telegram_welcome = Hola de nuevo. Puede preguntar aquí por sus entregas.
telegram_welcome_unlinked =
    Hola, esto es Doorstep. Para ver sus entregas, comparta su número de teléfono con el botón de abajo, o abra el enlace que le enviamos por SMS.
share_number_button = Compartir mi número

## When there is no answer from the assistant

cannot_read_media = Lo siento, no puedo leer fotos ni mensajes de voz. Por favor, dígamelo por escrito.
empty_message = Su mensaje ha llegado vacío. Por favor, dígame por escrito qué necesita.
bot_down = Lo siento, ahora mismo no puedo responder por mi cuenta.

## Where is it

no_delivery_known = No veo ninguna entrega para este contacto. Si espera una, pida al remitente que revise su número, o escriba AGENT para hablar con una persona.
track_on_the_way = { $shipper }: su entrega ({ $parcel }) va en reparto. Llegada prevista: { $eta } aprox.{ $stops_before ->
    [0] , la siguiente parada es la suya
    [one] , tras { $stops_before } parada más
   *[other] , tras { $stops_before } paradas más
    }. Se entrega { $place }.
track_on_the_way_late = { $shipper }: su entrega ({ $parcel }) va en reparto, pero con retraso. Nueva hora prevista: { $eta } aprox. Disculpe. Se entrega { $place }.
track_on_the_way_between = { $shipper }: su entrega ({ $parcel }) va en reparto. Llegada prevista entre las { $start } y las { $end }{ $stops_before ->
    [0] , la siguiente parada es la suya
    [one] , tras { $stops_before } parada más
   *[other] , tras { $stops_before } paradas más
    }. Se entrega { $place }.
track_on_the_way_late_between = { $shipper }: su entrega ({ $parcel }) va en reparto, pero con retraso. Nueva llegada prevista entre las { $start } y las { $end }. Disculpe. Se entrega { $place }.
track_planned = { $shipper }: su entrega ({ $parcel }) llega { $window }. Se entrega { $place }.
track_planned_day = { $shipper }: su entrega ({ $parcel }) llega { $day }. Se entrega { $place }.
track_failed = { $shipper }: no pudimos hacer su entrega ({ $parcel }). Escriba REINTENTAR para elegir qué hacemos ahora.
track_on_hold = { $shipper }: guardamos su entrega ({ $parcel }) en nuestro almacén.
track_ready = { $shipper }: su entrega ({ $parcel }) le espera en { $point }.
track_ready_code = { $shipper }: su entrega ({ $parcel }) le espera en { $point }, { $address }, hasta { $last_day }. Clave { $code }.
track_change_pending = { $shipper }: estamos comprobando con la ruta su cambio para { $parcel }. Le escribimos en cuanto quede resuelto.
track_more = ... y { $count ->
    [one] { $count } paquete más
   *[other] { $count } paquetes más
    }.
ended_delivered = { $shipper }: su entrega ({ $parcel }) ya se ha hecho. Si no lo tiene, escriba "no lo tengo".
ended_return_to_sender = { $shipper }: su entrega ({ $parcel }) vuelve al remitente.
ended_cancelled = { $shipper }: su entrega ({ $parcel }) se ha anulado.

## Which parcel

ask_which_delivery = Tiene { $count } paquetes en camino. ¿A cuál se refiere?
option_delivery = { $parcel } de { $shipper }
option_all_deliveries = { $count ->
    [2] Los dos
   *[other] Todos ({ $count })
    }

## Places and choices, as parts of other sentences

place_address = en su dirección
place_neighbour = a su vecino del { $number }
place_neighbour_named = a { $name }, en el { $number }
place_safe = en su lugar seguro: { $words }
place_pickup_point = en { $name }
spot_porch = en el porche
spot_shed = en el cobertizo
spot_garage = en el garaje
spot_reception = con el conserje
choice_window = { $window }
choice_neighbour = a su vecino del { $number }, { $day }
choice_neighbour_named = a { $name }, en el { $number }, { $day }
choice_safe_place = en su lugar seguro ({ $words }), { $day }
choice_pickup_point = { $name }, { $day }
choice_refuse = de vuelta al remitente
choice_restore = todo como estaba antes

## Menus

# Telegram has buttons beneath the text; elsewhere options have digits.
choose_below = { $how ->
    [buttons] Responda con un botón
   *[digits] Responda con una cifra
    }
or_choose_below = { $how ->
    [buttons] responda con un botón
   *[digits] responda con una cifra
    }
or_choose_shortly = { $how ->
    [buttons] use un botón
   *[digits] una cifra
    }
option_goal_window = Otro día u hora
option_goal_neighbour = Un vecino
option_goal_safe_place = Un lugar seguro
option_goal_pickup_point = Tienda o taquilla cercana
option_keep_as_is = Dejarlo como está
help = Puedo ayudarle con { $parcel } de { $shipper }. { choose_below } o dígame con sus palabras qué prefiere.
help_no_delivery = No veo ningún paquete en camino para usted. Cuando haya uno, podrá cambiar aquí la hora o el lugar. Para hablar con una persona, escriba AGENT.
greeting = ¡Hola! ¿Qué puedo hacer con { $parcel } de { $shipper }? { choose_below } o dígamelo con sus palabras.
greeting_short = ¡Hola!
greeting_no_delivery = ¡Hola! No veo ningún paquete en camino para usted. Para hablar con una persona, escriba AGENT.
what_about_it = ¿Qué hacemos con { $parcel } de { $shipper }?
what_about_it_no_delivery = No veo ningún paquete en camino para usted.
you_are_welcome = ¡De nada!
out_of_scope = Solo puedo ayudarle con su entrega de { $parcel } de { $shipper }. { choose_below }, o escriba AGENT para hablar con una persona.
out_of_scope_short = En eso no puedo ayudarle.
out_of_scope_no_delivery = Solo puedo ayudar con entregas, y no veo ninguna en camino para usted. Para hablar con una persona, escriba AGENT.
not_understood = Perdone, no le he entendido. Para { $parcel } de { $shipper }, { or_choose_below }, o escriba AGENT para hablar con una persona.
not_understood_short = Perdone, no le he entendido.
not_understood_no_delivery = Perdone, no le he entendido, y no veo ningún paquete en camino para usted. Para hablar con una persona, escriba AGENT.

## Another day or time

windows_as_wished = Es posible para { $parcel } de { $shipper }. { choose_below } o dígame otra hora:
windows_offered = Para { $parcel } de { $shipper } podemos ir en estos horarios. { choose_below } o dígame cuándo le viene bien:
windows_instead = No podemos ir a la hora que pidió. Para { $parcel } de { $shipper } quedan estos horarios:
window_found = Buenas noticias: al final hay sitio a la hora que pidió. Para { $parcel } de { $shipper } está libre ahora:
windows_none = Lo siento, no encuentro ningún horario libre para { $parcel } de { $shipper } en los próximos días. Escriba AGENT para hablar con una persona.
option_window = { $window }
option_window_instead = Mejor { $window }
what_would_suit = De acuerdo. ¿Qué día y a qué hora le viene bien?

## A neighbour

ask_neighbour_number = ¿En qué número vive su vecino?
ask_neighbour_name = ¿Cómo se llama su vecino? Así el repartidor sabe por quién preguntar.
confirm_neighbour = ¿Entregamos { $parcel } de { $shipper } a { $name }, n. { $number }, { $day }? No le hemos preguntado: dígame su teléfono y le preguntamos antes. O { or_choose_below }:
option_neighbour = Sí, a { $name }, en el { $number }
option_neighbour_asked = Sí, pregunten a { $name } del n. { $number }
option_neighbour_unasked = Entregar sin preguntar
confirm_neighbour_asked = ¿Preguntamos a { $name } del n. { $number } (teléfono ...{ $digits }) si recoge { $parcel } de { $shipper }, { $day }? Solo verá su nombre de pila y el número de su casa. { choose_below }:
neighbour_phone_unreadable = No he podido leer ese teléfono. Envíelo otra vez con el prefijo. O, sin preguntar a { $name } del n. { $number }, { or_choose_below }:
neighbour_phone_landline = Ese teléfono no recibe mensajes. Envíe un móvil. O, sin preguntar a { $name } del n. { $number }, { or_choose_below }:
neighbour_phone_foreign = Solo puedo escribir a teléfonos de este país. Envíe otro. O, sin preguntar a { $name } del n. { $number }, { or_choose_below }:
neighbour_phone_own = Ese es su propio teléfono. Envíe el de { $name } del n. { $number }. O, sin preguntar, { or_choose_below }:
neighbour_phone_barred = No podemos escribir a ese teléfono. Envíe otro. O, sin preguntar a { $name } del n. { $number }, { or_choose_below }:
neighbour_asked_enough = Ya hemos preguntado bastantes veces a vecinos por este paquete. Para entregarlo a { $name } del n. { $number } sin preguntar, { or_choose_below }:
neighbour_is_asked = Estamos preguntando a { $name } del n. { $number } si recoge { $parcel } de { $shipper }. Le diré lo que responda. Si no acepta antes de { $until }, se lo llevamos a usted como estaba previsto.
neighbour_accepted = { $name } del n. { $number } recogerá { $parcel } de { $shipper }, { $day }.
neighbour_declined = { $name } del n. { $number } no puede recoger { $parcel } de { $shipper }, así que se lo llevamos a usted como estaba previsto. Si no le viene bien, puede elegir:
neighbour_declined_final = { $name } del n. { $number } no puede recoger { $parcel } de { $shipper }, así que se lo llevamos a usted como estaba previsto.
neighbour_silent = { $name } del n. { $number } no ha contestado, así que le llevamos { $parcel } de { $shipper } a usted como estaba previsto. Si no le viene bien, puede elegir:
neighbour_silent_final = { $name } del n. { $number } no ha contestado, así que le llevamos { $parcel } de { $shipper } a usted como estaba previsto.
neighbour_unreachable = Nuestro mensaje no ha llegado a { $name } del n. { $number }, así que le llevamos { $parcel } de { $shipper } a usted como estaba previsto. Si no le viene bien, puede elegir:
neighbour_unreachable_final = Nuestro mensaje no ha llegado a { $name } del n. { $number }, así que le llevamos { $parcel } de { $shipper } a usted como estaba previsto.

## Para el vecino al que se pregunta

neighbour_asked = Entregas Doorstep: ¿recoge un paquete para { $name } del n. { $house }, { $day }? Puede decir que no. { choose_below }:
option_neighbour_takes = Lo recojo
option_neighbour_declines = Prefiero que no
neighbour_accepted_thanks = ¡Gracias! Nuestro repartidor le llevará el paquete para { $name } del n. { $house }, { $day }. Si al final no puede, dígamelo.
neighbour_declined_thanks = No hay problema, gracias por avisar. El paquete para { $name } del n. { $house } no irá a su casa.
neighbour_not_needed = Gracias, ya se ha arreglado de otra manera. No tiene que hacer nada.
neighbour_withdrawn = Entregas Doorstep: el paquete para { $name } del n. { $house } al final no va a su casa. No tiene que hacer nada. ¡Gracias!
neighbour_has_it = Entregas Doorstep: nuestro repartidor le ha dejado el paquete de { $name } del n. { $house }. Quien lo recoja le dirá el código { $code }. ¡Gracias!

## A safe place

ask_safe_place = ¿Dónde puede dejarlo el repartidor? { choose_below } o describa el lugar:
option_spot_porch = En el porche
option_spot_shed = En el cobertizo
option_spot_garage = En el garaje
option_spot_reception = En recepción
confirm_safe_place = ¿Dejamos { $parcel } de { $shipper } aquí: { $words }, { $day }? Desde ese momento, usted acepta el riesgo de pérdida o daños. El repartidor hace una foto. { choose_below }:
option_accept_safe_place = Acepto, que lo deje ahí

## Shops and lockers

points_offered = Puede recoger { $parcel } de { $shipper } aquí. { choose_below }:
points_offered_near_home = No conozco ese lugar, así que estos quedan cerca de su dirección. ¿Quiere recoger { $parcel } de { $shipper } aquí? { choose_below }:
points_none = Lo siento, no hay cerca ninguna tienda ni taquilla con sitio a la que podamos llegar ese día. Puede elegir otra hora o un vecino.
option_locker = Taquilla { $name }, { $distance }, { $day }, abre { $opens }-{ $closes }
option_locker_always_open = Taquilla { $name }, { $distance }, { $day }, abierta las 24 horas
option_shop_always_open = { $name }, { $distance }, { $day }, abre las 24 horas
option_shop = { $name }, { $distance }, { $day }, abre { $opens }-{ $closes }
option_goal_near_home = Cerca de mi dirección
ask_where_near = No conozco ese lugar. Dígame la calle o el código postal; en Telegram también puede enviar la ubicación. O { or_choose_below }:
option_goal_extend_collection = Más tiempo para recogerlo
collection_extended = De acuerdo: puede recoger { $parcel } de { $shipper } en { $point } hasta { $last_day }.
collection_extended_at_most = Tanto tiempo no puede ser, pero ahora puede recoger { $parcel } de { $shipper } en { $point } hasta { $last_day }.
collection_long_enough = De todos modos puede recoger { $parcel } de { $shipper } en { $point } hasta { $last_day }. No cambia nada.
collection_no_longer = Lo siento, en { $point } no pueden guardar { $parcel } de { $shipper } más tiempo. El último día es { $last_day }. Otra persona puede recogerlo por usted: dígamelo.
collection_not_yet_there = Su entrega de { $parcel } de { $shipper } no está todavía en { $point }. Allí le esperará { $days ->
    [one] { $days } día
   *[other] { $days } días
    }.
collection_nothing_waits = Su entrega de { $parcel } de { $shipper } no espera en ninguna tienda ni taquilla. Puede elegir:
ask_collector_name = ¿Quién puede recoger { $parcel } de { $shipper } por usted? Dígame su nombre.
collector_code_point = { $name } puede recoger { $parcel } de { $shipper } en { $point } con el código { $code }. No se lo dé a nadie más. Para retirarlo, escriba otra vez "lo recoge otra persona".
collector_code_door = El repartidor puede entregar { $parcel } de { $shipper } a { $name }, que dirá el código { $code }. No se lo dé a nadie más. Para retirarlo, escriba otra vez "lo recoge otra persona".
collector_exists = { $name } puede recoger { $parcel } de { $shipper }. { choose_below }:
option_collector_other = Otra persona en su lugar
option_collector_withdraw = Retirar el código
collector_revoked = Hecho: el código para { $parcel } de { $shipper } ya no vale.
collector_unverified = Lo siento, solo puedo hacerlo desde el teléfono con el que se encargó { $parcel } de { $shipper }. Escriba desde allí, o escriba AGENT para hablar con una persona.

## Getting in

ask_access = ¿Qué debe saber el repartidor para entrar? Por ejemplo, el código del portal, el timbre, el piso o si hay perro.
access_noted = Gracias. Solo lo ve el repartidor, y solo cerca de su parada.

## Refusing

confirm_refuse = ¿Devolvemos { $parcel } de { $shipper } al remitente? No se puede deshacer. { choose_below }:
option_keep_parcel = No, lo quiero
option_refuse = Devolverlo

## After a failed attempt

redelivery_choices = ¿Qué hacemos ahora con { $parcel } de { $shipper }? { choose_below } o dígame un día y una hora:

## A choice on its way

choice_noted = Anotado: { $what }. Compruebo si cabe en la ruta y se lo confirmo enseguida.
choice_confirmed = Confirmado para { $parcel } de { $shipper }: { $what }. Puede cambiarlo hasta { $until }.
choice_confirmed_final = Confirmado para { $parcel } de { $shipper }: { $what }.
choice_confirmed_eta = Confirmado para { $parcel } de { $shipper }: { $what }. Llegada prevista: { $eta } aprox. Puede cambiarlo hasta { $until }.
choice_confirmed_eta_final = Confirmado para { $parcel } de { $shipper }: { $what }. Llegada prevista: { $eta } aprox.
choice_confirmed_refuse = Hecho: devolvemos { $parcel } de { $shipper } al remitente.
choice_refused_no_room = Lo siento, entonces no queda sitio para { $parcel } en ninguna ruta ({ $what }). Estos horarios quedan libres:
choice_refused_window_full = Lo siento, ese horario se acaba de llenar ({ $what }). Para { $parcel } de { $shipper } quedan estos:
choice_refused_already_loaded = Lo siento, { $parcel } ya va en un vehículo que no puede hacerlo ({ $what }). Estos horarios quedan libres:
choice_refused_already_passed = Lo siento, el repartidor ya ha pasado por su parada y ya no es posible ({ $what }). Estos horarios quedan libres:
choice_refused_under_way = Lo siento, el repartidor ya va hacia su casa y no se puede cambiar ({ $what }). Estos horarios quedan libres:
choice_refused_shift_over = Lo siento, el turno del repartidor acaba antes ({ $what }). Estos horarios quedan libres:
choice_refused_unknown = Lo siento, no ha sido posible ({ $what }). Estos horarios quedan libres:
choice_refused_no_alternative = Lo siento, no es posible para { $parcel } de { $shipper } ({ $what }), y no encuentro otro horario libre. Escriba AGENT para hablar con una persona.
choice_kept_waiting = Lo siento, tarda más de lo normal. Su cambio está guardado ({ $what }): no tiene que hacer nada, se lo confirmo en cuanto esté en la ruta.
choice_with_staff = Lo siento, no hemos podido pasar su cambio a la ruta a tiempo ({ $what }). Nuestro equipo lo está resolviendo y le avisará.
kept_as_is = De acuerdo, no cambia nada para { $parcel } de { $shipper }.
choice_dropped = De acuerdo, lo he descartado. No cambia nada.
undo_noted = De acuerdo. Vuelvo a dejar { $parcel } de { $shipper } como estaba y se lo confirmo enseguida.
nothing_to_undo = No hay ningún cambio que deshacer para { $parcel } de { $shipper }.
nothing_to_undo_no_delivery = No hay ningún cambio que deshacer.
which_number = ¿Cuál prefiere? { choose_below }:
still_open_delivery = Volvamos a mi pregunta: ¿a qué paquete se refiere?
still_open_neighbour = Volvamos a su vecino: dígame, por favor, su nombre y el número de la casa.
still_open_neighbour_phone = Volvamos a su vecino: envíe su teléfono y le preguntamos, o { or_choose_below }:
still_open_place = Volvamos al lugar seguro: ¿dónde puede dejarlo el repartidor?
still_open_access = Volvamos a la entrada: ¿qué debe saber el repartidor?
still_open_window = Volvamos al horario. { choose_below } o dígame cuándo le viene bien:
still_open_point = Volvamos al lugar de recogida. { choose_below }:
still_open_near_place = Volvamos a dónde recogerlo. Dígame una calle o un código postal, o { or_choose_below }:
still_open_collector = Volvamos a quién lo recoge: dígame su nombre.
still_open_confirm = Volvamos a su elección. { choose_below }:

## Respuestas cortas y un segundo deseo

no_price = Ninguna de estas opciones le cuesta nada. ¿Cuál prefiere? { choose_below }:
what_else = De acuerdo. Dígame con sus palabras qué desea, o escriba AGENT para hablar con una persona.
where_else = De acuerdo. ¿Cerca de qué lugar busco? O dígame un día y una hora para su domicilio.
who_we_are = Soy el asistente automático de su entrega. Nunca pido dinero ni contraseñas. Para hablar con una persona, escriba AGENT.
nothing_to_repeat = No encuentro ninguna elección anterior suya. Para { $parcel } de { $shipper } puede elegir:
nothing_to_repeat_no_delivery = No encuentro ninguna elección anterior suya ni ningún paquete en camino.
as_planned = De acuerdo, iremos como estaba previsto. Si le viene mejor otro momento, escríbanos.
all_right = De acuerdo. Si necesita algo más, escríbame.
second_wish = También mencionó esto: { $wish }. ¿Lo vemos ahora? { choose_below }:
option_second_wish = Sí, por favor
option_no_thanks = No, eso es todo
wish_reschedule = otro día u otra hora
wish_redeliver = otro intento de entrega
wish_leave_with_neighbour = entrega a un vecino
wish_leave_in_safe_place = un lugar seguro
wish_collect_from_pickup_point = tienda o taquilla
wish_access_instructions = cómo entrar
wish_refuse_delivery = devolverlo
wish_change_address = otra dirección
wish_hold_deliveries = retener sus paquetes
wish_extend_collection = más tiempo para recogerlo
wish_set_standing_preference = lo que vale para siempre
wish_door_needs = lo que necesita en la puerta
wish_release_signature = entrega sin firma
wish_authorise_collector = que lo recoja otra persona
take_your_time = Tómese su tiempo.

## No longer possible

offer_expired = Esa opción ya no está abierta.
just_taken = Lo siento, acaban de ocupar el último sitio.
too_late_for_that = Lo siento, ya es tarde para eso.
too_late_for_that_at = Lo siento, eso se podía elegir hasta { $closed_at }.
not_for_this_parcel = Lo siento, eso no se permite para este paquete.
cutoff_passed = Eso se podía hacer hasta { $closed_at }. Para { $parcel } de { $shipper } todavía puede elegir:
all_cutoffs_passed = Los cambios para { $parcel } de { $shipper } se podían hacer hasta { $closed_at }. El repartidor está a punto de llegar. Para hablar con una persona, escriba AGENT.
nothing_open = Ya no se puede cambiar nada para { $parcel } de { $shipper }. Para hablar con una persona, escriba AGENT.
menu_until = Elija hasta { $open_until }; si no, { $silence ->
    [at_depot] se queda en el almacén.
    [goes_back] vuelve al remitente.
    [one_try_left] se queda en el almacén. Queda un intento.
    [at_point] le espera en ese punto.
   *[as_planned] vamos según lo previsto.
    }
option_priced = { $option } ({ $price })
choice_priced = { $what } ({ $price })
changes_used_up_now = Esta entrega ya se ha cambiado tantas veces como permite el remitente.
still_possible = Para { $parcel } de { $shipper } todavía puede elegir:
changes_used_up = Su entrega de { $parcel } de { $shipper } ya se ha cambiado tantas veces como permite el remitente. Para hablar con una persona, escriba AGENT.
undo_full = Lo siento, el sitio de antes ya está ocupado, así que no cambia nada para { $parcel } de { $shipper }. Puede elegir:
option_forbidden_shipper = El remitente, { $shipper }, no lo permite para { $parcel }. Puede elegir:
option_forbidden_value = Su entrega de { $parcel } de { $shipper } tiene demasiado valor para eso. Puede elegir:
option_forbidden_age_check = Para { $parcel } de { $shipper } hay que comprobar su edad, así que no es posible. Puede elegir:
option_forbidden_signature = Alguien tiene que firmar por { $parcel } de { $shipper }, así que no es posible. Puede elegir:
option_forbidden_dangerous = Su entrega de { $parcel } de { $shipper } lleva mercancía peligrosa, así que no es posible. Puede elegir:
option_forbidden_size = Su entrega de { $parcel } de { $shipper } es demasiado grande para eso. Puede elegir:
option_forbidden_weight = Su entrega de { $parcel } de { $shipper } pesa demasiado para eso. Puede elegir:

## Problems and people

problem_damage = Siento mucho que haya llegado así. Si tiene una foto, nos ayuda.
nothing_handed_over = Todavía no se ha entregado nada.
problem_missing = Lo siento mucho. Abro ahora mismo una búsqueda.
missing_reported = El repartidor informó a las { $at }: { $handed_to ->
    [recipient] entregado a usted
    [household] entregado a alguien en su dirección
    [neighbour] entregado a un vecino
    [safe_place] dejado allí, lugar: { $words }
   *[other] entregado
    }{ $photo ->
    [true] , con foto
   *[other] {""}
    }.
missing_far = Eso fue a { $distance } de su dirección.
missing_look_around = Mire por favor en la puerta, el porche, el cobertizo y el buzón, y pregunte en casa y a los vecinos.
missing_look_neighbour = Pregunte por favor al lado, enfrente y en casa.
missing_case = Hemos abierto un caso; un compañero le responderá antes de { $by }.
missing_overdue = Le prometimos una respuesta para ahora y aún no la tenemos, lo sentimos. Su caso pasa a ser el primero.
problem_complaint = Lo siento mucho. Eso no debería pasar, y vamos a revisarlo.
wish_for_staff = Eso no puedo resolverlo por mi cuenta, así que se lo pido a nuestro equipo.

## Language

language_switched = De acuerdo, desde ahora le escribo en español.
which_language = Puedo escribir en inglés, español, alemán o francés. ¿En cuál?
already_receiving = Ya recibe nuestros mensajes.

## When something fails

error_unavailable = Lo siento, el sistema de rutas no responde ahora mismo. No se ha perdido nada: inténtelo de nuevo en unos minutos.
error_conflict = Lo siento, se han cruzado dos cambios. Envíelo otra vez, por favor.
error_not_found = Lo siento, ya no encuentro eso.
error_not_allowed = Lo siento, no puedo hacerlo desde este contacto.
error_refused = Lo siento, no es posible.
error_invalid_input = Lo siento, no he podido usar eso. Dígamelo con otras palabras, por favor.
error_adapter_failed = Lo siento, algo ha fallado por nuestra parte. Inténtelo de nuevo en unos minutos.
error_rejected = Lo siento, algo ha fallado por nuestra parte. Inténtelo de nuevo en unos minutos.
error_unreadable = Lo siento, algo ha fallado por nuestra parte. Inténtelo de nuevo en unos minutos.
error_error = Lo siento, algo ha fallado por nuestra parte. Inténtelo de nuevo en unos minutos.

## A person takes over

handoff_asked = Paso este chat a un compañero del equipo. Puede ver lo que hemos escrito, no hace falta que lo repita. Escriba BOT para volver conmigo.
handoff_fallback = No le estoy ayudando bien, así que paso este chat a un compañero del equipo. Escriba BOT para volver conmigo.
handoff_wish = Un compañero le responderá aquí. Escriba BOT para volver conmigo.
handoff_damage = Un compañero lo revisará y le responderá aquí.
handoff_missing = Un compañero lo investigará y le responderá aquí.
handoff_complaint = Un compañero lo leerá y le responderá aquí.
handoff_bot_down = Un compañero le responderá aquí.
handoff_staff = Un compañero le responderá aquí.
on_call_alert = { $shipper }: alguien necesita ahora a una persona. Abra la consola, caso { $case }.
handoff_safety = Si alguien está en peligro, llame primero a emergencias. Un compañero lo mira de inmediato y le responde aquí.
handoff_legal = Un compañero que puede decidirlo lo leerá y le responderá aquí.
handoff_anger = Siento las molestias. Paso este chat a un compañero del equipo, que puede ver lo que hemos escrito. Escriba BOT para volver conmigo.
handoff_repeat = Ya hablamos de esto, así que un compañero lo mira otra vez y le responde aquí. Escriba BOT para volver conmigo.
handoff_turns = Hemos escrito mucho y aún no hay nada resuelto, así que un compañero lo mira y le responde aquí. Escriba BOT para volver conmigo.
handoff_tool_failed = Esto falla por nuestra parte, así que un compañero se ocupa y le responde aquí. Escriba BOT para volver conmigo.
handoff_media = No puedo abrir lo que ha enviado, así que paso este chat a un compañero. Escriba BOT para volver conmigo.
handoff_deferred = Nuestro equipo vuelve { $opens }. Su petición queda guardada y será la primera. Mientras tanto puedo ayudarle con su entrega.
handed_back = Vuelve a estar con el asistente. ¿En qué puedo ayudarle?
handoff_wait = Suele tardar de { $least } a { $most } minutos.
handoff_wait_within = Suele tardar menos de { $minutes ->
    [one] { $minutes } minuto
   *[other] { $minutes } minutos
    }.
handoff_still_waiting = Lo sentimos, todos siguen ocupados. Su turno se mantiene. Escriba BOT para usar el asistente mientras tanto.
handoff_waits_for_opening = Nuestro equipo vuelve { $opens }. Su turno se mantiene. Escriba BOT para usar el asistente mientras tanto.
handed_back_arranged = Vuelve a estar con el asistente. Nuestro equipo ha acordado: { $what }. ¿En qué puedo ayudarle?
handed_back_waiting = Vuelve a estar con el asistente. Nuestro equipo ha pedido: { $what }. Se lo confirmo en cuanto la ruta lo acepte.
handed_back_claim = Hay una reclamación abierta; nuestro equipo la sigue.
rate_talk = ¿Qué tal la atención de nuestro equipo? { choose_below } del 1 (mala) al 5 (muy buena).
returned_to_bot = Vuelve a estar conmigo. ¿En qué puedo ayudarle?

## Notices

parcels_counted = { $count ->
    [one] { $count } paquete
   *[other] { $count } paquetes
    }
notice_pre_advice = { $shipper }: su entrega ({ $parcel }) se prevé para { $window }. Si no le viene bien, { or_choose_below } o con sus palabras:
notice_pre_advice_final = { $shipper }: su entrega ({ $parcel }) se prevé para { $window }.
notice_morning_window = { $shipper }: su entrega ({ $parcel }) llega { $window }. Si no le viene bien, responda a este mensaje.
notice_out_for_delivery = { $shipper }: su entrega ({ $parcel }) va en reparto y llega { $window }.
notice_minutes_away = { $shipper }: el repartidor llega con su entrega ({ $parcel }) en { $minutes ->
    [one] { $minutes } minuto
   *[other] unos { $minutes } minutos
    }.
notice_arriving = { $shipper }: el repartidor ya casi llega a su puerta con su entrega ({ $parcel }).
notice_eta_now = Ahora se espera hacia las { $eta }.
venue_shown = { $title }, { $address }
live_location_shown = Aquí ve la furgoneta de camino a su casa.
notice_delay = { $shipper }: disculpe, su entrega ({ $parcel }) lleva retraso. Ahora llega { $window }, no { $old }.
notice_earlier = { $shipper }: su entrega ({ $parcel }) llega antes de lo previsto: { $window }, no { $old }.
notice_failed_nobody_home = { $shipper }: fuimos a su casa con su entrega ({ $parcel }), pero no nos abrieron.
notice_failed_address_not_found = { $shipper }: no hemos encontrado el domicilio de su entrega ({ $parcel }).
notice_failed_no_access = { $shipper }: no pudimos llegar a su puerta con su entrega ({ $parcel }).
notice_failed_refused = { $shipper }: en su puerta no se ha aceptado la entrega ({ $parcel }).
notice_failed_damaged = { $shipper }: disculpe, su entrega ({ $parcel }) se dañó en el camino y no se la hemos dado.
notice_failed_not_attempted = { $shipper }: disculpe, su entrega ({ $parcel }) estaba prevista para { $day }, pero no hemos llegado a hacerla.
notice_failed_locker_full = { $shipper }: no quedaba sitio libre para su entrega ({ $parcel }) en el punto de recogida.
notice_failed_other = { $shipper }: disculpe, no hemos podido hacer su entrega ({ $parcel }).
notice_failed_neighbour_nobody_home = { $shipper }: fuimos al n. { $number } con su entrega ({ $parcel }), pero no nos abrieron.
notice_failed_neighbour_no_access = { $shipper }: no pudimos acceder al n. { $number } con su entrega ({ $parcel }).
notice_failed_neighbour_refused = { $shipper }: en casa de su vecino del { $number } no se ha aceptado la entrega ({ $parcel }).
notice_failed_safe_place = { $shipper }: no hemos podido dejar su entrega ({ $parcel }) en el lugar acordado.
notice_failed_choices = ¿Qué hacemos? { choose_below }, o escriba fecha y hora:
notice_locker_full_choices = Primero va el lugar más cercano con sitio. { choose_below }, o escriba fecha y hora:
notice_photo = { $photo ->
    [true] {" "}El repartidor hizo una foto.
   *[false] {""}
    }
notice_delivered_recipient = { $shipper }: hemos entregado en mano su entrega ({ $parcel }) a las { $at }. Si no fue a usted, escriba "no lo tengo".{ notice_photo }
notice_delivered_household = { $shipper }: hemos dado su entrega ({ $parcel }) a alguien de su casa a las { $at }.{ notice_photo }
notice_delivered_neighbour = { $shipper }: a las { $at } hemos dado su entrega ({ $parcel }) a su vecino del { $number }.{ notice_photo }
notice_delivered_neighbour_code = { $shipper }: su entrega ({ $parcel }) la tiene { $name }, n. { $number }, desde las { $at }. Para recogerla, diga la clave { $code }.{ notice_photo }
notice_delivered_neighbour_unnamed = { $shipper }: a las { $at } hemos dado su entrega ({ $parcel }) a un vecino.{ notice_photo }
notice_delivered_safe_place = { $shipper }: a las { $at } hemos dejado su entrega ({ $parcel }) en este lugar: { $words }.{ notice_photo }
notice_delivered_safe_place_unnamed = { $shipper }: a las { $at } hemos dejado su entrega ({ $parcel }) en un lugar seguro de su casa.{ notice_photo }
notice_delivered_pickup_point = { $shipper }: su entrega ({ $parcel }) se ha dado en un punto de recogida a las { $at }.{ notice_photo }
notice_delivered_other = { $shipper }: su entrega ({ $parcel }) se ha hecho a las { $at }.{ notice_photo }
notice_ready_for_pickup = { $shipper }: su entrega ({ $parcel }) le espera en { $point }, { $address }. Clave { $code }. Abre { $day }, { $opens }-{ $closes }. Plazo: hasta { $last_day }.
notice_ready_for_pickup_at_any_hour = { $shipper }: su entrega ({ $parcel }) le espera en { $point }, { $address }. Clave { $code }. Abierto las 24 horas. Plazo: hasta { $last_day }.
notice_ready_for_pickup_no_hours = { $shipper }: su entrega ({ $parcel }) le espera en { $point }, { $address }. Clave { $code }. Plazo: hasta { $last_day }.
notice_ready_for_pickup_no_code = { $shipper }: su entrega ({ $parcel }) le espera en { $point }, { $address }.
notice_collect_reminder = { $shipper }: su entrega ({ $parcel }) sigue en { $point }, { $address }. Clave { $code }. Puede recogerla hasta { $last_day }.
notice_collect_last_day = { $shipper }: hoy acaba el plazo para recoger { $parcel } en { $point }, { $address }. Clave { $code }. Luego vuelve al remitente.
notice_collection_expired = { $shipper }: nadie ha recogido su entrega ({ $parcel }) en { $point } y vuelve al remitente. Para una persona, escriba AGENT.
notice_sent_back = { $shipper }: nadie nos dijo a tiempo qué hacer con su entrega ({ $parcel }) y vuelve al remitente. Para una persona, escriba AGENT.
notice_collected = { $shipper }: alguien ha recogido su entrega ({ $parcel }) a las { $at }. Si no fue usted ni nadie de su parte, escriba "no lo tengo".
driver_note_neighbour = Vecino: { $neighbour }, en el { $number }
driver_note_safe_place = Lugar seguro: { $words }. Haga una foto
driver_note_collector = Se puede entregar a { $name }, con código
error_cutoff_passed = Lo siento, ya es tarde para eso.
error_window_unavailable = Lo siento, se acaba de ocupar la última plaza. Pregunte otra vez por otra hora, por favor.
error_option_forbidden = Lo siento, el remitente no lo permite para este paquete.
error_offer_expired = Esa opción ya no está disponible. Pregunte otra vez, por favor.
error_attempts_exhausted = Lo siento, se ha intentado demasiadas veces. Escriba AGENT para hablar con una persona.

## Códigos para cambios delicados

code_message = { $shipper }: su código es { $code }. Confirma un cambio en su entrega ({ $parcel }) y vale 10 minutos. ¿No es usted? Responda NO SOY YO.
code_asked = Para proteger su paquete he enviado un código de 6 cifras al contacto con el que se reservó. Escríbalo aquí en los próximos 10 minutos.
code_asked_here = Para proteger su paquete le envío un código de 6 cifras en otro mensaje. Escríbalo aquí en los próximos 10 minutos.
code_resent = He enviado un código nuevo al contacto con el que se reservó el paquete. Solo vale el último.
code_resent_here = Aquí llega un código nuevo. Solo vale el último.
code_wrong = Ese no es el código. Le queda{ $left ->
    [one] {" "}un intento
   *[other] n { $left } intentos
    }.
code_malformed = El código tiene 6 cifras. Escriba solo esas cifras.
code_expired = Ese código ha caducado; los códigos valen 10 minutos. Aún no ha cambiado nada. ¿Le envío uno nuevo?
code_not_awaited = Ya no hay ningún cambio que espere un código.
code_elsewhere = Ese código va en el chat en el que se pidió el cambio. Si no lo pidió usted, responda NO SOY YO.
code_failed = Ese tampoco era el código, así que no ha cambiado nada.
option_new_code = Enviar un código nuevo
still_open_code = Volvamos al código: escriba las 6 cifras.
change_told = { $shipper }: su entrega ({ $parcel }) ha cambiado: { $what }. ¿No ha sido usted? Responda NO SOY YO en { $minutes ->
    [one] { $minutes } minuto
   *[other] { $minutes } minutos
    }.
change_told_only = { $shipper }: su entrega ({ $parcel }) ha cambiado: { $what }.
option_not_me = No he sido yo
chosen_by_another = Otro contacto de esta entrega ({ $parcel }, { $shipper }) acaba de elegir: { $what }. Para sustituirlo, elija otra vez; si no, no haga nada:
not_me_reverting = Gracias por avisar. Vuelvo a dejar { $parcel } de { $shipper } como estaba.
not_me_too_late = Gracias por avisar. Ya no puedo dejar { $parcel } de { $shipper } como estaba por mi cuenta.
not_me_code = Gracias por avisar. El código ya no vale y no ha cambiado nada para { $parcel } de { $shipper }.
handoff_not_me = Un compañero lo revisará y le responderá aquí.
handoff_wrong_codes = Un compañero lo revisará y le responderá aquí.
handoff_code_unreachable = Este cambio necesita un código enviado al contacto de la reserva, y no puedo llegar a él. No ha cambiado nada. Un compañero le responderá aquí.
handoff_code_limit = Se han pedido demasiados códigos, así que por ahora no envío más. No ha cambiado nada. Un compañero le responderá aquí.

## PIN en la puerta

door_pin_message = { $shipper }: diga el PIN { $code } al repartidor cuando le entregue { $parcel }. Solo en la puerta y a nadie más. Para recibirlo otra vez responda PIN.
door_pin_sent_twice = Ya le he enviado su PIN dos veces. Búsquelo en los mensajes de arriba, o escriba AGENT para hablar con una persona.
notice_failed_wrong_pin = { $shipper }: no pudimos darle su entrega ({ $parcel }) porque el PIN fue incorrecto tres veces.

## Elecciones y lo que se sabe en la puerta

choice_address = a { $address }, { $day }
choice_signature = no hace falta firma
choice_try_again = un segundo intento
choice_door = { $needs }
choice_away = en espera hasta { $day }
door_minutes = { $minutes ->
    [one] { $minutes } minuto más en la puerta
   *[other] { $minutes } minutos más en la puerta
    }
door_no_bell = no llamar al timbre
door_ring_twice = llamar dos veces
door_knock = llamar con los nudillos
door_wheelchair = silla de ruedas
door_hearing = oye mal
choice_confirmed_away = Confirmado: guardamos { $parcel } de { $shipper } en nuestro almacén y la entrega sigue desde { $day }. Si vuelve antes, escríbanos.

## Otra dirección

ask_address = ¿Cuál es la dirección correcta para { $parcel } de { $shipper }? Escriba calle, número y código postal. En Telegram puede enviar su posición.
ask_address_at_pin = Gracias. ¿Qué calle y número es, para encontrar la puerta?
address_unknown = Lo siento, no encuentro esa dirección. Escriba el código postal u otra forma de escribirla, o envíe su posición en Telegram. Para hablar con una persona, escriba AGENT.
address_no_room = Lo siento, ninguna furgoneta puede ir allí en los próximos días. Para { $parcel } de { $shipper } todavía puede elegir:
address_too_far = Está a { $distance }, y { $parcel } de { $shipper } puede desviarse { $limit } como mucho. Puede elegir otra cosa, o escribir AGENT para hablar con una persona:
confirm_address = ¿Llevamos { $parcel } de { $shipper } a { $address }, { $day }? Está a { $distance }; el máximo es { $limit }. { choose_below }:
confirm_address_later = ¿Llevamos { $parcel } de { $shipper } a { $address }? Está a { $distance }; el máximo es { $limit }. Llegaría más tarde: { $day }. { choose_below }:
confirm_address_corrected = ¿Corregimos la dirección de { $parcel } de { $shipper } a { $address }? El día no cambia: { $day }. { choose_below }:
option_address = Sí, llevarlo allí
still_open_address = Volvamos a la dirección: escriba calle, número y código postal.
still_open_address_at_pin = Volvamos a la dirección: ¿qué calle y número es?

## Ausente

ask_away_days = ¿De qué día a qué día estará fuera? Por ejemplo: del 3 al 12.
ask_away_until = Fuera desde { $first }. ¿Hasta qué día?
away_not_then = Puedo retener paquetes de los próximos seis meses. ¿De qué día a qué día estará fuera?
away_too_long = Podemos retener paquetes { $days ->
    [one] { $days } día
   *[other] { $days } días
    } como mucho. ¿De qué día a qué día? Para hablar con una persona, escriba AGENT.
confirm_away = ¿Retenemos todos los paquetes desde { $first } hasta { $last }? Siguen desde { $day }, y le avisamos la tarde anterior. { choose_below }:
option_away = Retener todo
option_away_other = Otros días
option_away_over = He vuelto, traigan todo
away_shown = Retenemos sus paquetes desde { $first } hasta { $last }. { choose_below }, o dígame otros días:
away_noted = Anotado: no llega nada desde { $first } hasta { $last }. Los paquetes siguen desde { $day }, y le avisamos la tarde anterior.
away_left_out = Ya no podemos retener { $parcel } de { $shipper }.
away_none = No hay nada retenido para usted.
away_ended = Bienvenido de nuevo. Lo retenido sigue desde { $day }, y le diremos cuándo llega.
still_open_away = Volvamos a su ausencia: ¿de qué día a qué día?

## En la puerta

ask_door = ¿Qué debe saber el repartidor en la puerta? Por ejemplo: llamar dos veces, o necesito tres minutos.
ask_door_minutes = ¿Cuántos minutos necesita para llegar a la puerta?
door_minutes_too_many = El repartidor puede esperar 10 minutos como mucho. { choose_below }, o dígame cuántos minutos:
option_minutes = { $minutes ->
    [one] { $minutes } minuto
   *[other] { $minutes } minutos
    }
confirm_door = ¿Se lo decimos al repartidor para { $parcel } de { $shipper }: { $needs }? { choose_below }:
option_door_once = Solo esta vez
option_door_always = Siempre
standing_door_noted = Anotado: nuestros repartidores lo sabrán siempre desde ahora.
still_open_door = Volvamos a la puerta: ¿qué debe saber el repartidor?
still_open_minutes = Volvamos a la puerta: ¿cuántos minutos necesita?

## Sin firma

signature_not_needed = Nadie tiene que firmar por { $parcel } de { $shipper }.
signature_released_already = Ya está: nadie tiene que firmar por { $parcel } de { $shipper }.
confirm_signature = ¿Entregamos { $parcel } de { $shipper } sin firma? Desde ese momento, usted acepta el riesgo de pérdida. { choose_below }:
option_release_signature = Acepto, sin firma

## Siempre

ask_standing = ¿Dónde dejamos siempre sus paquetes? { choose_below }, describa un lugar, o dígame nombre y número de un vecino:
standing_shown = Ahora dejamos siempre sus paquetes { $place }. { choose_below }:
option_standing_other = En otro lugar
option_standing_remove = Ya no
option_standing = Sí, siempre
option_accept_standing_place = Acepto, siempre
confirm_standing_safe_place = ¿Dejamos siempre sus paquetes aquí: { $words }? Desde ese momento, usted acepta el riesgo de pérdida o daños. Le avisamos cada vez y puede cambiarlo. { choose_below }:
confirm_standing_neighbour = ¿Entregamos siempre sus paquetes { $place }? No le hemos preguntado. Le avisamos cada vez y puede cambiarlo. { choose_below }:
standing_noted = Anotado. Desde ahora, si el remitente lo permite, entregamos sus paquetes { $place }. Le avisamos cada vez y puede cambiarlo.
standing_removed = De acuerdo, volvemos a llevarle los paquetes a su puerta.
still_open_standing = Volvamos a sus paquetes: ¿dónde los dejamos siempre?

## Un segundo intento

option_try_again = Vuelvan ahora
second_try_too_far = Lo siento, la furgoneta ya está lejos. Para { $parcel } de { $shipper } puede elegir:
notice_failed_choices_near = Seguimos cerca hasta las { $until }: responda VUELVE para otro intento, o { or_choose_shortly }:
notice_pre_advice_placed = { $shipper }: su entrega ({ $parcel }) se prevé para { $window }, { $place }. Si no le viene bien, { or_choose_below }:
notice_pre_advice_resumed = { $shipper }: tras la pausa de sus entregas, la suya ({ $parcel }) se prevé para { $window }. Si no le viene bien, { or_choose_below }:
driver_note_no_signature = Sin firma
driver_note_door = { $needs }

## Después de la entrega

notice_rating = { $shipper }: ¿qué tal fue la entrega ({ $parcel })? { choose_below } del 1 (mal) al 5 (muy bien).
rating_thanks = ¡Gracias! Si quiere añadir algo, escríbalo ahora.
rating_thanks_poor = Gracias por decirlo. Sentimos que no fuera mejor. ¿Qué pasó? Escríbalo ahora.
rating_thanks_comment = Gracias, lo hemos anotado.
rating_range = Responda con una cifra del 1 (mal) al 5 (muy bien).
rating_closed = Gracias, esta valoración ya está cerrada.
