"""What codes are called on agents' screens, and how personal data is masked there."""

from collections.abc import Mapping
from dataclasses import replace

from deliveries.model.history import StaffTask
from deliveries.model.recipient import Contact
from deliveries.services.handoffs.hurrying import Cause
from deliveries.services.messages.timelines import Entry

REASONS: Mapping[str, str] = {
    "asked": "Asked for a person",
    "fallback": "Not understood twice",
    "wish": "A wish only staff can meet",
    "bot_down": "The assistant failed",
    "damage": "Parcel damaged",
    "missing": "Parcel missing",
    "safety": "Safety",
    "anger": "Upset",
    "complaint": "Complaint",
    "staff": "Taken over by staff",
    "wrong_codes": "Three wrong codes",
    "code_unreachable": "No code can reach them",
    "code_limit": "Too many codes",
    "not_me": "Says: not me",
    "repeat": "Contacted us again",
    "legal": "Lawyer or authority",
    "media": "Cannot be read",
    "turns": "A long talk without a result",
    "tool_failed": "Something failed twice",
    "after_resolve": "Wrote again after it was resolved",
}
# What made a chat more urgent than its reason alone.
CAUSES: Mapping[Cause, str] = {
    Cause.REPEAT: "Not the first time they need us",
    Cause.HIGH_VALUE: "A parcel of high value",
    Cause.SOON: "The van comes within two hours",
}
# What they were arranging with the assistant, by the goals of its talks.
GOALS: Mapping[str, str] = {
    "reschedule": "Another day or window",
    "redeliver": "Another delivery",
    "leave_with_neighbour": "Leaving it with a neighbour",
    "leave_in_safe_place": "Leaving it in a safe place",
    "collect_from_pickup_point": "Collecting it at a locker or shop",
    "access_instructions": "How to get in",
    "refuse_delivery": "Sending it back",
    "change_address": "Another address",
    "hold_deliveries": "Nothing while they are away",
    "extend_collection": "Longer time to collect",
    "set_standing_preference": "A place for always",
    "door_needs": "More time, or help at the door",
    "release_signature": "Leaving it without a signature",
    "authorise_collector": "Somebody else collecting it",
}
LANGUAGES: Mapping[str, str] = {"en": "English", "de": "German", "es": "Spanish", "fr": "French"}
CHANNELS: Mapping[str, str] = {"sms": "SMS", "telegram": "Telegram", "whatsapp": "WhatsApp"}
OUTCOMES: Mapping[str, str] = {
    "settled": "Settled",
    "rescheduled": "Another day or window",
    "diverted": "Goes elsewhere",
    "claim_opened": "Claim opened",
    "information": "Told what they asked",
    "no_answer": "They did not answer",
}
# Nobody chooses these: they come about.
OTHER_OUTCOMES: Mapping[str, str] = {
    "unspecified": "Not said",
    "customer_returned_to_bot": "Went back to the assistant",
}
CLAIM_WORDS: Mapping[str, str] = {
    "damaged": "Damaged",
    "missing": "Something is missing",
    "not_received": "Delivered, but not received",
    "wrong_item": "The wrong parcel",
    "other": "Something else",
}
# What staff have to do, by the kind of task.
TASKS: Mapping[str, str] = {
    "claim": "Claim",
    "case_overdue": "Nobody answered a missing parcel in time",
    "problem_missing": "Delivered, but not there",
    "problem_damage": "Arrived damaged",
    "problem_complaint": "A complaint",
    "message_undelivered": "A message did not arrive",
    "wrong_person": "A contact is somebody else's",
    "not_me": "A change was not theirs",
    "poor_rating": "A poor rating",
    "planner_silent": "The planner did not answer about a choice",
    "planner_budget_spent": "The planner's budget of the day is spent",
    "unassigned": "No van has room",
    "photo_missing": "The photo of a safe place is missing",
    "driver_event_unmatched": "A driver's report fits no stop",
    "door_pin_failed": "Wrong PINs at the door",
    "door_pin_unsent": "The PIN for the door reached nobody",
}
TASK_OUTCOMES: Mapping[str, str] = {
    "found": "Found, or it is with them",
    "replaced": "Sent again or replaced",
    "compensated": "Compensated",
    "passed_on": "Passed on to the shipper",
    "rejected": "Turned down",
    "done": "Done",
    "not_needed": "Not needed any more",
}
STATUSES: Mapping[str, str] = {
    "pending": "Planned",
    "in_transit": "On its way to the depot",
    "out_for_delivery": "Out for delivery",
    "ready_for_pickup": "Ready to collect",
    "delivered": "Delivered",
    "delivery_failed": "Attempt failed",
    "on_hold": "On hold",
    "return_to_sender": "Going back to the sender",
    "cancelled": "Cancelled",
    "unknown": "Unknown",
}
# To whom the driver says it was handed over.
HANDED_TO: Mapping[str, str] = {
    "recipient": "to the recipient",
    "household": "to somebody in the household",
    "neighbour": "to a neighbour",
    "safe_place": "in a safe place",
    "pickup_point": "at a locker or shop",
}
_SHOWN_DIGITS = 3


def worded(entry: Entry) -> Entry:
    """Return an entry of a timeline that says why a person was asked for in these words."""
    reason = REASONS.get(str(entry.facts.get("reason")))
    if reason is None or not entry.kind.startswith("handoff_"):
        return entry
    return replace(entry, facts={**entry.facts, "reason": reason})


def task_words(task: StaffTask) -> str:
    """Return what a task is about, in words: of a claim what is wrong."""
    words = TASKS.get(task.kind, task.kind.replace("_", " ").capitalize())
    if task.kind != "claim":
        return words
    wrong = CLAIM_WORDS.get(str(task.facts.get("reason")))
    return f"{words}: {wrong.lower()}" if wrong else words


def masked_name(name: str | None) -> str:
    """Return a name as lists show it: the first name and an initial."""
    words = (name or "").split()
    if not words:
        return "Unknown person"
    return words[0] if len(words) == 1 else f"{words[0]} {words[-1][0]}."


def masked_address(line: str) -> str:
    """Return an address with its street hidden: ``12 H••• S•••``."""
    shown = [word if word[0].isdigit() else f"{word[0]}•••" for word in line.split()]
    return " ".join(shown)


def masked_contact(contact: Contact) -> str:
    """Return the end of a phone number, by which colleagues tell contacts apart."""
    return f"••• {contact.address.reveal()[-_SHOWN_DIGITS:]}"
