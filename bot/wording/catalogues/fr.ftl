### What we say, in French, politely (vous). The same sections as in English; the rules are there.

## How facts are written

day_today = aujourd'hui
day_tomorrow = demain, { $day }
window_on_day = { $day }, { $hours }
window_over_days = { $start } jusqu'à { $end }
moment_on_day = { $day }, { $time }

## Consent

opt_out_done = Vous n'aurez plus de messages de notre part. Si vous changez d'avis, écrivez UNSTOP.
opt_in_done = Nous vous écrirons de nouveau pour vos livraisons.
parcel_opt_out_done = D'accord, plus de messages pour { $parcel } de { $shipper }. Demandez-nous à tout moment où en est le colis. Si vous changez d'avis, écrivez UNSTOP.
help_info =
    Ici Doorstep. Nous vous disons quand vos colis arrivent, et vous pouvez tout changer ici, avec vos propres mots.
    Pour parler à quelqu'un, écrivez AGENT. Plus de messages, pour un colis ou en général ? Dites-le-nous.
wrong_person_done = Merci de nous l'avoir dit. Nous avons effacé votre numéro et ne vous écrirons plus à ce sujet.

## Telegram

telegram_linked = Ce chat est maintenant relié à vos livraisons. Vous pouvez poser vos questions ici.
telegram_link_invalid =
    Ce lien a déjà servi ou il est trop ancien.
    Vous pouvez partager votre numéro avec le bouton ci-dessous, ou nous demander un nouveau lien par SMS.
telegram_card_of_other =
    C'est la fiche de quelqu'un d'autre. Pour voir vos livraisons ici, partagez votre propre numéro avec le bouton ci-dessous. S'il s'agit d'une autre personne, écrivez-moi son nom et son numéro.
telegram_number_unknown = Nous n'avons pas de livraison pour votre numéro. Quand un colis sera en route, partagez-le de nouveau.
telegram_welcome = Bonjour, contents de vous revoir. Vous pouvez nous parler de vos livraisons ici.
telegram_welcome_unlinked =
    Bonjour, ici Doorstep. Pour voir vos livraisons, partagez votre numéro avec le bouton ci-dessous, ou ouvrez le lien de notre SMS.
share_number_button = Partager mon numéro

## When there is no answer from the assistant

cannot_read_media = Désolé, je ne peux pas lire les images ni les messages vocaux. Pouvez-vous me le dire par écrit ?
empty_message = Votre message est arrivé vide. De quoi avez-vous besoin ?
bot_down = Désolé, je ne peux pas répondre tout seul pour le moment.

## Where is it

no_delivery_known = Je ne vois aucune livraison pour ce contact. Si vous en attendez une, demandez à l'expéditeur de vérifier votre numéro, ou écrivez AGENT pour parler à quelqu'un.
track_on_the_way = { $shipper } : votre livraison ({ $parcel }) est en route. Passage vers { $eta }{ $stops_before ->
    [0] , la prochaine livraison est la vôtre
    [one] , après { $stops_before } autre livraison
   *[other] , après { $stops_before } autres livraisons
    }. Livraison { $place }.
track_on_the_way_late = { $shipper } : votre livraison ({ $parcel }) est en route, mais avec du retard. Passage maintenant vers { $eta }. Désolé. Livraison { $place }.
track_on_the_way_between = { $shipper } : votre livraison ({ $parcel }) est en route. Passage entre { $start } et { $end }{ $stops_before ->
    [0] , la prochaine livraison est la vôtre
    [one] , après { $stops_before } autre livraison
   *[other] , après { $stops_before } autres livraisons
    }. Livraison { $place }.
track_on_the_way_late_between = { $shipper } : votre livraison ({ $parcel }) est en route, mais avec du retard. Passage maintenant entre { $start } et { $end }. Désolé. Livraison { $place }.
track_planned = { $shipper } : votre livraison ({ $parcel }) est prévue { $window }, { $place }.
track_planned_day = { $shipper } : votre livraison ({ $parcel }) est prévue { $day }, { $place }.
track_failed = { $shipper } : nous n'avons pas pu remettre votre livraison ({ $parcel }). Écrivez REPASSER pour choisir la suite.
track_on_hold = { $shipper } : votre livraison ({ $parcel }) reste en attente dans notre dépôt.
track_ready = { $shipper } : votre livraison ({ $parcel }) vous attend à { $point }.
track_ready_code = { $shipper } : votre livraison ({ $parcel }) vous attend à { $point }, { $address }. Dernier jour : { $last_day }. Code { $code }.
track_change_pending = { $shipper } : nous vérifions votre changement pour { $parcel } avec la tournée. Nous vous écrirons une fois que c'est réglé.
track_more = ... et { $count ->
    [one] { $count } autre colis
   *[other] { $count } autres colis
    }.
ended_delivered = { $shipper } : votre livraison ({ $parcel }) est faite. S'il n'y a rien chez vous, écrivez "je ne l'ai pas".
ended_return_to_sender = { $shipper } : votre livraison ({ $parcel }) retourne à l'expéditeur.
ended_cancelled = { $shipper } : votre livraison ({ $parcel }) a été annulée.

## Which parcel

ask_which_delivery = Vous avez { $count } colis en route. Duquel parlez-vous ?
option_delivery = { $parcel } de { $shipper }
option_all_deliveries = { $count ->
    [2] Les deux
   *[other] Les { $count }
    }

## Places and choices, as parts of other sentences

place_address = à votre adresse
place_neighbour = chez votre voisin au { $number }
place_neighbour_named = chez { $name } au { $number }
place_safe = à l'endroit choisi ({ $words })
place_pickup_point = au point relais { $name }
spot_porch = sous le porche
spot_shed = dans l'abri de jardin
spot_garage = dans le garage
spot_reception = à l'accueil
choice_window = { $window }
choice_neighbour = { $day }, chez votre voisin au { $number }
choice_neighbour_named = { $day }, chez { $name } au { $number }
choice_safe_place = { $day }, à l'endroit choisi ({ $words })
choice_pickup_point = { $day }, { $name }
choice_refuse = retour à l'expéditeur
choice_restore = tout comme avant

## Menus

# Telegram has buttons beneath the text; elsewhere options have digits.
choose_below = { $how ->
    [buttons] Répondez avec un bouton
   *[digits] Envoyez un chiffre
    }
or_choose_below = { $how ->
    [buttons] répondez avec un bouton
   *[digits] envoyez un chiffre
    }
or_choose_shortly = { $how ->
    [buttons] utilisez un bouton
   *[digits] un chiffre
    }
option_goal_window = Autre jour ou heure
option_goal_neighbour = Un voisin
option_goal_safe_place = Endroit à l'abri
option_goal_pickup_point = Relais ou consigne proche
option_keep_as_is = Laisser comme c'est
help = Je peux vous aider pour { $parcel } de { $shipper }. { choose_below } ou avec vos mots.
help_no_delivery = Je ne vois aucun colis en route pour vous. Quand il y en aura un, vous pourrez changer l'heure ou le lieu ici. Pour parler à quelqu'un, écrivez AGENT.
greeting = Bonjour ! Que puis-je faire pour { $parcel } de { $shipper } ? { choose_below } ou avec vos mots.
greeting_short = Bonjour !
greeting_no_delivery = Bonjour ! Je ne vois aucun colis en route pour vous. Pour parler à quelqu'un, écrivez AGENT.
what_about_it = Que faisons-nous de { $parcel } de { $shipper } ?
what_about_it_no_delivery = Je ne vois aucun colis en route pour vous.
you_are_welcome = Avec plaisir !
out_of_scope = Je ne peux vous aider que pour votre livraison : { $parcel } de { $shipper }. { choose_below }, ou écrivez AGENT pour parler à quelqu'un.
out_of_scope_short = Je ne peux pas vous aider pour cela.
out_of_scope_no_delivery = Je ne m'occupe que des livraisons, et je n'en vois aucune pour vous. Pour parler à quelqu'un, écrivez AGENT.
not_understood = Désolé, je n'ai pas compris. Pour { $parcel } de { $shipper }, { or_choose_below }, ou écrivez AGENT pour parler à quelqu'un.
not_understood_short = Désolé, je n'ai pas compris.
not_understood_no_delivery = Désolé, je n'ai pas compris, et je ne vois aucun colis en route pour vous. Pour parler à quelqu'un, écrivez AGENT.

## Another day or time

windows_as_wished = C'est possible pour { $parcel } de { $shipper }. { choose_below }, ou dites-moi une autre heure :
windows_offered = Pour { $parcel } de { $shipper }, nous pouvons passer à ces heures. { choose_below }, ou dites-moi quand cela vous va :
windows_instead = Nous ne pouvons pas passer à l'heure voulue. Pour { $parcel } de { $shipper }, voici ce qui est libre :
window_found = Bonne nouvelle : l'heure demandée est finalement possible. Pour { $parcel } de { $shipper }, voici ce qui est libre :
windows_none = Désolé, je ne trouve rien de libre pour { $parcel } de { $shipper } ces prochains jours. Écrivez AGENT pour parler à quelqu'un.
option_window = { $window }
option_window_instead = { $window } à la place
what_would_suit = D'accord. Quel jour et quelle heure vous iraient ?

## A neighbour

ask_neighbour_number = Quel est le numéro de maison de votre voisin ?
ask_neighbour_name = Quel est le nom de votre voisin, pour que le livreur sache qui demander ?
confirm_neighbour = Remettons-nous { $parcel } de { $shipper } à { $name }, n. { $number }, { $day } ? Nous ne lui avons pas demandé : donnez-moi son téléphone et nous lui demandons d'abord. Ou { or_choose_below } :
option_neighbour = Oui, chez { $name } au { $number }
option_neighbour_asked = Oui, demandez à { $name } au n. { $number }
option_neighbour_unasked = Remettre sans demander
confirm_neighbour_asked = Demandons-nous à { $name } au n. { $number } (téléphone ...{ $digits }) de prendre { $parcel } de { $shipper }, { $day } ? Seuls votre prénom et votre numéro de maison sont donnés. { choose_below } :
neighbour_phone_unreadable = Je n'ai pas pu lire ce téléphone. Renvoyez-le avec l'indicatif. Ou, sans demander à { $name } au n. { $number }, { or_choose_below } :
neighbour_phone_landline = Ce numéro ne reçoit pas de SMS. Envoyez un numéro de portable. Ou, sans demander à { $name } au n. { $number }, { or_choose_below } :
neighbour_phone_foreign = Je ne peux écrire qu'aux numéros de ce pays. Envoyez-en un autre. Ou, sans demander à { $name } au n. { $number }, { or_choose_below } :
neighbour_phone_own = C'est votre propre numéro. Envoyez celui de { $name } au n. { $number }. Ou, sans demander, { or_choose_below } :
neighbour_phone_barred = Nous ne pouvons pas écrire à ce numéro. Envoyez-en un autre. Ou, sans demander à { $name } au n. { $number }, { or_choose_below } :
neighbour_asked_enough = Nous avons assez demandé aux voisins pour ce colis. Pour le remettre à { $name } au n. { $number } sans demander, { or_choose_below } :
neighbour_is_asked = Nous demandons à { $name } au n. { $number } de prendre { $parcel } de { $shipper }. Je vous dirai sa réponse. Sans accord avant { $until }, il arrive chez vous comme prévu.
neighbour_accepted = { $name } au n. { $number } accepte de prendre { $parcel } de { $shipper }, { $day }.
neighbour_declined = { $name } au n. { $number } ne peut pas prendre { $parcel } de { $shipper } : il arrive donc chez vous comme prévu. Si cela ne vous convient pas, vous pouvez choisir :
neighbour_declined_final = { $name } au n. { $number } ne peut pas prendre { $parcel } de { $shipper } : il arrive donc chez vous comme prévu.
neighbour_silent = { $name } au n. { $number } n'a pas répondu : { $parcel } de { $shipper } arrive donc chez vous comme prévu. Si cela ne vous convient pas, vous pouvez choisir :
neighbour_silent_final = { $name } au n. { $number } n'a pas répondu : { $parcel } de { $shipper } arrive donc chez vous comme prévu.
neighbour_unreachable = Notre SMS n'est pas arrivé chez { $name } au n. { $number } : { $parcel } de { $shipper } arrive donc chez vous comme prévu. Si cela ne vous convient pas, vous pouvez choisir :
neighbour_unreachable_final = Notre SMS n'est pas arrivé chez { $name } au n. { $number } : { $parcel } de { $shipper } arrive donc chez vous comme prévu.

## Pour le voisin à qui l'on demande

neighbour_asked = Livraisons Doorstep : prenez-vous un colis pour { $name } au n. { $house }, { $day } ? Sans obligation. { choose_below } :
option_neighbour_takes = Je le prends
option_neighbour_declines = Je préfère ne pas
neighbour_accepted_thanks = Merci ! Notre livreur vous apporte le colis pour { $name } au n. { $house }, { $day }. Si finalement cela ne va pas, dites-le-moi.
neighbour_declined_thanks = Pas de souci, merci de votre réponse. Le colis pour { $name } au n. { $house } ne viendra pas chez vous.
neighbour_not_needed = Merci, c'est déjà réglé autrement. Vous n'avez rien à faire.
neighbour_withdrawn = Livraisons Doorstep : le colis pour { $name } au n. { $house } ne vient finalement pas chez vous. Vous n'avez rien à faire. Merci !
neighbour_has_it = Livraisons Doorstep : notre livreur vous a laissé le colis pour { $name } au n. { $house }. Qui vient le chercher vous dira le code { $code }. Merci !

## A safe place

ask_safe_place = Où le livreur peut-il le laisser ? { choose_below } ou décrivez l'endroit :
option_spot_porch = Sous le porche
option_spot_shed = Dans l'abri de jardin
option_spot_garage = Dans le garage
option_spot_reception = Chez le gardien ou à l'accueil
confirm_safe_place = Laisser { $parcel } de { $shipper } ici : { $words }, { $day } ? Une fois le colis posé, vous acceptez le risque de perte ou de dommage. Le livreur prend une photo. { choose_below } :
option_accept_safe_place = J'accepte, laissez-le là

## Shops and lockers

points_offered = Vous pouvez retirer { $parcel } de { $shipper } ici. { choose_below } :
points_offered_near_home = Je ne connais pas cet endroit, ceux-ci sont près de chez vous. Retirer { $parcel } de { $shipper } ici ? { choose_below } :
points_none = Désolé, aucun point relais proche n'a de place ce jour-là sur notre tournée. Vous pouvez choisir une autre heure ou un voisin.
option_locker = Consigne { $name }, { $distance }, { $day }, ouvert { $opens }-{ $closes }
option_locker_always_open = Consigne { $name }, { $distance }, { $day }, ouvert jour et nuit
option_shop_always_open = { $name }, { $distance }, { $day }, ouvert jour et nuit
option_shop = { $name }, { $distance }, { $day }, ouvert { $opens }-{ $closes }
option_goal_near_home = Près de chez moi
ask_where_near = Je ne connais pas ce lieu. Donnez-moi sa rue ou son code postal ; sur Telegram, vous pouvez aussi envoyer la position. Ou { or_choose_below } :
option_goal_extend_collection = Plus de temps pour le retirer
collection_extended = D'accord : { $parcel } de { $shipper } vous attend à { $point }. Dernier jour : { $last_day }.
collection_extended_at_most = Aussi longtemps, ce n'est pas possible, mais { $parcel } de { $shipper } vous attend maintenant à { $point }. Dernier jour : { $last_day }.
collection_long_enough = Le dernier jour pour retirer { $parcel } de { $shipper } à { $point } est de toute façon { $last_day }. Rien ne change.
collection_no_longer = Désolé, { $point } ne peut pas garder { $parcel } de { $shipper } plus longtemps. Dernier jour : { $last_day }. Une autre personne peut le retirer pour vous : dites-le-moi.
collection_not_yet_there = Votre livraison ({ $parcel } de { $shipper }) n'est pas encore à { $point }. Elle y attendra { $days ->
    [one] { $days } jour
   *[other] { $days } jours
    }.
collection_nothing_waits = Votre livraison ({ $parcel } de { $shipper }) n'attend dans aucun point relais ni consigne. Vous pouvez choisir :
ask_collector_name = Qui peut retirer { $parcel } de { $shipper } pour vous ? Donnez-moi son nom.
collector_code_point = { $name } peut retirer { $parcel } de { $shipper } à { $point } avec le code { $code }. Ne le donnez à personne d'autre. Pour l'annuler, écrivez de nouveau "quelqu'un d'autre le retire".
collector_code_door = Le livreur peut remettre { $parcel } de { $shipper } à { $name }, qui dira le code { $code }. Ne le donnez à personne d'autre. Pour l'annuler, écrivez de nouveau "quelqu'un d'autre le retire".
collector_exists = { $name } peut retirer { $parcel } de { $shipper }. { choose_below } :
option_collector_other = Quelqu'un d'autre à sa place
option_collector_withdraw = Annuler le code
collector_revoked = C'est fait : le code pour { $parcel } de { $shipper } n'est plus valable.
collector_unverified = Désolé, je ne peux le faire que depuis le numéro avec lequel { $parcel } de { $shipper } a été réservé. Écrivez-nous de là, ou écrivez AGENT pour parler à quelqu'un.

## Getting in

ask_access = Que doit savoir le livreur pour entrer ? Par exemple le code, l'interphone, l'étage ou un chien.
access_noted = Merci. Seul le livreur le verra, et seulement autour de son passage.

## Refusing

confirm_refuse = Renvoyer { $parcel } de { $shipper } à l'expéditeur ? On ne peut pas revenir en arrière. { choose_below } :
option_keep_parcel = Non, je le veux
option_refuse = Le renvoyer

## After a failed attempt

redelivery_choices = Que faisons-nous maintenant de { $parcel } de { $shipper } ? { choose_below }, ou dites-moi un jour et une heure :

## A choice on its way

choice_noted = C'est noté : { $what }. Je vérifie avec la tournée et je vous confirme très vite.
choice_confirmed = Confirmé pour { $parcel } de { $shipper } : { $what }. Vous pouvez changer avant { $until }.
choice_confirmed_final = Confirmé pour { $parcel } de { $shipper } : { $what }.
choice_confirmed_eta = Confirmé pour { $parcel } de { $shipper } : { $what }. Passage vers { $eta }. Vous pouvez changer avant { $until }.
choice_confirmed_eta_final = Confirmé pour { $parcel } de { $shipper } : { $what }. Passage vers { $eta }.
choice_confirmed_refuse = C'est fait : nous renvoyons { $parcel } de { $shipper } à l'expéditeur.
choice_refused_no_room = Désolé, il n'y a plus de place pour { $parcel } à ce moment-là ({ $what }). Voici ce qui est libre :
choice_refused_window_full = Désolé, c'est complet depuis un instant ({ $what }). Pour { $parcel } de { $shipper }, voici ce qui est libre :
choice_refused_already_loaded = Désolé, votre livraison ({ $parcel }) est dans une camionnette qui ne peut pas le faire ({ $what }). Voici ce qui est libre :
choice_refused_already_passed = Désolé, le livreur est déjà passé chez vous, ce n'est plus possible ({ $what }). Voici ce qui est libre :
choice_refused_under_way = Désolé, le livreur est déjà en route vers chez vous, ce n'est plus modifiable ({ $what }). Voici ce qui est libre :
choice_refused_shift_over = Désolé, la journée du livreur finit avant ({ $what }). Voici ce qui est libre :
choice_refused_unknown = Désolé, nous n'avons pas pu l'organiser ({ $what }). Voici ce qui est libre :
choice_refused_no_alternative = Désolé, ce n'est pas possible pour { $parcel } de { $shipper } ({ $what }), et je ne trouve rien d'autre de libre. Écrivez AGENT pour parler à quelqu'un.
choice_kept_waiting = Désolé, c'est plus long que d'habitude. Votre choix est enregistré ({ $what }) : vous n'avez rien à faire, je le confirme dès qu'il est dans la tournée.
choice_with_staff = Désolé, la tournée n'a pas pu prendre votre changement à temps ({ $what }). Notre équipe s'en occupe et vous écrira.
kept_as_is = D'accord, rien ne change pour { $parcel } de { $shipper }.
choice_dropped = D'accord, on oublie. Rien ne change.
undo_noted = D'accord. Pour { $parcel } de { $shipper }, je remets tout comme avant et je vous confirme très vite.
nothing_to_undo = Il n'y a aucun changement à annuler pour { $parcel } de { $shipper }.
nothing_to_undo_no_delivery = Il n'y a aucun changement à annuler.
which_number = Que choisissez-vous ? { choose_below } :
still_open_delivery = Je reviens à ma question : de quel colis parlez-vous ?
still_open_neighbour = Revenons à votre voisin : quel est son nom et son numéro ?
still_open_neighbour_phone = Revenons à votre voisin : envoyez son téléphone et nous lui demandons, ou { or_choose_below } :
still_open_place = Revenons à l'endroit : où le livreur peut-il le laisser ?
still_open_access = Revenons à l'entrée : que doit savoir le livreur ?
still_open_window = Revenons à l'heure. { choose_below }, ou dites-moi quand cela vous va :
still_open_point = Revenons au lieu de retrait. { choose_below } :
still_open_near_place = Revenons au lieu de retrait. Donnez-moi une rue ou un code postal, ou { or_choose_below } :
still_open_collector = Revenons à qui le retire : donnez-moi son nom.
still_open_confirm = Revenons à votre choix. { choose_below } :

## Réponses courtes et second souhait

no_price = Aucune de ces options n'est payante. Laquelle choisissez-vous ? { choose_below } :
what_else = D'accord. Dites-moi simplement ce que vous souhaitez, ou écrivez AGENT pour parler à quelqu'un.
where_else = D'accord. Près de quel endroit dois-je chercher ? Ou indiquez un jour et une heure pour votre domicile.
who_we_are = Je suis l'assistant automatique de votre livraison. Je ne demande jamais d'argent ni de mot de passe. Pour parler à quelqu'un, écrivez AGENT.
nothing_to_repeat = Je ne trouve aucun choix précédent de votre part. Pour { $parcel } de { $shipper }, vous pouvez choisir :
nothing_to_repeat_no_delivery = Je ne trouve aucun choix précédent de votre part, ni de colis en route vers vous.
as_planned = C'est entendu, nous venons comme prévu. Si un autre moment vous convient mieux, écrivez-nous.
all_right = D'accord. Si vous avez besoin d'autre chose, écrivez-moi.
second_wish = Vous avez aussi mentionné : { $wish }. Voulez-vous le régler maintenant ? { choose_below } :
option_second_wish = Oui, volontiers
option_no_thanks = Non, c'est tout
wish_reschedule = un autre jour ou une autre heure
wish_redeliver = une nouvelle tentative
wish_leave_with_neighbour = un voisin
wish_leave_in_safe_place = un endroit sûr
wish_collect_from_pickup_point = un point relais ou une consigne
wish_access_instructions = comment entrer
wish_refuse_delivery = le renvoi du colis
wish_change_address = une autre adresse
wish_hold_deliveries = la garde de vos colis
wish_extend_collection = plus de temps pour le retirer
wish_set_standing_preference = ce qui vaut à chaque fois
wish_door_needs = ce qu'il vous faut à la porte
wish_release_signature = la livraison sans signature
wish_authorise_collector = le retrait par quelqu'un d'autre
take_your_time = Prenez votre temps.

## No longer possible

offer_expired = Ce choix n'est plus ouvert.
just_taken = Désolé, la dernière place vient d'être prise.
too_late_for_that = Désolé, il est trop tard pour cela.
too_late_for_that_at = Désolé, ce choix était possible avant { $closed_at }.
not_for_this_parcel = Désolé, cela n'est pas permis pour ce colis.
cutoff_passed = C'était possible avant { $closed_at }. Pour { $parcel } de { $shipper }, vous pouvez encore choisir :
all_cutoffs_passed = Pour { $parcel } de { $shipper }, les changements étaient possibles avant { $closed_at }. Le livreur arrive. Pour parler à quelqu'un, écrivez AGENT.
nothing_open = Plus rien ne peut être changé pour { $parcel } de { $shipper }. Pour parler à quelqu'un, écrivez AGENT.
menu_until = Choisissez avant { $open_until }, sinon { $silence ->
    [at_depot] il reste au dépôt.
    [goes_back] il retourne à l'expéditeur.
    [one_try_left] il reste au dépôt. Il reste un essai.
    [at_point] il vous attend sur place.
   *[as_planned] comme prévu.
    }
option_priced = { $option } ({ $price })
choice_priced = { $what } ({ $price })
changes_used_up_now = Cette livraison a été changée aussi souvent que l'expéditeur le permet.
still_possible = Pour { $parcel } de { $shipper }, vous pouvez encore choisir :
changes_used_up = Votre livraison ({ $parcel } de { $shipper }) a été changée aussi souvent que l'expéditeur le permet. Pour parler à quelqu'un, écrivez AGENT.
undo_full = Désolé, la place d'avant a été prise entre-temps : rien ne change pour { $parcel } de { $shipper }. Vous pouvez choisir :
option_forbidden_shipper = L'expéditeur { $shipper } ne le permet pas pour { $parcel }. Vous pouvez choisir :
option_forbidden_value = Votre livraison ({ $parcel } de { $shipper }) a trop de valeur pour cela. Vous pouvez choisir :
option_forbidden_age_check = Pour { $parcel } de { $shipper }, le livreur doit vérifier votre âge : ce n'est pas possible. Vous pouvez choisir :
option_forbidden_signature = Quelqu'un doit signer pour { $parcel } de { $shipper } : ce n'est pas possible. Vous pouvez choisir :
option_forbidden_dangerous = Votre livraison ({ $parcel } de { $shipper }) contient des produits dangereux : ce n'est pas possible. Vous pouvez choisir :
option_forbidden_size = Votre livraison ({ $parcel } de { $shipper }) est trop grande pour cela. Vous pouvez choisir :
option_forbidden_weight = Votre livraison ({ $parcel } de { $shipper }) est trop lourde pour cela. Vous pouvez choisir :

## Problems and people

problem_damage = Désolé que le colis soit arrivé ainsi. Une photo nous aide, si vous en avez une.
nothing_handed_over = Rien n'a encore été remis.
problem_missing = Je suis désolé. Je lance une recherche.
missing_reported = Le livreur a signalé à { $at } : { $handed_to ->
    [recipient] remis à vous
    [household] remis à quelqu'un à votre adresse
    [neighbour] remis à un voisin
    [safe_place] déposé, endroit : { $words }
   *[other] livré
    }{ $photo ->
    [true] , avec photo
   *[other] {""}
    }.
missing_far = C'était à { $distance } de votre adresse.
missing_look_around = Regardez à la porte, sous le porche, dans l'abri de jardin et la boîte aux lettres, et demandez chez vous et aux voisins.
missing_look_neighbour = Demandez à côté, en face et chez vous.
missing_case = Un dossier est ouvert ; un collègue vous répond avant : { $by }.
missing_overdue = Nous vous avions promis une réponse et n'en avons pas encore, désolé. Votre dossier passe maintenant en premier.
problem_complaint = Je suis désolé. Cela ne devrait pas arriver, et nous allons regarder.
wish_for_staff = Je ne peux pas m'en occuper seul, alors je demande à notre équipe.

## Language

language_switched = D'accord, je vous écris en français désormais.
which_language = Je peux écrire en anglais, en espagnol, en allemand ou en français. Que préférez-vous ?
already_receiving = Vous recevez bien nos messages.

## When something fails

error_unavailable = Désolé, le calcul des tournées ne répond pas. Rien n'est perdu : réessayez dans quelques minutes.
error_conflict = Désolé, deux changements se sont croisés. Envoyez cela de nouveau.
error_not_found = Désolé, je ne le retrouve plus.
error_not_allowed = Désolé, je ne peux pas le faire depuis ce contact.
error_refused = Désolé, ce n'est pas possible.
error_invalid_input = Désolé, je n'ai pas pu m'en servir. Dites-le-moi autrement.
error_adapter_failed = Désolé, il y a eu un souci chez nous. Réessayez dans quelques minutes.
error_rejected = Désolé, il y a eu un souci chez nous. Réessayez dans quelques minutes.
error_unreadable = Désolé, il y a eu un souci chez nous. Réessayez dans quelques minutes.
error_error = Désolé, il y a eu un souci chez nous. Réessayez dans quelques minutes.

## A person takes over

handoff_asked = Je passe ce chat à un collègue. Il voit nos messages, inutile de tout redire. Écrivez BOT pour revenir vers moi.
handoff_fallback = Je n'y arrive pas bien, alors je passe ce chat à un collègue. Écrivez BOT pour revenir vers moi.
handoff_wish = Un collègue vous répondra ici. Écrivez BOT pour revenir vers moi.
handoff_damage = Un collègue va regarder et vous répondra ici.
handoff_missing = Un collègue va chercher et vous répondra ici.
handoff_complaint = Un collègue va lire votre message et vous répondra ici.
handoff_bot_down = Un collègue vous répondra ici.
handoff_staff = Un collègue vous répondra ici.
on_call_alert = { $shipper } : quelqu'un a besoin d'une personne maintenant. Ouvrez la console, cas { $case }.
handoff_safety = Si quelqu'un est en danger, appelez d'abord les secours. Un collègue regarde tout de suite et vous répond ici.
handoff_legal = Un collègue qui peut en décider va lire votre message et vous répondra ici.
handoff_anger = Je suis désolé de ces ennuis. Je passe ce chat à un collègue, qui voit nos messages. Écrivez BOT pour revenir vers moi.
handoff_repeat = Nous en avons déjà parlé, alors un collègue regarde de nouveau et vous répond ici. Écrivez BOT pour revenir vers moi.
handoff_turns = Nous avons beaucoup écrit et rien n'est encore réglé, alors un collègue regarde et vous répond ici. Écrivez BOT pour revenir vers moi.
handoff_tool_failed = Cela ne marche pas de notre côté, alors un collègue s'en occupe et vous répond ici. Écrivez BOT pour revenir vers moi.
handoff_media = Je ne peux pas ouvrir ce que vous avez envoyé, alors je passe ce chat à un collègue. Écrivez BOT pour revenir vers moi.
handoff_deferred = Notre équipe revient { $opens }. Votre demande est notée et passera en premier. En attendant, je peux vous aider pour votre livraison.
handed_back = Vous parlez de nouveau à l'assistant. Que puis-je faire pour vous ?
handoff_wait = En général, il faut { $least } à { $most } minutes.
handoff_wait_within = En général, il faut moins de { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
    }.
handoff_still_waiting = Désolé, tout le monde est encore occupé. Votre place est gardée. Écrivez BOT pour utiliser l'assistant en attendant.
handoff_waits_for_opening = Notre équipe revient { $opens }. Votre place est gardée. Écrivez BOT pour utiliser l'assistant en attendant.
handed_back_arranged = Vous parlez de nouveau à l'assistant. Notre équipe a convenu : { $what }. Que puis-je faire pour vous ?
handed_back_waiting = Vous parlez de nouveau à l'assistant. Notre équipe a demandé : { $what }. Je vous le confirme dès que la tournée l'accepte.
handed_back_claim = Une réclamation est ouverte ; notre équipe la suit.
rate_talk = Comment s'est passé l'échange avec notre équipe ? { choose_below } de 1 (mal) à 5 (très bien).
returned_to_bot = Vous parlez de nouveau avec moi. Que puis-je faire pour vous ?

## Notices

parcels_counted = { $count } colis
notice_pre_advice = { $shipper } : votre livraison ({ $parcel }) est prévue { $window }. Si cela ne vous va pas, { or_choose_below } ou écrivez-nous :
notice_pre_advice_final = { $shipper } : votre livraison ({ $parcel }) est prévue { $window }.
notice_morning_window = { $shipper } : votre livraison ({ $parcel }) arrive { $window }. Si cela ne vous va pas, répondez ici.
notice_out_for_delivery = { $shipper } : votre livraison ({ $parcel }) est en route et arrive { $window }.
notice_minutes_away = { $shipper } : le livreur arrive avec votre livraison ({ $parcel }) dans environ { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
    }.
notice_arriving = { $shipper } : le livreur arrive devant chez vous avec votre livraison ({ $parcel }).
notice_eta_now = Passage maintenant vers { $eta }.
venue_shown = { $title }, { $address }
live_location_shown = Vous voyez ici la camionnette en route vers vous.
notice_delay = { $shipper } : désolé, votre livraison ({ $parcel }) a du retard. Nouvel horaire : { $window } (avant : { $old }).
notice_earlier = { $shipper } : votre livraison ({ $parcel }) arrive en avance : { $window } (avant : { $old }).
notice_failed_nobody_home = { $shipper } : nous sommes passés avec votre livraison ({ $parcel }), mais personne n'a répondu.
notice_failed_address_not_found = { $shipper } : le livreur n'a pas trouvé l'adresse de votre livraison ({ $parcel }).
notice_failed_no_access = { $shipper } : le livreur n'a pas pu accéder à votre porte avec votre livraison ({ $parcel }).
notice_failed_refused = { $shipper } : votre livraison ({ $parcel }) a été refusée à la porte.
notice_failed_damaged = { $shipper } : désolé, votre livraison ({ $parcel }) a été abîmée en route, nous ne l'avons pas remise.
notice_failed_not_attempted = { $shipper } : désolé, votre livraison ({ $parcel }) prévue { $day } n'a pas pu avoir lieu.
notice_failed_locker_full = { $shipper } : il n'y avait plus de case libre pour votre livraison ({ $parcel }).
notice_failed_other = { $shipper } : désolé, nous n'avons pas pu remettre votre livraison ({ $parcel }).
notice_failed_neighbour_nobody_home = { $shipper } : nous sommes passés chez votre voisin au { $number } avec votre livraison ({ $parcel }), mais personne n'a ouvert.
notice_failed_neighbour_no_access = { $shipper } : le livreur n'a pas pu accéder chez votre voisin au { $number } avec votre livraison ({ $parcel }).
notice_failed_neighbour_refused = { $shipper } : votre livraison ({ $parcel }) a été refusée chez votre voisin au { $number }.
notice_failed_safe_place = { $shipper } : désolé, nous n'avons pas pu laisser votre livraison ({ $parcel }) à l'endroit convenu.
notice_failed_choices = Que faire ? { choose_below }, ou dites jour et heure :
notice_locker_full_choices = D'abord le lieu le plus proche avec de la place. { choose_below }, ou dites-moi un jour et une heure :
notice_photo = { $photo ->
    [true] {" "}Le livreur a pris une photo.
   *[false] {""}
    }
notice_delivered_recipient = { $shipper } : votre livraison ({ $parcel }) vous a été remise à { $at }. Si ce n'était pas vous, écrivez "je ne l'ai pas".{ notice_photo }
notice_delivered_household = { $shipper } : votre livraison ({ $parcel }) a été remise à une personne chez vous à { $at }.{ notice_photo }
notice_delivered_neighbour = { $shipper } : votre livraison ({ $parcel }) est chez votre voisin au { $number } depuis { $at }.{ notice_photo }
notice_delivered_neighbour_code = { $shipper } : votre livraison ({ $parcel }) est chez { $name }, n. { $number }, depuis { $at }. Pour la retirer, dites le code { $code }.{ notice_photo }
notice_delivered_neighbour_unnamed = { $shipper } : votre livraison ({ $parcel }) est chez un voisin depuis { $at }.{ notice_photo }
notice_delivered_safe_place = { $shipper } : votre livraison ({ $parcel }) a été posée à { $at } ici : { $words }.{ notice_photo }
notice_delivered_safe_place_unnamed = { $shipper } : votre livraison ({ $parcel }) a été posée à l'abri à votre adresse à { $at }.{ notice_photo }
notice_delivered_pickup_point = { $shipper } : votre livraison ({ $parcel }) a été remise à un point relais à { $at }.{ notice_photo }
notice_delivered_other = { $shipper } : votre livraison ({ $parcel }) est arrivée à { $at }.{ notice_photo }
notice_ready_for_pickup = { $shipper } : votre livraison ({ $parcel }) est à { $point }, { $address }. Code { $code }. Ouvert { $day }, { $opens }-{ $closes }. Dernier jour : { $last_day }.
notice_ready_for_pickup_at_any_hour = { $shipper } : votre livraison ({ $parcel }) est à { $point }, { $address }. Code { $code }. Ouvert jour et nuit. Dernier jour : { $last_day }.
notice_ready_for_pickup_no_hours = { $shipper } : votre livraison ({ $parcel }) est à { $point }, { $address }. Code { $code }. Dernier jour : { $last_day }.
notice_ready_for_pickup_no_code = { $shipper } : votre livraison ({ $parcel }) vous attend à { $point }, { $address }.
notice_collect_reminder = { $shipper } : votre livraison ({ $parcel }) attend encore à { $point }, { $address }. Code { $code }. Dernier jour : { $last_day }.
notice_collect_last_day = { $shipper } : aujourd'hui, dernier jour pour retirer { $parcel } à { $point }, { $address }. Code { $code }. Ensuite retour à l'expéditeur.
notice_collection_expired = { $shipper } : votre livraison ({ $parcel }) n'a pas été retirée à { $point } et retourne à l'expéditeur. Une question ? Écrivez AGENT.
notice_sent_back = { $shipper } : sans réponse, votre livraison ({ $parcel }) retourne à l'expéditeur. Une question ? Écrivez AGENT.
notice_collected = { $shipper } : votre livraison ({ $parcel }) a été retirée à { $at }. Ni par vous ni pour vous ? Écrivez "je ne l'ai pas".
driver_note_neighbour = Voisin { $neighbour }, au { $number }
driver_note_safe_place = Endroit choisi : { $words }. Prenez une photo
driver_note_collector = Peut être remis à { $name }, avec code
error_cutoff_passed = Désolé, c'est trop tard pour cela.
error_window_unavailable = Désolé, la dernière place vient de partir. Demandez une autre heure.
error_option_forbidden = Désolé, l'expéditeur ne le permet pas pour ce colis.
error_offer_expired = Ce choix n'est plus ouvert. Demandez de nouveau.
error_attempts_exhausted = Désolé, il y a eu trop d'essais. Écrivez AGENT pour parler à quelqu'un.

## Codes pour les changements délicats

code_message = { $shipper } : votre code est { $code }. Il confirme un changement de votre livraison ({ $parcel }), valable 10 minutes. Pas vous ? Répondez PAS MOI.
code_asked = Pour protéger votre colis, j'ai envoyé un code de 6 chiffres au contact de la réservation. Écrivez-le ici dans les 10 minutes.
code_asked_here = Pour protéger votre colis, je vous envoie un code de 6 chiffres dans un message à part. Écrivez-le ici dans les 10 minutes.
code_resent = J'ai envoyé un nouveau code au contact de la réservation. Seul le dernier compte.
code_resent_here = Voici un nouveau code. Seul le dernier compte.
code_wrong = Ce n'est pas le code. Il vous reste { $left ->
    [one] un essai
   *[other] { $left } essais
    }.
code_malformed = Le code a 6 chiffres. Écrivez seulement ces chiffres.
code_expired = Ce code a expiré ; les codes sont valables 10 minutes. Rien n'est encore changé. Dois-je en envoyer un nouveau ?
code_not_awaited = Aucun changement n'attend plus de code.
code_elsewhere = Ce code va dans la discussion où le changement a été demandé. Si ce n'était pas vous, répondez PAS MOI.
code_failed = Ce n'était pas le code non plus : rien n'est changé.
option_new_code = Envoyer un nouveau code
still_open_code = Revenons au code : écrivez les 6 chiffres.
change_told = { $shipper } : votre livraison ({ $parcel }) a été modifiée : { $what }. Pas vous ? Répondez PAS MOI sous { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
    }.
change_told_only = { $shipper } : votre livraison ({ $parcel }) a été modifiée : { $what }.
option_not_me = Ce n'était pas moi
chosen_by_another = Un autre contact de cette livraison ({ $parcel }, { $shipper }) vient de choisir : { $what }. Pour remplacer cela, choisissez encore une fois ; sinon ne faites rien :
not_me_reverting = Merci de nous le dire. Je remets { $parcel } de { $shipper } comme avant.
not_me_too_late = Merci de nous le dire. Je ne peux plus remettre { $parcel } de { $shipper } comme avant.
not_me_code = Merci de nous le dire. Le code n'est plus valable, et rien n'est changé pour { $parcel } de { $shipper }.
handoff_not_me = Un collègue regarde cela et vous répondra ici.
handoff_wrong_codes = Un collègue va regarder cela et vous répondra ici.
handoff_code_unreachable = Ce changement demande un code envoyé au contact de la réservation, et je ne peux pas le joindre. Rien n'est changé. Un collègue vous répondra ici.
handoff_code_limit = Trop de codes ont été demandés, je n'en envoie plus pour le moment. Rien n'est changé. Un collègue vous répondra ici.

## Code PIN à la porte

door_pin_message = { $shipper } : donnez le code PIN { $code } au livreur quand il vous remet { $parcel }. Seulement à la porte, à personne d'autre. Pour le recevoir encore une fois, répondez PIN.
door_pin_sent_twice = J'ai déjà envoyé votre code PIN deux fois. Cherchez-le dans les messages plus haut, ou écrivez AGENT pour parler à quelqu'un.
notice_failed_wrong_pin = { $shipper } : votre livraison ({ $parcel }) n'a pas été remise : le code PIN était faux trois fois.

## Choix, et ce que l'on sait à la porte

choice_address = à { $address }, { $day }
choice_signature = signature inutile
choice_try_again = un second essai
choice_door = { $needs }
choice_away = en attente jusqu'à { $day }
door_minutes = { $minutes ->
    [one] { $minutes } minute de plus à la porte
   *[other] { $minutes } minutes de plus à la porte
    }
door_no_bell = ne pas sonner
door_ring_twice = sonner deux fois
door_knock = frapper à la porte
door_wheelchair = fauteuil roulant
door_hearing = entend mal
choice_confirmed_away = Confirmé : nous gardons { $parcel } de { $shipper } dans notre dépôt, la livraison reprend dès { $day }. Si vous rentrez plus tôt, écrivez-nous.

## Une autre adresse

ask_address = Quelle est la bonne adresse pour { $parcel } de { $shipper } ? Écrivez la rue, le numéro et le code postal. Sur Telegram vous pouvez envoyer votre position.
ask_address_at_pin = Merci. Quel est le numéro et la rue, pour trouver la porte ?
address_unknown = Désolé, je ne trouve pas cette adresse. Écrivez le code postal ou une autre orthographe, ou envoyez votre position sur Telegram. Pour parler à quelqu'un, écrivez AGENT.
address_no_room = Désolé, aucune camionnette ne peut y aller ces prochains jours. Pour { $parcel } de { $shipper } vous pouvez encore choisir :
address_too_far = C'est à { $distance }, et { $parcel } de { $shipper } ne peut être dévié que de { $limit }. Choisissez autre chose, ou écrivez AGENT pour parler à quelqu'un :
confirm_address = Livrer { $parcel } de { $shipper } à { $address }, { $day } ? C'est à { $distance }, le maximum est { $limit }. { choose_below } :
confirm_address_later = Livrer { $parcel } de { $shipper } à { $address } ? C'est à { $distance }, le maximum est { $limit }. La livraison serait plus tard : { $day }. { choose_below } :
confirm_address_corrected = Corriger l'adresse de { $parcel } de { $shipper } en { $address } ? Le jour ne change pas : { $day }. { choose_below } :
option_address = Oui, livrer là
still_open_address = Revenons à l'adresse : écrivez la rue, le numéro et le code postal.
still_open_address_at_pin = Revenons à l'adresse : quel numéro et quelle rue ?

## Absent

ask_away_days = De quel jour à quel jour êtes-vous absent ? Par exemple : du 3 au 12.
ask_away_until = Absent dès { $first }. Jusqu'à quel jour ?
away_not_then = Je peux garder les colis des six prochains mois. De quel jour à quel jour êtes-vous absent ?
away_too_long = Nous gardons les colis { $days ->
    [one] { $days } jour
   *[other] { $days } jours
    } au plus. De quel jour à quel jour ? Pour parler à quelqu'un, écrivez AGENT.
confirm_away = Garder tous les colis de { $first } à { $last } ? Les livraisons reprennent dès { $day }, et nous vous prévenons la veille au soir. { choose_below } :
option_away = Tout garder
option_away_other = D'autres jours
option_away_over = Je suis de retour, livrez tout
away_shown = Nous gardons vos colis de { $first } à { $last }. { choose_below }, ou dites-moi d'autres jours :
away_noted = C'est noté : rien n'arrive de { $first } à { $last }. Les livraisons reprennent dès { $day }, et nous vous prévenons la veille au soir.
away_left_out = Nous ne pouvons plus garder { $parcel } de { $shipper }.
away_none = Rien n'est en attente pour vous.
away_ended = Contents de vous revoir. Les livraisons gardées reprennent dès { $day }, et nous vous dirons quand.
still_open_away = Revenons à votre absence : de quel jour à quel jour ?

## À la porte

ask_door = Que doit savoir le livreur à la porte ? Par exemple : sonner deux fois, ou il me faut trois minutes.
ask_door_minutes = Combien de minutes vous faut-il pour aller à la porte ?
door_minutes_too_many = Le livreur peut attendre 10 minutes au plus. { choose_below }, ou dites-moi combien de minutes :
option_minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
    }
confirm_door = Le dire au livreur pour { $parcel } de { $shipper } : { $needs } ? { choose_below } :
option_door_once = Cette fois seulement
option_door_always = Toujours
standing_door_noted = C'est noté : nos livreurs le sauront toujours désormais.
still_open_door = Revenons à la porte : que doit savoir le livreur ?
still_open_minutes = Revenons à la porte : combien de minutes vous faut-il ?

## Sans signature

signature_not_needed = Personne ne doit signer pour { $parcel } de { $shipper }.
signature_released_already = C'est réglé : personne ne doit signer pour { $parcel } de { $shipper }.
confirm_signature = Remettre { $parcel } de { $shipper } sans signature ? Une fois le colis remis, vous acceptez le risque de perte. { choose_below } :
option_release_signature = J'accepte, sans signature

## Toujours

ask_standing = Où laisser toujours vos colis ? { choose_below }, décrivez un endroit, ou donnez le nom et le numéro d'un voisin :
standing_shown = Vos colis sont toujours livrés { $place }. { choose_below } :
option_standing_other = Ailleurs
option_standing_remove = Ne plus le faire
option_standing = Oui, toujours
option_accept_standing_place = J'accepte, toujours
confirm_standing_safe_place = Laisser toujours vos colis ici : { $words } ? Une fois le colis posé, vous acceptez le risque de perte ou de dommage. Nous vous prévenons chaque fois et vous pouvez changer. { choose_below } :
confirm_standing_neighbour = Livrer toujours vos colis { $place } ? Nous ne lui avons pas demandé. Nous vous prévenons chaque fois et vous pouvez changer. { choose_below } :
standing_noted = C'est noté. Désormais, si l'expéditeur le permet, vos colis sont livrés { $place }. Nous vous prévenons chaque fois et vous pouvez changer.
standing_removed = D'accord, vos colis arrivent de nouveau à votre porte.
still_open_standing = Revenons à vos colis : où les laisser toujours ?

## Un second essai

option_try_again = Revenez maintenant
second_try_too_far = Désolé, le livreur est déjà trop loin. Pour { $parcel } de { $shipper } vous pouvez choisir :
notice_failed_choices_near = Nous sommes proches jusqu'à { $until } : envoyez RETOUR pour un second essai, ou { or_choose_shortly } :
notice_pre_advice_placed = { $shipper } : votre livraison ({ $parcel }) est prévue { $window }, { $place }. Si cela ne va pas, { or_choose_below } :
notice_pre_advice_resumed = { $shipper } : après la pause des livraisons, la vôtre ({ $parcel }) est prévue { $window }. Si cela ne va pas, { or_choose_below } :
driver_note_no_signature = Sans signature
driver_note_door = { $needs }

## Après la livraison

notice_rating = { $shipper } : comment s'est passée la livraison ({ $parcel }) ? { choose_below } de 1 (mal) à 5 (très bien).
rating_thanks = Merci ! Pour ajouter un mot, écrivez-le maintenant.
rating_thanks_poor = Merci de nous le dire, et désolé que cela n'ait pas été mieux. Que s'est-il passé ? Écrivez-le maintenant.
rating_thanks_comment = Merci, nous l'avons noté.
rating_range = Répondez par un chiffre de 1 (mal) à 5 (très bien).
rating_closed = Merci, cet avis est déjà clos.
