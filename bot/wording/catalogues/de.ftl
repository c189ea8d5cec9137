### What we say, in German, politely (Sie). The same sections as in English; the rules are there.

## How facts are written

day_today = heute
day_tomorrow = morgen, { $day }
window_on_day = { $day }, { $hours }
window_over_days = { $start } bis { $end }
moment_on_day = { $day }, { $time } Uhr

## Consent

opt_out_done = Sie bekommen keine Nachrichten mehr von uns. Wenn Sie es sich anders überlegen, schreiben Sie UNSTOP.
opt_in_done = Sie hören wieder von uns, wenn Pakete für Sie kommen.
parcel_opt_out_done = In Ordnung, keine Nachrichten mehr zu Ihrem Paket ({ $parcel } von { $shipper }). Fragen Sie jederzeit, wo es ist. Wenn Sie es sich anders überlegen, schreiben Sie UNSTOP.
help_info =
    Hier ist Doorstep. Wir sagen Ihnen, wann Ihre Pakete kommen, und Sie können das hier in eigenen Worten ändern.
    Für persönliche Hilfe schreiben Sie AGENT. Keine Nachrichten mehr, zu einem Paket oder überhaupt? Sagen Sie es uns einfach.
wrong_person_done = Danke für den Hinweis. Wir haben Ihre Nummer entfernt und schreiben Ihnen dazu nicht mehr.

## Telegram

telegram_linked = Dieser Chat ist jetzt verbunden. Sie können hier nach Ihren Lieferungen fragen.
telegram_link_invalid =
    Dieser Link wurde schon benutzt oder ist zu alt.
    Sie können stattdessen unten Ihre Telefonnummer teilen oder uns per SMS um einen neuen Link bitten.
telegram_card_of_other =
    Das ist der Kontakt von jemand anderem. Um Ihre Lieferungen hier zu sehen, teilen Sie unten Ihre eigene Nummer. Geht es um eine andere Person, schreiben Sie mir Namen und Nummer.
telegram_number_unknown = Zu Ihrer Telefonnummer haben wir keine Lieferung. Teilen Sie die Nummer noch einmal, wenn eine unterwegs ist.
telegram_welcome = Hallo, schön, dass Sie wieder da sind. Sie können hier nach Ihren Lieferungen fragen.
telegram_welcome_unlinked =
    Hallo, hier ist Doorstep. Um Ihre Lieferungen zu sehen, teilen Sie unten Ihre Telefonnummer oder öffnen Sie den Link aus unserer SMS.
share_number_button = Meine Telefonnummer teilen

## When there is no answer from the assistant

cannot_read_media = Bilder und Sprachnachrichten kann ich leider nicht lesen. Bitte schreiben Sie es mir.
empty_message = Ihre Nachricht kam leer an. Bitte schreiben Sie mir, was Sie brauchen.
bot_down = Ich kann im Moment leider nicht selbst antworten.

## Where is it

no_delivery_known = Zu diesem Kontakt sehe ich keine Lieferung. Wenn Sie eine erwarten, lassen Sie den Absender Ihre Nummer prüfen oder schreiben Sie AGENT für persönliche Hilfe.
track_on_the_way = { $shipper }: Ihre Lieferung ({ $parcel }) ist im Wagen. Ankunft etwa { $eta } Uhr{ $stops_before ->
    [0] , Sie sind als Nächstes dran
    [one] , davor noch { $stops_before } Stopp
   *[other] , davor noch { $stops_before } Stopps
    }. Sie geht { $place }.
track_on_the_way_late = { $shipper }: Ihre Lieferung ({ $parcel }) ist im Wagen, verspätet sich aber leider. Ankunft jetzt etwa { $eta } Uhr. Sie geht { $place }.
track_on_the_way_between = { $shipper }: Ihre Lieferung ({ $parcel }) ist im Wagen. Ankunft zwischen { $start } und { $end } Uhr{ $stops_before ->
    [0] , Sie sind als Nächstes dran
    [one] , davor noch { $stops_before } Stopp
   *[other] , davor noch { $stops_before } Stopps
    }. Sie geht { $place }.
track_on_the_way_late_between = { $shipper }: Ihre Lieferung ({ $parcel }) ist im Wagen, verspätet sich aber leider. Ankunft jetzt zwischen { $start } und { $end } Uhr. Sie geht { $place }.
track_planned = { $shipper }: Ihre Lieferung ({ $parcel }) ist geplant für { $window }. Sie geht { $place }.
track_planned_day = { $shipper }: Ihre Lieferung ({ $parcel }) ist geplant für { $day }. Sie geht { $place }.
track_failed = { $shipper }: Ihre Lieferung ({ $parcel }) konnten wir nicht übergeben. Schreiben Sie NOCHMAL, um zu wählen, wie es weitergeht.
track_on_hold = { $shipper }: Ihre Lieferung ({ $parcel }) wartet in unserem Depot.
track_ready = { $shipper }: Ihre Lieferung ({ $parcel }) liegt bereit: { $point }.
track_ready_code = { $shipper }: Ihre Lieferung ({ $parcel }) liegt bis { $last_day } bereit: { $point }, { $address }. Code { $code }.
track_change_pending = { $shipper }: Ihre Änderung für { $parcel } wird gerade mit der Route abgestimmt. Wir schreiben, sobald es feststeht.
track_more = ... und { $count ->
    [one] { $count } weiteres Paket
   *[other] { $count } weitere Pakete
    }.
ended_delivered = { $shipper }: Ihre Lieferung ({ $parcel }) wurde zugestellt. Falls nichts da ist, schreiben Sie "es ist nicht da".
ended_return_to_sender = { $shipper }: Ihre Lieferung ({ $parcel }) geht zurück an den Absender.
ended_cancelled = { $shipper }: Ihre Lieferung ({ $parcel }) wurde abgesagt.

## Which parcel

ask_which_delivery = Es sind { $count } Pakete für Sie unterwegs. Welches meinen Sie?
option_delivery = { $parcel } von { $shipper }
option_all_deliveries = { $count ->
    [2] Beide
   *[other] Alle { $count }
    }

## Places and choices, as parts of other sentences

place_address = an Ihre Adresse
place_neighbour = zu Ihren Nachbarn in Nr. { $number }
place_neighbour_named = zu { $name } in Nr. { $number }
place_safe = an Ihren Ablageort ({ $words })
place_pickup_point = zum Abholort { $name }
spot_porch = unter dem Vordach
spot_shed = im Schuppen
spot_garage = in der Garage
spot_reception = am Empfang
choice_window = { $window }
choice_neighbour = bei Ihren Nachbarn in Nr. { $number }, { $day }
choice_neighbour_named = bei { $name } in Nr. { $number }, { $day }
choice_safe_place = an Ihrem Ablageort ({ $words }), { $day }
choice_pickup_point = { $name }, { $day }
choice_refuse = zurück an den Absender
choice_restore = zurück auf den früheren Stand

## Menus

# Telegram has buttons beneath the text; elsewhere options have digits.
choose_below = { $how ->
    [buttons] Antworten Sie per Knopfdruck
   *[digits] Antworten Sie per Ziffer
    }
or_choose_below = { $how ->
    [buttons] antworten Sie per Knopfdruck
   *[digits] antworten Sie per Ziffer
    }
or_choose_shortly = { $how ->
    [buttons] per Knopfdruck
   *[digits] per Ziffer
    }
option_goal_window = Anderer Termin
option_goal_neighbour = Bei Nachbarn
option_goal_safe_place = Ablageort
option_goal_pickup_point = Shop/Paketfach in der Nähe
option_keep_as_is = So lassen
help = Ich helfe Ihnen mit { $parcel } von { $shipper }. { choose_below } oder in eigenen Worten.
help_no_delivery = Ich sehe kein Paket, das zu Ihnen unterwegs ist. Sobald eines kommt, können Sie hier Zeit und Ort ändern. Für persönliche Hilfe schreiben Sie AGENT.
greeting = Hallo! Was kann ich für Sie tun bei { $parcel } von { $shipper }? { choose_below } oder in eigenen Worten.
greeting_short = Hallo!
greeting_no_delivery = Hallo! Ich sehe kein Paket, das zu Ihnen unterwegs ist. Für persönliche Hilfe schreiben Sie AGENT.
what_about_it = Was sollen wir mit { $parcel } von { $shipper } machen?
what_about_it_no_delivery = Ich sehe kein Paket, das zu Ihnen unterwegs ist.
you_are_welcome = Gern geschehen!
out_of_scope = Ich kann nur bei Ihrer Lieferung helfen: { $parcel } von { $shipper }. { choose_below } oder schreiben Sie AGENT für persönliche Hilfe.
out_of_scope_short = Dabei kann ich leider nicht helfen.
out_of_scope_no_delivery = Ich kann nur bei Lieferungen helfen, und ich sehe keine für Sie. Für persönliche Hilfe schreiben Sie AGENT.
not_understood = Das habe ich leider nicht verstanden. Für { $parcel } von { $shipper } { or_choose_below } oder schreiben Sie AGENT für persönliche Hilfe.
not_understood_short = Das habe ich leider nicht verstanden.
not_understood_no_delivery = Das habe ich leider nicht verstanden, und ich sehe kein Paket für Sie. Für persönliche Hilfe schreiben Sie AGENT.

## Another day or time

windows_as_wished = Das geht für { $parcel } von { $shipper }. { choose_below } oder nennen Sie mir eine andere Zeit:
windows_offered = { $parcel } von { $shipper }: Zu diesen Zeiten kann der Wagen kommen. { choose_below } oder schreiben Sie, wann es Ihnen passt:
windows_instead = Zu der gewünschten Zeit schafft es der Wagen nicht. Für { $parcel } von { $shipper } ist noch frei:
window_found = Gute Nachricht: Zu der gewünschten Zeit geht es doch. Für { $parcel } von { $shipper } ist jetzt frei:
windows_none = Für { $parcel } von { $shipper } finde ich in den nächsten Tagen leider keine freie Zeit. Schreiben Sie AGENT für persönliche Hilfe.
option_window = { $window }
option_window_instead = Stattdessen { $window }
what_would_suit = In Ordnung. Welcher Tag und welche Zeit passen Ihnen?

## A neighbour

ask_neighbour_number = In welcher Hausnummer wohnen Ihre Nachbarn?
ask_neighbour_name = Wie heißen Ihre Nachbarn, damit der Fahrer weiß, wo er klingeln soll?
confirm_neighbour = Sollen wir { $parcel } von { $shipper } bei { $name }, Nr. { $number }, abgeben, { $day }? Wir haben dort nicht gefragt: Mit der Telefonnummer fragen wir vorher an. Oder { or_choose_below }:
option_neighbour = Ja, bei { $name } in Nr. { $number } abgeben
option_neighbour_asked = Ja, { $name } in Nr. { $number } fragen
option_neighbour_unasked = Ohne zu fragen dort abgeben
confirm_neighbour_asked = Sollen wir { $name }, Nr. { $number } (Telefon ...{ $digits }), fragen, { $parcel } von { $shipper } anzunehmen, { $day }? Genannt werden nur Ihr Vorname und Ihre Hausnummer. { choose_below }:
neighbour_phone_unreadable = Diese Telefonnummer konnte ich nicht lesen. Bitte schicken Sie sie mit Vorwahl. Oder, ohne { $name } in Nr. { $number } zu fragen, { or_choose_below }:
neighbour_phone_landline = Diese Nummer bekommt keine SMS. Bitte schicken Sie eine Handynummer. Oder, ohne { $name } in Nr. { $number } zu fragen, { or_choose_below }:
neighbour_phone_foreign = Ich kann nur Nummern aus diesem Land anschreiben. Bitte schicken Sie eine andere. Oder, ohne { $name } in Nr. { $number } zu fragen, { or_choose_below }:
neighbour_phone_own = Das ist Ihre eigene Nummer. Bitte schicken Sie die von { $name } in Nr. { $number }. Oder, ohne zu fragen, { or_choose_below }:
neighbour_phone_barred = Diese Nummer können wir nicht anschreiben. Bitte schicken Sie eine andere. Oder, ohne { $name } in Nr. { $number } zu fragen, { or_choose_below }:
neighbour_asked_enough = Wegen dieses Pakets haben wir oft genug Nachbarn gefragt. Um es ohne Anfrage bei { $name } in Nr. { $number } abzugeben, { or_choose_below }:
neighbour_is_asked = Wir fragen { $name } in Nr. { $number }, { $parcel } von { $shipper } anzunehmen. Ich sage Ihnen, was die Antwort ist. Ohne Zusage bis { $until } kommt es wie zuvor geplant zu Ihnen.
neighbour_accepted = { $name } in Nr. { $number } nimmt { $parcel } von { $shipper } für Sie an, { $day }.
neighbour_declined = { $name } in Nr. { $number } kann { $parcel } von { $shipper } nicht annehmen, es kommt also wie zuvor geplant zu Ihnen. Wenn das nicht passt, können Sie wählen:
neighbour_declined_final = { $name } in Nr. { $number } kann { $parcel } von { $shipper } nicht annehmen, es kommt also wie zuvor geplant zu Ihnen.
neighbour_silent = { $name } in Nr. { $number } hat nicht geantwortet, { $parcel } von { $shipper } kommt also wie zuvor geplant zu Ihnen. Wenn das nicht passt, können Sie wählen:
neighbour_silent_final = { $name } in Nr. { $number } hat nicht geantwortet, { $parcel } von { $shipper } kommt also wie zuvor geplant zu Ihnen.
neighbour_unreachable = Unsere SMS hat { $name } in Nr. { $number } nicht erreicht, { $parcel } von { $shipper } kommt also wie zuvor geplant zu Ihnen. Wenn das nicht passt, können Sie wählen:
neighbour_unreachable_final = Unsere SMS hat { $name } in Nr. { $number } nicht erreicht, { $parcel } von { $shipper } kommt also wie zuvor geplant zu Ihnen.

## Für den Nachbarn, der gefragt wird

neighbour_asked = Doorstep Zustellung: Nehmen Sie ein Paket für { $name } (Nr. { $house }) an, { $day }? Kein Muss. { choose_below }:
option_neighbour_takes = Ich nehme es
option_neighbour_declines = Lieber nicht
neighbour_accepted_thanks = Danke! Unser Fahrer bringt Ihnen das Paket für { $name } aus Nr. { $house }, { $day }. Falls es doch nicht geht, sagen Sie es mir einfach.
neighbour_declined_thanks = Kein Problem, danke für die Antwort. Das Paket für { $name } aus Nr. { $house } kommt nicht zu Ihnen.
neighbour_not_needed = Danke, das ist schon anders geregelt. Sie müssen nichts tun.
neighbour_withdrawn = Doorstep Zustellung: Das Paket für { $name } aus Nr. { $house } kommt doch nicht zu Ihnen. Sie müssen nichts tun. Danke!
neighbour_has_it = Doorstep Zustellung: Das Paket für { $name } aus Nr. { $house } ist jetzt bei Ihnen. Wer es abholt, nennt Ihnen den Code { $code }. Danke!

## A safe place

ask_safe_place = Wo darf der Fahrer es ablegen? { choose_below } oder beschreiben Sie den Ort:
option_spot_porch = Unter dem Vordach
option_spot_shed = Im Schuppen
option_spot_garage = In der Garage
option_spot_reception = Am Empfang
confirm_safe_place = { $parcel } von { $shipper } hier ablegen: { $words }, { $day }? Sobald es dort liegt, tragen Sie das Risiko für Verlust und Schäden. Der Fahrer macht ein Foto. { choose_below }:
option_accept_safe_place = Einverstanden, dort ablegen

## Shops and lockers

points_offered = Hier können Sie { $parcel } von { $shipper } abholen. { choose_below }:
points_offered_near_home = Diesen Ort kenne ich nicht, diese liegen in Ihrer Nähe. { $parcel } von { $shipper } hier abholen? { choose_below }:
points_none = Leider hat kein Shop und kein Paketfach in der Nähe Platz, das der Wagen an dem Tag anfährt. Sie können eine andere Zeit oder die Nachbarn wählen.
option_locker = Paketfach { $name }, { $distance }, { $day }, offen { $opens }-{ $closes } Uhr
option_locker_always_open = Paketfach { $name }, { $distance }, { $day }, Tag und Nacht offen
option_shop_always_open = { $name }, { $distance }, { $day }, Tag und Nacht offen
option_shop = { $name }, { $distance }, { $day }, offen { $opens }-{ $closes } Uhr
option_goal_near_home = In der Nähe meiner Adresse
ask_where_near = Diesen Ort kenne ich nicht. Nennen Sie mir Straße oder Postleitzahl, in Telegram geht auch der Standort. Oder { or_choose_below }:
option_goal_extend_collection = Mehr Zeit zum Abholen
collection_extended = In Ordnung: { $parcel } von { $shipper } liegt bis { $last_day } bei { $point }.
collection_extended_at_most = So lange geht es nicht, aber { $parcel } von { $shipper } liegt jetzt bis { $last_day } bei { $point }.
collection_long_enough = { $parcel } von { $shipper } liegt ohnehin bis { $last_day } bei { $point }. Es bleibt alles so.
collection_no_longer = { $parcel } von { $shipper } kann leider nicht länger bei { $point } bleiben. Der letzte Tag ist { $last_day }. Jemand anderes kann es für Sie abholen: Sagen Sie es mir einfach.
collection_not_yet_there = { $parcel } von { $shipper } ist noch nicht bei { $point }. Dort liegt es dann { $days ->
    [one] { $days } Tag
   *[other] { $days } Tage
    }.
collection_nothing_waits = { $parcel } von { $shipper } liegt in keinem Shop und keinem Paketfach. Sie können wählen:
ask_collector_name = Wer darf { $parcel } von { $shipper } für Sie abholen? Bitte nennen Sie mir den Namen.
collector_code_point = { $name } darf { $parcel } von { $shipper } bei { $point } mit dem Code { $code } abholen. Geben Sie ihn sonst niemandem. Zum Zurücknehmen schreiben Sie wieder "jemand anderes holt ab".
collector_code_door = Der Fahrer darf { $parcel } von { $shipper } an { $name } geben, mit dem Code { $code }. Geben Sie ihn sonst niemandem. Zum Zurücknehmen schreiben Sie wieder "jemand anderes holt ab".
collector_exists = { $name } darf { $parcel } von { $shipper } abholen. { choose_below }:
option_collector_other = Stattdessen jemand anderes
option_collector_withdraw = Den Code zurücknehmen
collector_revoked = Erledigt: Der Code für { $parcel } von { $shipper } gilt nicht mehr.
collector_unverified = Das geht leider nur von der Telefonnummer, mit der { $parcel } von { $shipper } gebucht wurde. Schreiben Sie von dort, oder schreiben Sie AGENT für persönliche Hilfe.

## Getting in

ask_access = Was muss der Fahrer wissen, um zu Ihnen zu kommen? Zum Beispiel Türcode, Klingel, Stockwerk oder Hund.
access_noted = Danke. Das sieht nur der Fahrer, und nur rund um den Halt bei Ihnen.

## Refusing

confirm_refuse = { $parcel } von { $shipper } an den Absender zurückschicken? Das lässt sich nicht zurücknehmen. { choose_below }:
option_keep_parcel = Nein, ich möchte es haben
option_refuse = Zurückschicken

## After a failed attempt

redelivery_choices = Was sollen wir jetzt mit { $parcel } von { $shipper } machen? { choose_below } oder nennen Sie Tag und Uhrzeit:

## A choice on its way

choice_noted = Notiert: { $what }. Ich prüfe, ob die Route das zulässt, und bestätige es gleich.
choice_confirmed = Bestätigt für { $parcel } von { $shipper }: { $what }. Änderbar bis: { $until }.
choice_confirmed_final = Bestätigt für { $parcel } von { $shipper }: { $what }.
choice_confirmed_eta = Bestätigt für { $parcel } von { $shipper }: { $what }. Ankunft etwa { $eta } Uhr. Änderbar bis: { $until }.
choice_confirmed_eta_final = Bestätigt für { $parcel } von { $shipper }: { $what }. Ankunft etwa { $eta } Uhr.
choice_confirmed_refuse = Erledigt: { $parcel } von { $shipper } geht zurück an den Absender.
choice_refused_no_room = Leider hat dann kein Wagen Platz für { $parcel } ({ $what }). Diese Zeiten sind frei:
choice_refused_window_full = Das ist leider gerade voll geworden ({ $what }). Für { $parcel } von { $shipper } sind diese Zeiten frei:
choice_refused_already_loaded = Leider ist { $parcel } in einem Wagen, der das nicht schafft ({ $what }). Diese Zeiten sind frei:
choice_refused_already_passed = Der Fahrer war leider schon bei Ihnen, deshalb geht das nicht mehr ({ $what }). Diese Zeiten sind frei:
choice_refused_under_way = Der Fahrer ist leider schon auf dem Weg zu Ihnen, das lässt sich nicht mehr ändern ({ $what }). Diese Zeiten sind frei:
choice_refused_shift_over = Der Fahrer hat dann leider schon Feierabend ({ $what }). Diese Zeiten sind frei:
choice_refused_unknown = Das ließ sich leider nicht einrichten ({ $what }). Diese Zeiten sind frei:
choice_refused_no_alternative = Das geht für { $parcel } von { $shipper } leider nicht ({ $what }), und ich finde keine andere freie Zeit. Schreiben Sie AGENT für persönliche Hilfe.
choice_kept_waiting = Das dauert leider länger als sonst. Ihre Wahl ist gespeichert ({ $what }): Sie brauchen nichts zu tun, ich bestätige sie, sobald sie eingeplant ist.
choice_with_staff = Ihre Änderung ({ $what }) ließ sich leider nicht rechtzeitig einplanen. Unser Team klärt das und meldet sich bei Ihnen.
kept_as_is = In Ordnung, bei { $parcel } von { $shipper } bleibt alles, wie es ist.
choice_dropped = In Ordnung, ich lasse das. Es ändert sich nichts.
undo_noted = In Ordnung. Bei { $parcel } von { $shipper } stelle ich den früheren Stand wieder her und bestätige es gleich.
nothing_to_undo = Für { $parcel } von { $shipper } gibt es keine Änderung, die man zurücknehmen kann.
nothing_to_undo_no_delivery = Es gibt keine Änderung, die man zurücknehmen kann.
which_number = Welche soll es sein? { choose_below }:
still_open_delivery = Zurück zu meiner Frage: Welches Paket meinen Sie?
still_open_neighbour = Zurück zu Ihren Nachbarn: Bitte schreiben Sie mir Namen und Hausnummer.
still_open_neighbour_phone = Zurück zu Ihren Nachbarn: Schicken Sie die Telefonnummer, dann fragen wir, oder { or_choose_below }:
still_open_place = Zurück zum Ablageort: Wo darf der Fahrer es ablegen?
still_open_access = Zurück zum Zugang: Was muss der Fahrer wissen?
still_open_window = Zurück zur Zeit. { choose_below } oder schreiben Sie, wann es Ihnen passt:
still_open_point = Zurück zum Abholort. { choose_below }:
still_open_near_place = Zurück zum Abholort. Nennen Sie Straße oder Postleitzahl, oder { or_choose_below }:
still_open_collector = Zurück dazu, wer abholt: Bitte nennen Sie mir den Namen.
still_open_confirm = Zurück zu Ihrer Auswahl. { choose_below }:

## Kurze Antworten und ein zweiter Wunsch

no_price = Keine dieser Möglichkeiten kostet Sie etwas. Welche soll es sein? { choose_below }:
what_else = In Ordnung. Sagen Sie mir einfach, was Sie möchten, oder schreiben Sie AGENT für persönliche Hilfe.
where_else = In Ordnung. In der Nähe von welchem Ort soll ich suchen? Oder nennen Sie Tag und Uhrzeit für Ihre Haustür.
who_we_are = Ich bin der automatische Assistent für Ihre Lieferung. Ich frage nie nach Geld oder Passwörtern. Für persönliche Hilfe schreiben Sie AGENT.
nothing_to_repeat = Ich finde keine frühere Wahl von Ihnen. Für { $parcel } von { $shipper } können Sie wählen:
nothing_to_repeat_no_delivery = Ich finde keine frühere Wahl von Ihnen und kein Paket, das zu Ihnen unterwegs ist.
as_planned = In Ordnung, wir kommen wie geplant. Passt eine andere Zeit besser, schreiben Sie einfach.
all_right = In Ordnung. Wenn Sie noch etwas brauchen, schreiben Sie einfach.
second_wish = Sie haben noch etwas erwähnt: { $wish }. Wollen wir das jetzt klären? { choose_below }:
option_second_wish = Ja, bitte
option_no_thanks = Nein, das war alles
wish_reschedule = anderer Tag oder andere Zeit
wish_redeliver = neuer Zustellversuch
wish_leave_with_neighbour = Abgabe beim Nachbarn
wish_leave_in_safe_place = sicherer Ablageort
wish_collect_from_pickup_point = Shop oder Paketfach
wish_access_instructions = Zugang zu Ihrer Tür
wish_refuse_delivery = Rücksendung
wish_change_address = andere Adresse
wish_hold_deliveries = Pakete zurückhalten
wish_extend_collection = mehr Zeit zum Abholen
wish_set_standing_preference = was jedes Mal gelten soll
wish_door_needs = was Sie an der Tür brauchen
wish_release_signature = Zustellung ohne Unterschrift
wish_authorise_collector = Abholung durch jemand anderen
take_your_time = Lassen Sie sich Zeit.

## No longer possible

offer_expired = Diese Wahl ist nicht mehr offen.
just_taken = Der letzte Platz ist leider gerade vergeben worden.
too_late_for_that = Dafür ist es leider zu spät.
too_late_for_that_at = Das konnten Sie leider nur bis { $closed_at } wählen.
not_for_this_parcel = Das ist bei diesem Paket leider nicht erlaubt.
cutoff_passed = Das ging nur bis { $closed_at }. Für { $parcel } von { $shipper } können Sie noch wählen:
all_cutoffs_passed = Änderungen bei { $parcel } von { $shipper } gingen nur bis { $closed_at }. Der Wagen ist fast da. Für persönliche Hilfe schreiben Sie AGENT.
nothing_open = Bei { $parcel } von { $shipper } lässt sich nichts mehr ändern. Für persönliche Hilfe schreiben Sie AGENT.
menu_until = Wählbar bis { $open_until }, sonst { $silence ->
    [at_depot] bleibt es im Depot.
    [goes_back] geht es zurück zum Absender.
    [one_try_left] bleibt es im Depot. Ein Versuch bleibt noch.
    [at_point] liegt es dort für Sie bereit.
   *[as_planned] wie geplant.
    }
option_priced = { $option } ({ $price })
choice_priced = { $what } ({ $price })
changes_used_up_now = Diese Lieferung wurde so oft geändert, wie der Absender es erlaubt.
still_possible = Für { $parcel } von { $shipper } können Sie noch wählen:
changes_used_up = { $parcel } von { $shipper } wurde so oft geändert, wie der Absender es erlaubt. Für persönliche Hilfe schreiben Sie AGENT.
undo_full = Der frühere Platz ist leider inzwischen vergeben, daher bleibt { $parcel } von { $shipper } wie jetzt. Sie können wählen:
option_forbidden_shipper = Der Absender { $shipper } erlaubt das bei { $parcel } nicht. Sie können wählen:
option_forbidden_value = { $parcel } von { $shipper } ist dafür zu wertvoll. Sie können wählen:
option_forbidden_age_check = Bei { $parcel } von { $shipper } muss der Fahrer Ihr Alter prüfen, daher geht das nicht. Sie können wählen:
option_forbidden_signature = Für { $parcel } von { $shipper } muss jemand unterschreiben, daher geht das nicht. Sie können wählen:
option_forbidden_dangerous = { $parcel } von { $shipper } enthält Gefahrgut, daher geht das nicht. Sie können wählen:
option_forbidden_size = { $parcel } von { $shipper } ist dafür zu groß. Sie können wählen:
option_forbidden_weight = { $parcel } von { $shipper } ist dafür zu schwer. Sie können wählen:

## Problems and people

problem_damage = Es tut mir leid, dass es so angekommen ist. Ein Foto hilft, wenn Sie eines haben.
nothing_handed_over = Übergeben wurde noch nichts.
problem_missing = Das tut mir leid. Ich lasse danach suchen.
missing_reported = Der Fahrer meldete um { $at } Uhr: { $handed_to ->
    [recipient] an Sie übergeben
    [household] an jemanden an Ihrer Adresse übergeben
    [neighbour] an einen Nachbarn übergeben
    [safe_place] abgelegt, Ort: { $words }
   *[other] zugestellt
    }{ $photo ->
    [true] , mit Foto
   *[other] {""}
    }.
missing_far = Das war { $distance } von Ihrer Adresse entfernt.
missing_look_around = Bitte sehen Sie an der Tür, unter dem Vordach, im Schuppen und im Briefkasten nach und fragen Sie im Haushalt und bei Nachbarn.
missing_look_neighbour = Bitte fragen Sie nebenan, gegenüber und im Haushalt.
missing_case = Wir haben einen Fall eröffnet; Sie bekommen eine Antwort bis { $by }.
missing_overdue = Wir hatten Ihnen bis jetzt eine Antwort versprochen und haben noch keine, das tut uns leid. Ihr Fall kommt jetzt zuerst dran.
problem_complaint = Das tut mir leid. So soll es nicht sein, wir gehen dem nach.
wish_for_staff = Das kann ich nicht selbst einrichten, deshalb frage ich unser Team.

## Language

language_switched = In Ordnung, ich schreibe ab jetzt Deutsch.
which_language = Ich kann Englisch, Spanisch, Deutsch oder Französisch. Was möchten Sie?
already_receiving = Sie bekommen unsere Nachrichten bereits.

## When something fails

error_unavailable = Die Routenplanung antwortet leider gerade nicht. Nichts ist verloren: Bitte versuchen Sie es in ein paar Minuten noch einmal.
error_conflict = Da sind leider zwei Änderungen zusammengetroffen. Bitte schicken Sie das noch einmal.
error_not_found = Das finde ich leider nicht mehr.
error_not_allowed = Das kann ich von diesem Kontakt aus leider nicht machen.
error_refused = Das ist leider nicht möglich.
error_invalid_input = Damit konnte ich leider nichts anfangen. Bitte sagen Sie es mir mit anderen Worten.
error_adapter_failed = Bei uns ist leider etwas schiefgegangen. Bitte versuchen Sie es in ein paar Minuten noch einmal.
error_rejected = Bei uns ist leider etwas schiefgegangen. Bitte versuchen Sie es in ein paar Minuten noch einmal.
error_unreadable = Bei uns ist leider etwas schiefgegangen. Bitte versuchen Sie es in ein paar Minuten noch einmal.
error_error = Bei uns ist leider etwas schiefgegangen. Bitte versuchen Sie es in ein paar Minuten noch einmal.

## A person takes over

handoff_asked = Ich gebe diesen Chat an unser Team weiter. Dort kann man alles lesen, Sie müssen nichts wiederholen. Mit BOT kommen Sie zu mir zurück.
handoff_fallback = Ich verstehe Sie nicht richtig, deshalb gebe ich diesen Chat an unser Team weiter. Mit BOT kommen Sie zu mir zurück.
handoff_wish = Jemand aus unserem Team antwortet Ihnen hier. Mit BOT kommen Sie zu mir zurück.
handoff_damage = Jemand aus unserem Team sieht sich das an und antwortet Ihnen hier.
handoff_missing = Jemand aus unserem Team geht dem nach und antwortet Ihnen hier.
handoff_complaint = Jemand aus unserem Team liest das und antwortet Ihnen hier.
handoff_bot_down = Jemand aus unserem Team antwortet Ihnen hier.
handoff_staff = Jemand aus unserem Team antwortet Ihnen hier.
on_call_alert = { $shipper }: Jemand braucht jetzt einen Menschen. Bitte öffnen Sie die Konsole, Fall { $case }.
handoff_safety = Wenn jemand in Gefahr ist, rufen Sie bitte zuerst den Notruf. Jemand aus unserem Team sieht sich das sofort an und antwortet Ihnen hier.
handoff_legal = Jemand aus unserem Team, der das entscheiden darf, liest es und antwortet Ihnen hier.
handoff_anger = Es tut mir leid, dass Sie solchen Ärger haben. Ich gebe diesen Chat an unser Team weiter. Mit BOT kommen Sie zu mir zurück.
handoff_repeat = Darüber haben wir schon gesprochen, deshalb sieht es sich jemand aus unserem Team noch einmal an und antwortet Ihnen hier. Mit BOT kommen Sie zu mir zurück.
handoff_turns = Wir haben viel geschrieben und noch nichts geklärt, deshalb sieht es sich jemand aus unserem Team an und antwortet Ihnen hier. Mit BOT kommen Sie zu mir zurück.
handoff_tool_failed = Bei uns klappt das gerade nicht, deshalb kümmert sich jemand aus unserem Team darum und antwortet Ihnen hier. Mit BOT kommen Sie zu mir zurück.
handoff_media = Ich kann nicht öffnen, was Sie geschickt haben, deshalb gebe ich diesen Chat an unser Team weiter. Mit BOT kommen Sie zu mir zurück.
handoff_deferred = Unser Team ist { $opens } wieder da. Ihr Anliegen ist notiert und kommt dann zuerst dran. Bei Ihrer Lieferung helfe ich solange gern.
handed_back = Sie sind wieder beim Assistenten. Was kann ich für Sie tun?
handoff_wait = Das dauert meist { $least } bis { $most } Minuten.
handoff_wait_within = Das dauert meist weniger als { $minutes ->
    [one] { $minutes } Minute
   *[other] { $minutes } Minuten
    }.
handoff_still_waiting = Leider sind noch alle im Gespräch. Ihr Platz bleibt Ihnen. Mit BOT nutzen Sie solange den Assistenten.
handoff_waits_for_opening = Unser Team ist { $opens } wieder da. Ihr Platz bleibt Ihnen. Mit BOT nutzen Sie solange den Assistenten.
handed_back_arranged = Sie sind wieder beim Assistenten. Unser Team hat eingerichtet: { $what }. Was kann ich für Sie tun?
handed_back_waiting = Sie sind wieder beim Assistenten. Unser Team hat für Sie gewählt: { $what }. Ich bestätige es, sobald es eingeplant ist.
handed_back_claim = Eine Reklamation ist offen; unser Team geht ihr nach.
rate_talk = Wie war das Gespräch mit unserem Team? { choose_below }, von 1 (schlecht) bis 5 (sehr gut).
returned_to_bot = Sie sind wieder bei mir. Was kann ich für Sie tun?

## Notices

parcels_counted = { $count ->
    [one] { $count } Paket
   *[other] { $count } Pakete
    }
notice_pre_advice = { $shipper }: Ihre Lieferung ({ $parcel }) ist geplant für { $window }. Passt das nicht? { choose_below } oder in eigenen Worten:
notice_pre_advice_final = { $shipper }: Ihre Lieferung ({ $parcel }) ist geplant für { $window }.
notice_morning_window = { $shipper }: Ihre Lieferung ({ $parcel }) kommt { $window }. Passt das nicht? Antworten Sie einfach hier.
notice_out_for_delivery = { $shipper }: Ihre Lieferung ({ $parcel }) ist im Wagen und kommt { $window }.
notice_minutes_away = { $shipper }: Der Fahrer mit Ihrer Lieferung ({ $parcel }) ist noch etwa { $minutes ->
    [one] { $minutes } Minute
   *[other] { $minutes } Minuten
    } entfernt.
notice_arriving = { $shipper }: Der Fahrer mit Ihrer Lieferung ({ $parcel }) ist gleich bei Ihnen.
notice_eta_now = Ankunft jetzt gegen { $eta } Uhr.
venue_shown = { $title }, { $address }
live_location_shown = Hier sehen Sie den Wagen auf dem Weg zu Ihnen.
notice_delay = { $shipper }: Ihre Lieferung ({ $parcel }) verspätet sich leider. Sie kommt nun { $window } statt { $old }.
notice_earlier = { $shipper }: Ihre Lieferung ({ $parcel }) kommt früher als angekündigt: { $window } statt { $old }.
notice_failed_nobody_home = { $shipper }: Wir waren mit Ihrer Lieferung ({ $parcel }) an Ihrer Tür, aber niemand hat geöffnet.
notice_failed_address_not_found = { $shipper }: Der Fahrer konnte die Adresse für Ihre Lieferung ({ $parcel }) nicht finden.
notice_failed_no_access = { $shipper }: Der Fahrer kam mit Ihrer Lieferung ({ $parcel }) nicht bis zu Ihrer Tür.
notice_failed_refused = { $shipper }: Ihre Lieferung ({ $parcel }) wurde an der Tür nicht angenommen.
notice_failed_damaged = { $shipper }: Ihre Lieferung ({ $parcel }) wurde unterwegs leider beschädigt und nicht übergeben.
notice_failed_not_attempted = { $shipper }: Ihre Lieferung ({ $parcel }) war geplant für { $day }, leider kam der Wagen nicht so weit.
notice_failed_locker_full = { $shipper }: Für Ihre Lieferung ({ $parcel }) war am Abholort kein Fach mehr frei.
notice_failed_other = { $shipper }: Wir konnten Ihre Lieferung ({ $parcel }) leider nicht übergeben.
notice_failed_neighbour_nobody_home = { $shipper }: Wir waren mit Ihrer Lieferung ({ $parcel }) bei Ihren Nachbarn in Nr. { $number }, aber niemand hat geöffnet.
notice_failed_neighbour_no_access = { $shipper }: Der Fahrer kam mit Ihrer Lieferung ({ $parcel }) nicht bis zu Ihren Nachbarn in Nr. { $number }.
notice_failed_neighbour_refused = { $shipper }: Ihre Lieferung ({ $parcel }) wurde bei Ihren Nachbarn in Nr. { $number } nicht angenommen.
notice_failed_safe_place = { $shipper }: Ihre Lieferung ({ $parcel }) konnten wir leider nicht am vereinbarten Ort ablegen.
notice_failed_choices = Was sollen wir tun? { choose_below } oder nennen Sie Tag und Zeit:
notice_locker_full_choices = Zuerst steht der nächste Ort mit freiem Platz. { choose_below } oder nennen Sie Tag und Uhrzeit:
notice_photo = { $photo ->
    [true] {" "}Der Fahrer hat ein Foto gemacht.
   *[false] {""}
    }
notice_delivered_recipient = { $shipper }: Ihre Lieferung ({ $parcel }) wurde Ihnen um { $at } Uhr übergeben. Nicht Ihnen? Dann schreiben Sie "es ist nicht da".{ notice_photo }
notice_delivered_household = { $shipper }: Ihre Lieferung ({ $parcel }) wurde um { $at } Uhr jemandem an Ihrer Adresse übergeben.{ notice_photo }
notice_delivered_neighbour = { $shipper }: Ihre Lieferung ({ $parcel }) liegt seit { $at } Uhr bei Ihren Nachbarn in Nr. { $number }.{ notice_photo }
notice_delivered_neighbour_code = { $shipper }: Ihre Lieferung ({ $parcel }) liegt seit { $at } Uhr bei { $name }, Nr. { $number }. Code zum Abholen: { $code }.{ notice_photo }
notice_delivered_neighbour_unnamed = { $shipper }: Ihre Lieferung ({ $parcel }) liegt seit { $at } Uhr bei Nachbarn.{ notice_photo }
notice_delivered_safe_place = { $shipper }: Ihre Lieferung ({ $parcel }) wurde um { $at } Uhr abgelegt, Ort: { $words }.{ notice_photo }
notice_delivered_safe_place_unnamed = { $shipper }: Ihre Lieferung ({ $parcel }) wurde um { $at } Uhr an einem sicheren Ort bei Ihnen abgelegt.{ notice_photo }
notice_delivered_pickup_point = { $shipper }: Ihre Lieferung ({ $parcel }) wurde um { $at } Uhr an einem Abholort übergeben.{ notice_photo }
notice_delivered_other = { $shipper }: Ihre Lieferung ({ $parcel }) wurde um { $at } Uhr zugestellt.{ notice_photo }
notice_ready_for_pickup = { $shipper }: Ihre Lieferung ({ $parcel }) liegt bereit: { $point }, { $address }. Code { $code }. Offen { $day }, { $opens }-{ $closes } Uhr. Letzter Tag: { $last_day }.
notice_ready_for_pickup_at_any_hour = { $shipper }: Ihre Lieferung ({ $parcel }) liegt bereit: { $point }, { $address }. Code { $code }. Tag und Nacht offen. Letzter Tag: { $last_day }.
notice_ready_for_pickup_no_hours = { $shipper }: Ihre Lieferung ({ $parcel }) liegt bereit: { $point }, { $address }. Code { $code }. Letzter Tag: { $last_day }.
notice_ready_for_pickup_no_code = { $shipper }: Ihre Lieferung ({ $parcel }) liegt bereit: { $point }, { $address }.
notice_collect_reminder = { $shipper }: Ihre Lieferung ({ $parcel }) liegt noch bereit: { $point }, { $address }. Code { $code }. Letzter Tag: { $last_day }.
notice_collect_last_day = { $shipper }: Heute ist der letzte Tag für { $parcel }: { $point }, { $address }. Code { $code }. Danach geht die Lieferung zurück.
notice_collection_expired = { $shipper }: Ihre Lieferung ({ $parcel }) wurde bei { $point } nicht abgeholt und geht zurück. Für persönliche Hilfe schreiben Sie AGENT.
notice_sent_back = { $shipper }: Zu Ihrer Lieferung ({ $parcel }) kam keine Antwort, sie geht nun an den Absender zurück. Für persönliche Hilfe schreiben Sie AGENT.
notice_collected = { $shipper }: Ihre Lieferung ({ $parcel }) wurde um { $at } Uhr abgeholt. Weder von Ihnen noch für Sie? Schreiben Sie "es ist nicht da".
driver_note_neighbour = Nachbar { $neighbour }, Nr. { $number }
driver_note_safe_place = Ablageort: { $words }. Bitte Foto machen
driver_note_collector = Darf an { $name } übergeben werden, mit Code
error_cutoff_passed = Dafür ist es leider zu spät.
error_window_unavailable = Der letzte Platz wurde leider gerade vergeben. Bitte fragen Sie nach einer anderen Zeit.
error_option_forbidden = Der Absender erlaubt das bei diesem Paket leider nicht.
error_offer_expired = Diese Auswahl gilt nicht mehr. Bitte fragen Sie noch einmal.
error_attempts_exhausted = Das wurde leider zu oft versucht. Schreiben Sie AGENT für persönliche Hilfe.

## Codes für heikle Änderungen

code_message = { $shipper }: Ihr Code ist { $code }. Er bestätigt eine Änderung Ihrer Lieferung ({ $parcel }) und gilt 10 Minuten. Nicht Sie? Antworten Sie NICHT ICH.
code_asked = Zum Schutz Ihres Pakets habe ich einen Code aus 6 Ziffern an den Kontakt geschickt, mit dem es bestellt wurde. Bitte schreiben Sie ihn innerhalb von 10 Minuten hier.
code_asked_here = Zum Schutz Ihres Pakets schicke ich Ihnen in einer eigenen Nachricht einen Code aus 6 Ziffern. Bitte schreiben Sie ihn innerhalb von 10 Minuten hier.
code_resent = Ich habe einen neuen Code an den Kontakt der Bestellung geschickt. Nur der neueste gilt.
code_resent_here = Hier kommt ein neuer Code. Nur der neueste gilt.
code_wrong = Das ist nicht der Code. Sie haben noch { $left ->
    [one] einen Versuch
   *[other] { $left } Versuche
    }.
code_malformed = Der Code hat 6 Ziffern. Bitte schreiben Sie nur diese.
code_expired = Dieser Code ist abgelaufen; Codes gelten 10 Minuten. Noch ist nichts geändert. Soll ich einen neuen schicken?
code_not_awaited = Es wartet keine Änderung mehr auf einen Code.
code_elsewhere = Dieser Code gehört in den Chat, in dem die Änderung gewünscht wurde. Wenn Sie das nicht waren, antworten Sie NICHT ICH.
code_failed = Auch das war nicht der Code. Es wurde nichts geändert.
option_new_code = Neuen Code schicken
still_open_code = Zurück zum Code: Bitte schreiben Sie die 6 Ziffern.
change_told = { $shipper }: Ihre Lieferung ({ $parcel }) wurde geändert: { $what }. Nicht Sie? Antworten Sie binnen { $minutes } Min. NICHT ICH.
change_told_only = { $shipper }: Ihre Lieferung ({ $parcel }) wurde geändert: { $what }.
option_not_me = Das war ich nicht
chosen_by_another = Ein anderer Kontakt dieser Lieferung ({ $parcel }, { $shipper }) hat gerade gewählt: { $what }. Um das zu ersetzen, wählen Sie noch einmal; sonst tun Sie nichts:
not_me_reverting = Danke für den Hinweis. Ich setze { $parcel } von { $shipper } auf den früheren Stand zurück.
not_me_too_late = Danke für den Hinweis. Ich kann { $parcel } von { $shipper } nicht mehr selbst zurücksetzen.
not_me_code = Danke für den Hinweis. Der Code gilt nicht mehr, und für { $parcel } von { $shipper } ist nichts geändert.
handoff_not_me = Jemand aus unserem Team sieht sich das an und antwortet Ihnen hier.
handoff_wrong_codes = Jemand aus unserem Team sieht sich das an und antwortet Ihnen hier.
handoff_code_unreachable = Diese Änderung braucht einen Code an den Kontakt der Bestellung, und den erreiche ich nicht. Nichts ist geändert. Jemand aus unserem Team antwortet Ihnen hier.
handoff_code_limit = Es wurden zu viele Codes angefordert, daher schicke ich vorerst keine mehr. Nichts ist geändert. Jemand aus unserem Team antwortet Ihnen hier.

## PIN an der Tür

door_pin_message = { $shipper }: Bitte nennen Sie der Person, die { $parcel } bringt, die PIN { $code }. Nur an der Tür, sonst niemandem. Noch einmal: antworten Sie PIN.
door_pin_sent_twice = Ihre PIN habe ich schon zweimal geschickt. Bitte suchen Sie sie in den Nachrichten oben, oder schreiben Sie AGENT für persönliche Hilfe.
notice_failed_wrong_pin = { $shipper }: Ihre Lieferung ({ $parcel }) wurde nicht übergeben: Die PIN war dreimal falsch.

## Wahlmöglichkeiten und was an der Tür bekannt ist

choice_address = an { $address }, { $day }
choice_signature = ohne Unterschrift
choice_try_again = ein zweiter Versuch
choice_door = { $needs }
choice_away = Zustellpause bis { $day }
door_minutes = { $minutes ->
    [one] { $minutes } Minute länger an der Tür
   *[other] { $minutes } Minuten länger an der Tür
    }
door_no_bell = bitte nicht klingeln
door_ring_twice = bitte zweimal klingeln
door_knock = bitte klopfen
door_wheelchair = im Rollstuhl
door_hearing = schwerhörig
choice_confirmed_away = Bestätigt: { $parcel } von { $shipper } bleibt in unserem Depot, ab { $day } geht es weiter. Wenn Sie früher zurück sind, schreiben Sie einfach.

## Eine andere Adresse

ask_address = Wie lautet die richtige Adresse für { $parcel } von { $shipper }? Bitte Straße, Hausnummer und Postleitzahl. In Telegram können Sie Ihren Standort senden.
ask_address_at_pin = Danke. Welche Hausnummer und Straße ist das, damit die Tür zu finden ist?
address_unknown = Diese Adresse finde ich leider nicht. Bitte schreiben Sie die Postleitzahl oder eine andere Schreibweise, oder senden Sie in Telegram Ihren Standort. Für persönliche Hilfe schreiben Sie AGENT.
address_no_room = Dorthin kann in den nächsten Tagen leider kein Wagen kommen. Für { $parcel } von { $shipper } können Sie noch wählen:
address_too_far = Das ist { $distance } entfernt, { $parcel } von { $shipper } können wir höchstens { $limit } umleiten. Wählen Sie etwas anderes, oder schreiben Sie AGENT für persönliche Hilfe:
confirm_address = { $parcel } von { $shipper } hierher bringen: { $address }, { $day }? Das ist { $distance } entfernt, bis { $limit } sind möglich. { choose_below }:
confirm_address_later = { $parcel } von { $shipper } hierher bringen: { $address }? Das ist { $distance } entfernt, bis { $limit } sind möglich, und es kommt später: { $day }. { choose_below }:
confirm_address_corrected = Die Adresse für { $parcel } von { $shipper } so ändern: { $address }? Der Tag bleibt: { $day }. { choose_below }:
option_address = Ja, dorthin bringen
still_open_address = Zurück zur Adresse: bitte Straße, Hausnummer und Postleitzahl.
still_open_address_at_pin = Zurück zur Adresse: Welche Hausnummer und Straße ist es?

## Abwesend

ask_away_days = Von wann bis wann sind Sie weg? Zum Beispiel: vom 3. bis 12.
ask_away_until = Weg ab { $first }. Bis zu welchem Tag?
away_not_then = Ich kann Pakete für kommende Tage innerhalb eines halben Jahres zurückhalten. Von wann bis wann sind Sie weg?
away_too_long = Wir können Pakete höchstens { $days ->
    [one] { $days } Tag
   *[other] { $days } Tage
    } zurückhalten. Von wann bis wann soll es sein? Für persönliche Hilfe schreiben Sie AGENT.
confirm_away = Alle Pakete von { $first } bis { $last } zurückhalten? Ab { $day } kommen sie wieder, am Abend davor sagen wir Bescheid. { choose_below }:
option_away = Alles zurückhalten
option_away_other = Andere Tage
option_away_over = Ich bin zurück, alles bringen
away_shown = Ihre Pakete warten von { $first } bis { $last }. { choose_below } oder nennen Sie andere Tage:
away_noted = Notiert: Von { $first } bis { $last } kommt nichts. Ab { $day } kommen die Pakete wieder, am Abend davor sagen wir Bescheid.
away_left_out = { $parcel } von { $shipper } kann nicht mehr zurückgehalten werden.
away_none = Für Sie wird nichts zurückgehalten.
away_ended = Willkommen zurück. Was gewartet hat, kommt ab { $day }. Wir sagen Ihnen, wann.
still_open_away = Zurück zu Ihrer Abwesenheit: Von wann bis wann?

## An der Tür

ask_door = Was soll der Fahrer an der Tür wissen? Zum Beispiel: zweimal klingeln, oder ich brauche drei Minuten.
ask_door_minutes = Wie viele Minuten brauchen Sie bis zur Tür?
door_minutes_too_many = Der Fahrer kann höchstens 10 Minuten warten. { choose_below } oder sagen Sie, wie viele Minuten:
option_minutes = { $minutes ->
    [one] { $minutes } Minute
   *[other] { $minutes } Minuten
    }
confirm_door = Soll der Fahrer das für { $parcel } von { $shipper } wissen: { $needs }? { choose_below }:
option_door_once = Für dieses Mal
option_door_always = Immer
standing_door_noted = Notiert: Das wissen unsere Fahrer ab jetzt immer.
still_open_door = Zurück zur Tür: Was soll bekannt sein?
still_open_minutes = Zurück zur Tür: Wie viele Minuten brauchen Sie?

## Ohne Unterschrift

signature_not_needed = Für { $parcel } von { $shipper } muss niemand unterschreiben.
signature_released_already = Das ist geklärt: Für { $parcel } von { $shipper } muss niemand unterschreiben.
confirm_signature = { $parcel } von { $shipper } ohne Unterschrift übergeben? Sobald es abgelegt ist, tragen Sie das Risiko des Verlusts. { choose_below }:
option_release_signature = Einverstanden, ohne Unterschrift

## Immer

ask_standing = Wo sollen wir Ihre Pakete immer abgeben? { choose_below }, beschreiben Sie einen Ort oder nennen Sie Name und Hausnummer eines Nachbarn:
standing_shown = Bisher gehen Ihre Pakete immer { $place }. { choose_below }:
option_standing_other = Woandershin
option_standing_remove = Nicht mehr
option_standing = Ja, immer
option_accept_standing_place = Einverstanden, immer
confirm_standing_safe_place = Jedes Paket hier ablegen: { $words }? Sobald es dort liegt, tragen Sie das Risiko von Verlust oder Schaden. Wir sagen es Ihnen jedes Mal, und Sie können es ändern. { choose_below }:
confirm_standing_neighbour = Jedes Paket { $place } bringen? Wir haben dort nicht gefragt. Wir sagen es Ihnen jedes Mal, und Sie können es ändern. { choose_below }:
standing_noted = Notiert. Ab jetzt gehen Ihre Pakete { $place }, wo der Absender es erlaubt. Wir sagen es Ihnen jedes Mal, und Sie können es ändern.
standing_removed = Gut, Ihre Pakete kommen wieder an Ihre Tür.
still_open_standing = Zurück zu Ihren Paketen: Wo sollen wir sie immer abgeben?

## Ein zweiter Versuch

option_try_again = Jetzt noch einmal kommen
second_try_too_far = Der Wagen ist leider schon zu weit weg. Für { $parcel } von { $shipper } können Sie wählen:
notice_failed_choices_near = Bis { $until } Uhr sind wir in der Nähe: Antworten Sie ZURÜCK für einen zweiten Versuch oder { or_choose_shortly }:
notice_pre_advice_placed = { $shipper }: Ihre Lieferung ({ $parcel }) geht { $window }, { $place }. Passt das nicht? { choose_below }:
notice_pre_advice_resumed = { $shipper }: Nach der Zustellpause ist Ihre Lieferung ({ $parcel }) geplant für { $window }. Passt das nicht, { or_choose_below }:
driver_note_no_signature = Keine Unterschrift nötig
driver_note_door = { $needs }

## Nach der Lieferung

notice_rating = { $shipper }: Wie lief die Lieferung ({ $parcel })? { choose_below }, von 1 (schlecht) bis 5 (sehr gut).
rating_thanks = Vielen Dank! Möchten Sie noch etwas dazu sagen? Schreiben Sie es einfach jetzt.
rating_thanks_poor = Danke für die Rückmeldung. Es tut uns leid, dass es nicht besser lief. Was war los? Schreiben Sie es einfach jetzt.
rating_thanks_comment = Vielen Dank, wir haben das notiert.
rating_range = Bitte antworten Sie mit einer Ziffer von 1 (schlecht) bis 5 (sehr gut).
rating_closed = Vielen Dank, diese Bewertung ist abgeschlossen.
