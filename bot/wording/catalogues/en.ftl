### What we say, in English. One section per part of the product.
### Rules for every message, held by tests: no word that networks take for themselves (such as the
### ones for leaving) is asked for; no links; letters of the GSM 7-bit alphabet.

## How facts are written

day_today = today
day_tomorrow = tomorrow, { $day }
window_on_day = { $day }, { $hours }
window_over_days = { $start } to { $end }
moment_on_day = { $day }, { $time }

## Consent

opt_out_done = You will get no more messages from us. If you change your mind, write UNSTOP.
opt_in_done = You will hear from us again about your deliveries.
parcel_opt_out_done = All right, no more messages about { $parcel } from { $shipper }. Ask us any time where it is. If you change your mind, write UNSTOP.
help_info =
    This is Doorstep. We tell you when your parcels arrive, and you can change it by replying here in your own words.
    To talk to a person, write AGENT. To get no more messages, about one parcel or at all, tell us so.
wrong_person_done = Thank you for telling us. We have removed your number and will not write about this again.

## Telegram

telegram_linked = This chat is linked now. You can ask about your deliveries here.
telegram_link_invalid =
    This link has been used or is too old.
    You can share your phone number with the button below instead, or ask us for a new link by text message.
telegram_card_of_other =
    This is somebody else's contact card. To see your deliveries here, share your own number with the button below. To tell me about another person, write their name and number.
telegram_number_unknown = We have no delivery for your phone number. When one is on its way to you, share your number again.
telegram_welcome = Hello again. You can ask about your deliveries here.
telegram_welcome_unlinked =
    Hello, this is Doorstep. To see your deliveries, share your phone number with the button below, or open the link we sent you by text message.
share_number_button = Share my phone number

## When there is no answer from the assistant

cannot_read_media = Sorry, I cannot read pictures or voice messages. Please tell me in words.
empty_message = Your message arrived empty. Please tell me in words what you need.
bot_down = Sorry, I cannot answer by myself right now.

## Where is it

no_delivery_known = I cannot see a delivery for this contact. If you expect one, ask the sender to check your number, or write AGENT for a person.
track_on_the_way = { $shipper }: your delivery ({ $parcel }) is on the van. Expected about { $eta }{ $stops_before ->
    [0] , you are the next stop
    [one] , after { $stops_before } other stop
   *[other] , after { $stops_before } other stops
    }. It goes { $place }.
track_on_the_way_late = { $shipper }: your delivery ({ $parcel }) is on the van but running late. Now expected about { $eta }. Sorry about that. It goes { $place }.
track_on_the_way_between = { $shipper }: your delivery ({ $parcel }) is on the van. Expected between { $start } and { $end }{ $stops_before ->
    [0] , you are the next stop
    [one] , after { $stops_before } other stop
   *[other] , after { $stops_before } other stops
    }. It goes { $place }.
track_on_the_way_late_between = { $shipper }: your delivery ({ $parcel }) is on the van but running late. Now expected between { $start } and { $end }. Sorry about that. It goes { $place }.
track_planned = { $shipper }: your delivery ({ $parcel }) is planned for { $window }. It goes { $place }.
track_planned_day = { $shipper }: your delivery ({ $parcel }) is planned for { $day }. It goes { $place }.
track_failed = { $shipper }: we could not hand over { $parcel }. Write REDELIVER to choose what happens next.
track_on_hold = { $shipper }: your delivery ({ $parcel }) is on hold at our depot.
track_ready = { $shipper }: your delivery ({ $parcel }) is waiting at { $point }.
track_ready_code = { $shipper }: your delivery ({ $parcel }) is waiting at { $point }, { $address }, until { $last_day }. Code { $code }.
track_change_pending = { $shipper }: your change for { $parcel } is being checked with the route. We write as soon as it is settled.
track_more = ... and { $count ->
    [one] { $count } more parcel
   *[other] { $count } more parcels
    }.
ended_delivered = { $shipper }: your delivery ({ $parcel }) has arrived. If it is not there, tell me "it is not here".
ended_return_to_sender = { $shipper }: your delivery ({ $parcel }) is going back to the sender.
ended_cancelled = { $shipper }: the delivery of { $parcel } was called off.

## Which parcel

ask_which_delivery = You have { $count } parcels on the way. Which one do you mean?
option_delivery = { $parcel } from { $shipper }
option_all_deliveries = { $count ->
    [2] Both
   *[other] All { $count }
    }

## Places and choices, as parts of other sentences

place_address = to your address
place_neighbour = to your neighbour at no. { $number }
place_neighbour_named = to { $name } at no. { $number }
place_safe = to your safe place: { $words }
place_pickup_point = to { $name }
spot_porch = in the porch
spot_shed = in the shed
spot_garage = in the garage
spot_reception = at reception
choice_window = { $window }
choice_neighbour = with your neighbour at no. { $number }, { $day }
choice_neighbour_named = with { $name } at no. { $number }, { $day }
choice_safe_place = in your safe place ({ $words }), { $day }
choice_pickup_point = { $name }, { $day }
choice_refuse = back to the sender
choice_restore = back to how it was before

## Menus

# Telegram has buttons beneath the text; elsewhere options have digits.
choose_below = { $how ->
    [buttons] Tap a button
   *[digits] Reply with a number
    }
or_choose_below = { $how ->
    [buttons] tap a button
   *[digits] reply with a number
    }
or_choose_shortly = { $how ->
    [buttons] tap a button
   *[digits] a number
    }
option_goal_window = Another day or time
option_goal_neighbour = A neighbour
option_goal_safe_place = A safe place
option_goal_pickup_point = A shop or locker nearby
option_keep_as_is = Leave it as it is
help = I can help with { $parcel } from { $shipper }. { choose_below }, or tell me in your own words.
help_no_delivery = I can see no parcel on its way to you. When there is one, you can change its time or place here. To talk to a person, write AGENT.
greeting = Hello! What can I do about { $parcel } from { $shipper }? { choose_below }, or tell me in your own words.
greeting_short = Hello!
greeting_no_delivery = Hello! I can see no parcel on its way to you. To talk to a person, write AGENT.
what_about_it = What shall we do with { $parcel } from { $shipper }?
what_about_it_no_delivery = I can see no parcel on its way to you.
you_are_welcome = You are welcome!
out_of_scope = I can only help with your delivery of { $parcel } from { $shipper }. { choose_below }, or write AGENT for a person.
out_of_scope_short = That is not something I can help with.
out_of_scope_no_delivery = I can only help with deliveries, and I see none on its way to you. To talk to a person, write AGENT.
not_understood = Sorry, I did not understand that. For { $parcel } from { $shipper }, { or_choose_below }, or write AGENT for a person.
not_understood_short = Sorry, I did not understand that.
not_understood_no_delivery = Sorry, I did not understand that, and I see no parcel on its way to you. To talk to a person, write AGENT.

## Another day or time

windows_as_wished = This can be done for { $parcel } from { $shipper }. { choose_below }, or tell me another time:
windows_offered = For { $parcel } from { $shipper } the van can come at these times. { choose_below }, or tell me when suits you:
windows_instead = The van cannot make the time you asked for. For { $parcel } from { $shipper } these are free:
window_found = Good news: there is room at the time you asked for after all. For { $parcel } from { $shipper } these are free now:
windows_none = Sorry, I can find no free time for { $parcel } from { $shipper } in the next days. Write AGENT for a person.
option_window = { $window }
option_window_instead = { $window } instead
what_would_suit = All right. Which day and time would suit you?

## A neighbour

ask_neighbour_number = Which house number does your neighbour live at?
ask_neighbour_name = What is your neighbour's name, so that the driver knows who to ask for?
confirm_neighbour = Shall we hand { $parcel } from { $shipper } to { $name } at no. { $number }, { $day }? We have not asked them: tell me their phone number and we ask them first. Or { or_choose_below }:
option_neighbour = Yes, give it to { $name } at no. { $number }
option_neighbour_asked = Yes, ask { $name } at no. { $number }
option_neighbour_unasked = Give it to them without asking
confirm_neighbour_asked = Shall we ask { $name } at no. { $number } (phone ...{ $digits }) to take { $parcel } from { $shipper }, { $day }? They see your first name and house number only. { choose_below }:
neighbour_phone_unreadable = I could not read that phone number. Please send it again with its area code. Or, without asking { $name } at no. { $number }, { or_choose_below }:
neighbour_phone_landline = That number gets no texts. Please send a mobile number. Or, without asking { $name } at no. { $number }, { or_choose_below }:
neighbour_phone_foreign = I can only text numbers of this country. Please send another number. Or, without asking { $name } at no. { $number }, { or_choose_below }:
neighbour_phone_own = That is your own number. Please send the one of { $name } at no. { $number }. Or, without asking them, { or_choose_below }:
neighbour_phone_barred = We cannot text that number. Please send another one. Or, without asking { $name } at no. { $number }, { or_choose_below }:
neighbour_asked_enough = We have asked neighbours about this parcel often enough. To give it to { $name } at no. { $number } without asking, { or_choose_below }:
neighbour_is_asked = We are asking { $name } at no. { $number } to take { $parcel } from { $shipper }. I will tell you what they say. If they do not agree by { $until }, it comes to you as planned before.
neighbour_accepted = { $name } at no. { $number } has agreed to take { $parcel } from { $shipper }, { $day }.
neighbour_declined = { $name } at no. { $number } cannot take { $parcel } from { $shipper }, so it comes to you as planned before. If that does not suit you, you can choose:
neighbour_declined_final = { $name } at no. { $number } cannot take { $parcel } from { $shipper }, so it comes to you as planned before.
neighbour_silent = { $name } at no. { $number } has not answered, so we bring { $parcel } from { $shipper } to you as planned before. If that does not suit you, you can choose:
neighbour_silent_final = { $name } at no. { $number } has not answered, so we bring { $parcel } from { $shipper } to you as planned before.
neighbour_unreachable = Our text did not reach { $name } at no. { $number }, so we bring { $parcel } from { $shipper } to you as planned before. If that does not suit you, you can choose:
neighbour_unreachable_final = Our text did not reach { $name } at no. { $number }, so we bring { $parcel } from { $shipper } to you as planned before.

## For the neighbour who is asked

neighbour_asked = Doorstep deliveries: can you take in a parcel for { $name } at no. { $house }, { $day }? You may say no. { choose_below }:
option_neighbour_takes = I take it
option_neighbour_declines = Rather not
neighbour_accepted_thanks = Thank you! Our driver brings the parcel for { $name } at no. { $house } to you, { $day }. If you cannot after all, just tell me.
neighbour_declined_thanks = No problem, thank you for telling us. The parcel for { $name } at no. { $house } will not come to you.
neighbour_not_needed = Thank you, that has been settled another way. There is nothing to do.
neighbour_withdrawn = Doorstep deliveries: the parcel for { $name } at no. { $house } does not come to you after all. There is nothing to do. Thank you!
neighbour_has_it = Doorstep deliveries: our driver has left the parcel for { $name } at no. { $house } with you. Whoever collects it tells you the code { $code }. Thank you!

## A safe place

ask_safe_place = Where may the driver leave it? { choose_below } or describe the place:
option_spot_porch = In the porch
option_spot_shed = In the shed
option_spot_garage = In the garage
option_spot_reception = At reception
confirm_safe_place = Leave { $parcel } from { $shipper } here: { $words }, { $day }? Once it is left there, you accept the risk of loss or damage. The driver takes a photo. { choose_below }:
option_accept_safe_place = I accept, leave it there

## Shops and lockers

points_offered = You can collect { $parcel } from { $shipper } here. { choose_below }:
points_offered_near_home = I do not know that place, so these are near your address. Collect { $parcel } from { $shipper } here? { choose_below }:
points_none = Sorry, no shop or locker nearby has room that the van can reach that day. You can choose another time or a neighbour.
option_locker = Locker { $name }, { $distance }, { $day }, open { $opens }-{ $closes }
option_locker_always_open = Locker { $name }, { $distance }, { $day }, open day and night
option_shop_always_open = { $name }, { $distance }, { $day }, open day and night
option_shop = { $name }, { $distance }, { $day }, open { $opens }-{ $closes }
option_goal_near_home = Near my address
ask_where_near = I do not know that place. Tell me its street or postcode, in Telegram you can send its location too. Or { or_choose_below }:
option_goal_extend_collection = More time to collect it
collection_extended = All right: you can collect { $parcel } from { $shipper } at { $point } until { $last_day }.
collection_extended_at_most = It cannot stay that long, but you can now collect { $parcel } from { $shipper } at { $point } until { $last_day }.
collection_long_enough = You can collect { $parcel } from { $shipper } at { $point } until { $last_day } anyway. Nothing changes.
collection_no_longer = Sorry, { $point } cannot keep { $parcel } from { $shipper } any longer. The last day is { $last_day }. Somebody else may collect it for you: just tell me.
collection_not_yet_there = Your delivery of { $parcel } from { $shipper } is not at { $point } yet. Once it is, it waits there for { $days ->
    [one] { $days } day
   *[other] { $days } days
    }.
collection_nothing_waits = Your delivery of { $parcel } from { $shipper } is not waiting at a shop or locker. You can choose:
ask_collector_name = Who may collect { $parcel } from { $shipper } for you? Please tell me their name.
collector_code_point = { $name } may collect { $parcel } from { $shipper } at { $point } with the code { $code }. Pass it on to nobody else. To take it back, write "somebody else collects" again.
collector_code_door = The driver may hand { $parcel } from { $shipper } to { $name }, who tells the code { $code }. Pass it on to nobody else. To take it back, write "somebody else collects" again.
collector_exists = { $name } may collect { $parcel } from { $shipper }. { choose_below }:
option_collector_other = Somebody else instead
option_collector_withdraw = Take the code back
collector_revoked = Done: the code for { $parcel } from { $shipper } is not valid any more.
collector_unverified = Sorry, I can only do that from the phone number that { $parcel } from { $shipper } was booked with. Write to us from there, or write AGENT for a person.

## Getting in

ask_access = What should the driver know to get in? For example a gate code, the buzzer, the floor or a dog.
access_noted = Thank you. Only the driver sees this, and only around your stop.

## Refusing

confirm_refuse = Send { $parcel } from { $shipper } back to the sender? This cannot be taken back. { choose_below }:
option_keep_parcel = No, I want it
option_refuse = Send it back

## After a failed attempt

redelivery_choices = What shall we do with { $parcel } from { $shipper } now? { choose_below }, or tell me a day and time:

## A choice on its way

choice_noted = Noted: { $what }. I am checking it with the van's route and will confirm shortly.
choice_confirmed = Confirmed for { $parcel } from { $shipper }: { $what }. You can change this until { $until }.
choice_confirmed_final = Confirmed for { $parcel } from { $shipper }: { $what }.
choice_confirmed_eta = Confirmed for { $parcel } from { $shipper }: { $what }. Expected about { $eta }. You can change this until { $until }.
choice_confirmed_eta_final = Confirmed for { $parcel } from { $shipper }: { $what }. Expected about { $eta }.
choice_confirmed_refuse = Done: we send { $parcel } from { $shipper } back to the sender.
choice_refused_no_room = Sorry, no van has room for { $parcel } then ({ $what }). These times are free:
choice_refused_window_full = Sorry, that has just filled up ({ $what }). For { $parcel } from { $shipper } these times are free:
choice_refused_already_loaded = Sorry, your delivery ({ $parcel }) is on a van that cannot do this ({ $what }). These times are free:
choice_refused_already_passed = Sorry, the driver has already been at your stop, so this cannot be done any more ({ $what }). These times are free:
choice_refused_under_way = Sorry, the driver is on the way to you already, so this cannot be changed any more ({ $what }). These times are free:
choice_refused_shift_over = Sorry, the driver's day ends before that ({ $what }). These times are free:
choice_refused_unknown = Sorry, this could not be arranged ({ $what }). These times are free:
choice_refused_no_alternative = Sorry, this cannot be done for { $parcel } from { $shipper } ({ $what }), and I find no other free time. Write AGENT for a person.
choice_kept_waiting = This takes longer than usual, sorry. Your choice is kept ({ $what }): you need do nothing, I confirm it as soon as the van's route takes it.
choice_with_staff = Sorry, the route could not be reached in time for your change ({ $what }). Our team is settling it and will tell you.
kept_as_is = All right, nothing changes for { $parcel } from { $shipper }.
choice_dropped = All right, I have dropped that. Nothing changes.
undo_noted = All right. I am putting { $parcel } from { $shipper } back as it was, and will confirm shortly.
nothing_to_undo = There is no change to take back for { $parcel } from { $shipper }.
nothing_to_undo_no_delivery = There is no change to take back.
which_number = Which one? { choose_below }:
still_open_delivery = Back to my question: which parcel do you mean?
still_open_neighbour = Back to your neighbour: please tell me the name and house number.
still_open_neighbour_phone = Back to your neighbour: send their phone number so that we ask them, or { or_choose_below }:
still_open_place = Back to the safe place: where may the driver leave it?
still_open_access = Back to getting in: what should the driver know?
still_open_window = Back to the time. { choose_below }, or tell me when suits you:
still_open_point = Back to where you collect it. { choose_below }:
still_open_near_place = Back to where you collect it. Tell me a street or postcode, or { or_choose_below }:
still_open_collector = Back to who collects it: please tell me their name.
still_open_confirm = Back to your choice. { choose_below }:

## Short answers, and a second wish

no_price = None of these costs you anything. Which one? { choose_below }:
what_else = All right. Tell me in your own words what you would like, or write AGENT for a person.
where_else = All right. Near which place shall I look? Or tell me a day and time for your door.
who_we_are = I am the automatic assistant for your delivery. I never ask for money or passwords. Write AGENT for a person.
nothing_to_repeat = I find no earlier choice of yours to repeat. For { $parcel } from { $shipper } you can choose:
nothing_to_repeat_no_delivery = I find no earlier choice of yours, and no parcel on its way to you.
as_planned = All right, we come as planned. If another time is better, just write.
all_right = All right. If you need anything else, just write.
second_wish = You also mentioned: { $wish }. Shall we see to that now? { choose_below }:
option_second_wish = Yes, let us do that
option_no_thanks = No, that is all
wish_reschedule = another day or time
wish_redeliver = another attempt
wish_leave_with_neighbour = a neighbour
wish_leave_in_safe_place = a safe place
wish_collect_from_pickup_point = a shop or locker
wish_access_instructions = how to get in
wish_refuse_delivery = sending it back
wish_change_address = another address
wish_hold_deliveries = holding your parcels
wish_extend_collection = more time to collect
wish_set_standing_preference = what holds every time
wish_door_needs = what you need at the door
wish_release_signature = delivery without a signature
wish_authorise_collector = somebody else collecting
take_your_time = Take your time.

## No longer possible

offer_expired = That choice is no longer open.
just_taken = Sorry, the last place has just been taken.
too_late_for_that = Sorry, it is too late for that.
too_late_for_that_at = Sorry, that could be chosen until { $closed_at }.
not_for_this_parcel = Sorry, that is not allowed for this parcel.
cutoff_passed = That was possible until { $closed_at }. For { $parcel } from { $shipper } you can still choose:
all_cutoffs_passed = Changes to { $parcel } from { $shipper } were possible until { $closed_at }. The van is nearly there. To talk to a person, write AGENT.
nothing_open = Nothing can be changed for { $parcel } from { $shipper } any more. To talk to a person, write AGENT.
menu_until = Choose by { $open_until }, or { $silence ->
    [at_depot] we keep it at our depot.
    [goes_back] it goes back to the sender.
    [one_try_left] we keep it at our depot. One more try is left.
    [at_point] it waits for you there.
   *[as_planned] we come as planned.
    }
option_priced = { $option } ({ $price })
choice_priced = { $what } ({ $price })
changes_used_up_now = This delivery has been changed as often as the sender allows.
still_possible = For { $parcel } from { $shipper } you can still choose:
changes_used_up = Your delivery of { $parcel } from { $shipper } has been changed as often as the sender allows. To talk to a person, write AGENT.
undo_full = Sorry, the place you had before has been taken meanwhile, so nothing changes for { $parcel } from { $shipper }. You can choose:
option_forbidden_shipper = The sender { $shipper } does not allow that for { $parcel }. You can choose:
option_forbidden_value = Your delivery of { $parcel } from { $shipper } is worth too much for that. You can choose:
option_forbidden_age_check = For { $parcel } from { $shipper } the driver must check your age, so that is not possible. You can choose:
option_forbidden_signature = Somebody must sign for { $parcel } from { $shipper }, so that is not possible. You can choose:
option_forbidden_dangerous = Your delivery of { $parcel } from { $shipper } holds dangerous goods, so that is not possible. You can choose:
option_forbidden_size = Your delivery of { $parcel } from { $shipper } is too large for that. You can choose:
option_forbidden_weight = Your delivery of { $parcel } from { $shipper } is too heavy for that. You can choose:

## Problems and people

problem_damage = I am sorry that it arrived like that. A photo helps if you have one.
nothing_handed_over = Nothing has been handed over yet.
problem_missing = I am sorry. I am opening a search for it.
missing_reported = The driver reported at { $at }: { $handed_to ->
    [recipient] handed to you
    [household] handed to somebody at your address
    [neighbour] handed to a neighbour
    [safe_place] left there, place: { $words }
   *[other] delivered
    }{ $photo ->
    [true] , with a photo
   *[other] {""}
    }.
missing_far = That was { $distance } from your address.
missing_look_around = Please look at the door, in the porch, the shed and the letter box, and ask your household and neighbours.
missing_look_neighbour = Please ask next door and opposite, and your household.
missing_case = A case is open; a colleague will answer you by { $by }.
missing_overdue = We promised you an answer by now and have none yet, sorry. Your case goes first from now on.
problem_complaint = I am sorry. That should not happen, and we look into it.
wish_for_staff = I cannot arrange that by myself, so I am asking our team.

## Language

language_switched = All right, I write English from now on.
which_language = I can write English, Spanish, German or French. Which one?
already_receiving = You do receive our messages.

## When something fails

error_unavailable = Sorry, the route planner does not answer right now. Nothing is lost: please try again in a few minutes.
error_conflict = Sorry, two changes met. Please send that again.
error_not_found = Sorry, I cannot find that any more.
error_not_allowed = Sorry, I cannot do that from this contact.
error_refused = Sorry, that is not possible.
error_invalid_input = Sorry, I could not use that. Please tell me in other words.
error_adapter_failed = Sorry, something failed on our side. Please try again in a few minutes.
error_rejected = Sorry, something failed on our side. Please try again in a few minutes.
error_unreadable = Sorry, something failed on our side. Please try again in a few minutes.
error_error = Sorry, something failed on our side. Please try again in a few minutes.

## A person takes over

handoff_asked = I am passing this chat to a colleague. They can see what we wrote, so you need not repeat it. Write BOT to come back to me.
handoff_fallback = I am not getting this right, so I am passing this chat to a colleague. Write BOT to come back to me.
handoff_wish = A colleague will answer you here. Write BOT to come back to me.
handoff_damage = A colleague will look at this and answer you here.
handoff_missing = A colleague will look into this and answer you here.
handoff_complaint = A colleague will read this and answer you here.
handoff_bot_down = A colleague will answer you here.
handoff_staff = A colleague will answer you here.
on_call_alert = { $shipper }: somebody needs a person now. Please open the console, case { $case }.
handoff_safety = If anybody is in danger, please call the emergency services first. A colleague will look at this at once and answer you here.
handoff_legal = A colleague who may decide this will read it and answer you here.
handoff_anger = I am sorry about the trouble. I am passing this chat to a colleague, who can see what we wrote. Write BOT to come back to me.
handoff_repeat = We have talked about this before, so a colleague will look at it again and answer you here. Write BOT to come back to me.
handoff_turns = We have written a lot and nothing is settled yet, so a colleague will have a look and answer you here. Write BOT to come back to me.
handoff_tool_failed = This keeps failing on our side, so a colleague will take care of it and answer you here. Write BOT to come back to me.
handoff_media = I cannot open what you sent, so I am passing this chat to a colleague. Write BOT to come back to me.
handoff_deferred = Our team is back { $opens }. Your request is kept and comes first then. I can still help with your delivery meanwhile.
handed_back = You are back with the assistant. How can I help?
handoff_wait = Usually that takes { $least } to { $most } minutes.
handoff_wait_within = Usually that takes less than { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
    }.
handoff_still_waiting = Everyone is still busy, sorry. Your place is kept. Write BOT to use the assistant meanwhile.
handoff_waits_for_opening = Our team is back { $opens }. Your place is kept. Write BOT to use the assistant meanwhile.
handed_back_arranged = You are back with the assistant. Our team has arranged: { $what }. How can I help?
handed_back_waiting = You are back with the assistant. Our team has asked for: { $what }. I confirm it as soon as the van's route takes it.
handed_back_claim = A claim is open; our team follows it up.
rate_talk = How was the talk with our team? { choose_below } from 1 (poor) to 5 (very good).
returned_to_bot = You are back with me. How can I help?

## Notices

parcels_counted = { $count ->
    [one] { $count } parcel
   *[other] { $count } parcels
    }
notice_pre_advice = { $shipper }: your delivery ({ $parcel }) is planned for { $window }. Not a good time? { choose_below } or write in your own words:
notice_pre_advice_final = { $shipper }: your delivery ({ $parcel }) is planned for { $window }.
notice_morning_window = { $shipper }: your delivery ({ $parcel }) comes { $window }. If that does not suit you, just reply here.
notice_out_for_delivery = { $shipper }: your delivery ({ $parcel }) is on the van and comes { $window }.
notice_minutes_away = { $shipper }: the driver with your delivery ({ $parcel }) is about { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
    } away.
notice_arriving = { $shipper }: the driver with your delivery ({ $parcel }) is nearly at your door.
notice_eta_now = Expected about { $eta } now.
venue_shown = { $title }, { $address }
live_location_shown = Here you see the van on its way to you.
notice_delay = { $shipper }: sorry, your delivery ({ $parcel }) is running late. It now comes { $window }, not { $old }.
notice_earlier = { $shipper }: your delivery ({ $parcel }) comes earlier than we said: { $window }, not { $old }.
notice_failed_nobody_home = { $shipper }: we were at your door with your delivery ({ $parcel }), but nobody answered.
notice_failed_address_not_found = { $shipper }: the driver could not find the address for your delivery ({ $parcel }).
notice_failed_no_access = { $shipper }: the driver could not get to your door with your delivery ({ $parcel }).
notice_failed_refused = { $shipper }: your delivery ({ $parcel }) was not accepted at the door.
notice_failed_damaged = { $shipper }: sorry, your delivery ({ $parcel }) was damaged on the way, so we did not hand it over.
notice_failed_not_attempted = { $shipper }: sorry, your delivery ({ $parcel }) was planned for { $day }, but the van did not get that far.
notice_failed_locker_full = { $shipper }: the driver found no free compartment for your delivery ({ $parcel }).
notice_failed_other = { $shipper }: sorry, we could not hand over your delivery ({ $parcel }).
notice_failed_neighbour_nobody_home = { $shipper }: we were at no. { $number } with your delivery ({ $parcel }), but nobody answered.
notice_failed_neighbour_no_access = { $shipper }: we could not get to the door of no. { $number } with your delivery ({ $parcel }).
notice_failed_neighbour_refused = { $shipper }: your delivery ({ $parcel }) was not accepted at your neighbour's, no. { $number }.
notice_failed_safe_place = { $shipper }: sorry, your delivery ({ $parcel }) could not be left in the place agreed.
notice_failed_choices = What shall we do? { choose_below }, or tell me a day and time:
notice_locker_full_choices = First comes the nearest other place with room. { choose_below }, or tell me a day and time:
notice_photo = { $photo ->
    [true] {" "}The driver took a photo.
   *[false] {""}
    }
notice_delivered_recipient = { $shipper }: your delivery ({ $parcel }) was handed to you at { $at }. If that was not you, tell me "it is not here".{ notice_photo }
notice_delivered_household = { $shipper }: we gave your delivery ({ $parcel }) to somebody at your address at { $at }.{ notice_photo }
notice_delivered_neighbour = { $shipper }: we left your delivery ({ $parcel }) with your neighbour at no. { $number } at { $at }.{ notice_photo }
notice_delivered_neighbour_code = { $shipper }: we left { $parcel } with { $name } at no. { $number } at { $at }. To collect it, tell them the code { $code }.{ notice_photo }
notice_delivered_neighbour_unnamed = { $shipper }: we left your delivery ({ $parcel }) with a neighbour at { $at }.{ notice_photo }
notice_delivered_safe_place = { $shipper }: we left your delivery ({ $parcel }) at { $at }. Where: { $words }.{ notice_photo }
notice_delivered_safe_place_unnamed = { $shipper }: we left your delivery ({ $parcel }) in a safe place at your address at { $at }.{ notice_photo }
notice_delivered_pickup_point = { $shipper }: your delivery ({ $parcel }) was handed over at a pickup point at { $at }.{ notice_photo }
notice_delivered_other = { $shipper }: your delivery ({ $parcel }) was delivered at { $at }.{ notice_photo }
notice_ready_for_pickup = { $shipper }: you can collect { $parcel } at { $point }, { $address }. Code { $code }. Open { $day }, { $opens }-{ $closes }. Last day: { $last_day }.
notice_ready_for_pickup_at_any_hour = { $shipper }: you can collect { $parcel } at { $point }, { $address }. Code { $code }. Open day and night. Last day: { $last_day }.
notice_ready_for_pickup_no_hours = { $shipper }: you can collect { $parcel } at { $point }, { $address }. Code { $code }. Last day: { $last_day }.
notice_ready_for_pickup_no_code = { $shipper }: you can collect your delivery ({ $parcel }) at { $point }, { $address }.
notice_collect_reminder = { $shipper }: please remember to collect { $parcel } at { $point }, { $address }. Code { $code }. Last day: { $last_day }.
notice_collect_last_day = { $shipper }: today is the last day to collect { $parcel } at { $point }, { $address }. Code { $code }. After that: back to the sender.
notice_collection_expired = { $shipper }: nobody collected { $parcel } at { $point } in time. Your delivery is going back to the sender. To talk to a person, write AGENT.
notice_sent_back = { $shipper }: nobody told us in time what to do with { $parcel }. Your delivery is going back to the sender. To talk to a person, write AGENT.
notice_collected = { $shipper }: somebody collected { $parcel } at { $at }. If that was not you or somebody you sent, tell me "it is not here".
driver_note_neighbour = Neighbour { $neighbour }, no. { $number }
driver_note_safe_place = Safe place: { $words }. Take a photo
driver_note_collector = May be handed to { $name }, who tells a code
error_cutoff_passed = Sorry, it is too late for that.
error_window_unavailable = Sorry, the last place has just been taken. Please ask again for another time.
error_option_forbidden = Sorry, the sender does not allow that for this parcel.
error_offer_expired = That choice is no longer open. Please ask again.
error_attempts_exhausted = Sorry, that was tried too often. Write AGENT for a person.

## Codes for risky changes

code_message = { $shipper }: your code is { $code }. It confirms a change to your delivery ({ $parcel }) and is good for 10 minutes. Not you? Reply NOT ME.
code_asked = To protect your parcel I have sent a code of 6 digits to the contact it was booked with. Please write it here within 10 minutes.
code_asked_here = To protect your parcel I am sending you a code of 6 digits in a message of its own. Please write it here within 10 minutes.
code_resent = I have sent a new code to the contact the parcel was booked with. Only the newest one counts.
code_resent_here = Here comes a new code. Only the newest one counts.
code_wrong = That is not the code. You have { $left ->
    [one] one more try
   *[other] { $left } more tries
    }.
code_malformed = The code has 6 digits. Please write just those.
code_expired = That code has expired; codes are good for 10 minutes. Nothing has been changed yet. Shall I send a new one?
code_not_awaited = No change is waiting for a code any more.
code_elsewhere = That code belongs in the chat in which the change was asked for. If it was not you who asked, reply NOT ME.
code_failed = That was not the code either, so nothing has been changed.
option_new_code = Send me a new code
still_open_code = Back to the code: please write the 6 digits.
change_told = { $shipper }: your delivery ({ $parcel }) was changed: { $what }. Not you? Reply NOT ME within { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
    }.
change_told_only = { $shipper }: your delivery ({ $parcel }) was changed: { $what }.
option_not_me = It was not me
chosen_by_another = Another contact on this delivery ({ $parcel }, { $shipper }) has just chosen: { $what }. To replace that, choose once more; otherwise do nothing:
not_me_reverting = Thank you for telling us. I am putting { $parcel } from { $shipper } back as it was.
not_me_too_late = Thank you for telling us. I cannot put { $parcel } from { $shipper } back by myself any more.
not_me_code = Thank you for telling us. The code is void, and nothing has been changed for { $parcel } from { $shipper }.
handoff_not_me = A colleague will look into it and answer you here.
handoff_wrong_codes = A colleague will look at this and answer you here.
handoff_code_unreachable = This change needs a code sent to the contact the parcel was booked with, and I cannot reach that. Nothing has been changed. A colleague will answer you here.
handoff_code_limit = Too many codes were asked for, so I send no more for now. Nothing has been changed. A colleague will answer you here.

## PIN at the door

door_pin_message = { $shipper }: please tell the driver the PIN { $code } when they hand over { $parcel }. Only at the door, to nobody else. To get it once more reply PIN.
door_pin_sent_twice = I have sent your PIN twice already. Please look for it in the messages above, or write AGENT for a person.
notice_failed_wrong_pin = { $shipper }: we could not hand over your delivery ({ $parcel }), because the PIN was wrong three times.

## Choices of every kind, and what is known at the door

choice_address = to { $address }, { $day }
choice_signature = no signature needed
choice_try_again = a second try
choice_door = { $needs }
choice_away = on hold until { $day }
door_minutes = { $minutes ->
    [one] { $minutes } more minute at the door
   *[other] { $minutes } more minutes at the door
    }
door_no_bell = please do not ring
door_ring_twice = please ring twice
door_knock = please knock
door_wheelchair = wheelchair user
door_hearing = hard of hearing
choice_confirmed_away = Confirmed: we hold { $parcel } from { $shipper } at our depot, and the delivery goes on from { $day }. If you are back sooner, just write.

## Another address

ask_address = What is the right address for { $parcel } from { $shipper }? Please write street, number and postcode. On Telegram you can send your position.
ask_address_at_pin = Thank you. Which house number and street is that, so that the driver finds the door?
address_unknown = Sorry, I cannot find that address by myself. Please write the postcode or another spelling, or send your position on Telegram. To talk to a person, write AGENT.
address_no_room = Sorry, no van can come there in the next days. For { $parcel } from { $shipper } you can still choose:
address_too_far = That is { $distance } away, and { $parcel } from { $shipper } can move { $limit } at most. You can choose something else, or write AGENT for a person:
confirm_address = Bring { $parcel } from { $shipper } to { $address }, { $day }? That is { $distance } away, up to { $limit } is possible. { choose_below }:
confirm_address_later = Bring { $parcel } from { $shipper } to { $address }? That is { $distance } away, up to { $limit } is possible, and it comes later: { $day }. { choose_below }:
confirm_address_corrected = Correct the address of { $parcel } from { $shipper } to { $address }? The day stays: { $day }. { choose_below }:
option_address = Yes, bring it there
still_open_address = Back to the address: please write street, number and postcode.
still_open_address_at_pin = Back to the address: which house number and street is it?

## Away

ask_away_days = From which day to which day are you away? For example: from the 3rd till the 12th.
ask_away_until = Away from { $first }. Until which day?
away_not_then = I can hold parcels for days to come within half a year. From which day to which day are you away?
away_too_long = We can hold parcels for { $days ->
    [one] { $days } day
   *[other] { $days } days
    } at most. From which day to which day shall it be? To talk to a person, write AGENT.
confirm_away = Hold every parcel from { $first } to { $last }? They go on from { $day }, and we tell you the evening before. { choose_below }:
option_away = Hold everything
option_away_other = Other days
option_away_over = I am back, bring everything
away_shown = Your parcels are on hold from { $first } to { $last }. { choose_below }, or tell me other days:
away_noted = Noted: nothing comes from { $first } to { $last }. Parcels go on from { $day }, and we tell you the evening before.
away_left_out = We cannot hold { $parcel } from { $shipper } any more.
away_none = Nothing is on hold for you.
away_ended = Welcome back. What was on hold goes on from { $day }, and we tell you when it comes.
still_open_away = Back to your time away: from which day to which day?

## At the door

ask_door = What should the driver know at the door? For example: ring twice, or I need three minutes.
ask_door_minutes = How many minutes do you need to get to the door?
door_minutes_too_many = The driver can wait 10 minutes at most. { choose_below }, or tell me how many minutes:
option_minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
    }
confirm_door = Shall the driver know this for { $parcel } from { $shipper }: { $needs }? { choose_below }:
option_door_once = For this time
option_door_always = Every time
standing_door_noted = Noted: drivers know it every time from now on.
still_open_door = Back to the door: what should the driver know?
still_open_minutes = Back to the door: how many minutes do you need?

## Without a signature

signature_not_needed = Nobody has to sign for { $parcel } from { $shipper }.
signature_released_already = That is settled: nobody has to sign for { $parcel } from { $shipper }.
confirm_signature = Hand over { $parcel } from { $shipper } without a signature? Once the driver has left it, you accept the risk of loss. { choose_below }:
option_release_signature = I accept, no signature

## Always

ask_standing = Where shall we leave your parcels every time? { choose_below }, describe a place, or tell me a neighbour's name and number:
standing_shown = For now your parcels always go { $place }. { choose_below }:
option_standing_other = Somewhere else
option_standing_remove = Not any more
option_standing = Yes, every time
option_accept_standing_place = I accept, every time
confirm_standing_safe_place = Leave every parcel here: { $words }? Once it is left there, you accept the risk of loss or damage. You are told each time and can change it. { choose_below }:
confirm_standing_neighbour = Bring every parcel { $place }? We have not asked them. You are told each time and can change it. { choose_below }:
standing_noted = Noted. From now on, where the sender allows it, your parcels go { $place }. You are told each time and can change it.
standing_removed = All right, your parcels come to your door again.
still_open_standing = Back to your parcels: where shall we leave them every time?

## A second try

option_try_again = Come back now
second_try_too_far = Sorry, the van is too far away by now. For { $parcel } from { $shipper } you can choose:
notice_failed_choices_near = We are near until { $until }: reply BACK for a second try, or { or_choose_shortly }:
notice_pre_advice_placed = { $shipper }: your delivery ({ $parcel }) is planned for { $window }, { $place }. Not a good time? { choose_below }:
notice_pre_advice_resumed = { $shipper }: your hold is over. Your delivery ({ $parcel }) is planned for { $window }. If that does not suit you, { or_choose_below }:
driver_note_no_signature = No signature needed
driver_note_door = { $needs }

## After the delivery

notice_rating = { $shipper }: how did the delivery of { $parcel } go? { choose_below } from 1 (poor) to 5 (very good).
rating_thanks = Thank you! If you would like to add a word, just write it now.
rating_thanks_poor = Thank you for telling us, and sorry that it was not better. What went wrong? Just write it now.
rating_thanks_comment = Thank you, we have noted that.
rating_range = Please reply with a digit from 1 (poor) to 5 (very good).
rating_closed = Thank you, that rating is closed.
