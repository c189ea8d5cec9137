# What happened to a delivery, one sentence each, for agents and operators. No names, no addresses.

happened_access_noted = Said how to get in; only the driver sees it.
happened_access_shown = The driver looked at how to get in.
happened_rated = The recipient rated it { $score } of 5.
happened_attempt_failed = The attempt failed: { $reason }.
happened_brought_back = The van brought it back to the depot.
happened_brought_to_pickup_point = Brought to the pickup point.
happened_change_disputed = Somebody on the delivery said: not me.
happened_changed_by_agent = An agent chose for the person: { $kind }.
happened_claim_closed = The claim was closed: { $outcome }.
happened_claim_opened = A claim was opened: { $reason }.
happened_choice_confirmed = The planner accepted the choice.
happened_choice_given_to_staff = The planner did not answer in time; staff have the choice.
happened_choice_refused = The planner refused the choice: { $reason }.
happened_choices_met = Two contacts chose differently; the later one was asked.
happened_code_limit = Too many codes were asked for; the change was not made.
happened_code_right = The code was right.
happened_code_sent = A code was sent to the contact of the booking.
happened_code_unreachable = No code could reach the contact of the booking; the change was not made.
happened_code_wrong = A wrong code was given.
happened_contact_linked = A chat was linked on { $channel }.
happened_contact_unlinked = This number is not theirs: unlinked.
happened_conversation_taken = An agent took the chat.
happened_delivered = Delivered: { $handed_to }.
happened_door_pin_right = The PIN told at the door was right.
happened_door_pin_sent = The PIN for the door was sent.
happened_door_pin_wrong = A wrong PIN was told at the door.
happened_driver_arrived = The driver arrived.
happened_handed_back = The agent handed the chat back: { $outcome }.
happened_handoff_requested = A person is asked for: { $reason }.
happened_hold_ended = The hold is over; it goes on.
happened_lease_ended = Nobody wrote any more: the assistant has the chat again.
happened_left_depot = Left the depot.
happened_notice_sent_on = An agent had a notice sent that was held back.
happened_notices_resumed = Wants messages about this parcel again.
happened_notices_stopped = Wants no more messages about this parcel.
happened_opted_in = Wants messages again.
happened_opted_out = Wants no more messages.
happened_problem_reported = Reported a problem: { $reason }.
happened_returned_to_bot = Went back to the assistant.
happened_rule_overridden = An agent went past a rule ({ $kind }): { $reason }.
happened_standing_wish_applied = What they want every time was applied.
happened_wish_for_staff = Asked for something only staff can do: { $wish }.

offered_options_offered = { $chosen ->
    [none] Offered { $options }; nothing chosen.
   *[other] Offered { $options }; chose { $chosen }.
}

# The state of a choice stands behind it.
chose_window = Chose { $window } ({ $state }).
chose_neighbour = Chose a neighbour ({ $state }).
chose_safe_place = Chose a safe place ({ $state }).
chose_pickup_point = Chose a pickup point ({ $state }).
chose_refuse = Refused it ({ $state }).
chose_address = Chose another address ({ $state }).
chose_away = Is away: hold everything ({ $state }).
chose_door = Needs something at the door ({ $state }).
chose_signature = Released the signature ({ $state }).
chose_standing = Set a preference for all parcels ({ $state }).
chose_try_again = Asked for a second try on the same route ({ $state }).
chose_restore = Took the choice back ({ $state }).

heard_message_received = { $intent ->
    [none] Wrote on { $channel }.
   *[other] Wrote on { $channel }, understood as { $intent }.
}

told_A1 = Told: it comes the next day ({ $state }).
told_A2 = Told: the morning's window ({ $state }).
told_A3 = Told: out for delivery ({ $state }).
told_A4 = Told: minutes away ({ $state }).
told_A5 = Told: nearly at the door ({ $state }).
told_A6 = Told: it is late ({ $state }).
told_A7 = Told: the attempt failed ({ $state }).
told_A8 = Told: delivered ({ $state }).
told_A10 = Told: last day to collect, or going back ({ $state }).
told_A9 = Told: ready to collect ({ $state }).
told_A11 = Asked: how the delivery went ({ $state }).
told_agent = An agent wrote ({ $state }).
told_code = A code was sent ({ $state }).
told_confirmation = Told: the planner's verdict ({ $state }).
told_notice = Told something ({ $state }).
told_reply = Answered ({ $state }).

## Handing over elsewhere

happened_neighbour_asked = The neighbour was asked.
happened_neighbour_accepted = The neighbour agreed.
happened_neighbour_declined = The neighbour declined; the plan was put back.
happened_neighbour_silent = The neighbour did not answer in time; the plan was put back.
happened_neighbour_unreachable = The question did not reach the neighbour; the plan was put back.
happened_neighbour_withdrawn = The neighbour is not needed any more.
happened_neighbour_erased = The neighbour's number and name were erased.
happened_handover_code_made = A code for handing over was made ({ $kind }).
happened_handover_code_wrong = Somebody showed a wrong code.
happened_waits_at_pickup_point = It waits to be collected until { $last_day }.
happened_collection_extended = It waits longer, until { $last_day }.
happened_collected = It was collected ({ $by }).
happened_collection_expired = It was not collected in time and goes back to the sender.
happened_sent_back_undecided = The last try failed and nobody said in time what is to happen: it goes back to the sender.
happened_collection_moved = It does not wait at the pickup point any more.
happened_collector_authorised = Somebody else may collect it.
happened_collector_revoked = Nobody else may collect it any more.
happened_conversation_assigned = An agent gave the chat to a colleague.
happened_conversation_back = The chat is back after a pause.
happened_conversation_put_off = An agent put the chat off.
happened_conversation_requeued = The chat waits for anybody again.
happened_conversation_resolved = Resolved: { $outcome }.
happened_handoff_deferred = A person is asked for out of hours: { $reason }.
happened_priority_set = Priority { $priority } now.
