"""What can be done, as a menu of what is open right now."""

from datetime import datetime

from deliveries.model.conversation import Conversation
from deliveries.model.saying import Saying
from deliveries.ports import UnitOfWork
from deliveries.services.conversing.closing import with_menu
from deliveries.services.conversing.subject import parcel_facts

# What is said all the same where nothing can be chosen any more.
WITHOUT_MENU = frozenset({"nothing_to_undo"})


def menu_saying(
    work: UnitOfWork, conversation: Conversation, name: str, *, now: datetime
) -> Saying:
    """Return a saying with the menu for the person's parcels, or its form for those without any.

    For each name the catalogue has a second message, ``<name>_no_delivery``.
    """
    deliveries = work.deliveries.open_of_person(conversation.person_id)
    if not deliveries:
        return Saying(f"{name}_no_delivery")
    focused = [each for each in deliveries if each.id in conversation.focus] or deliveries
    saying = Saying(name, parcel_facts(work, focused[0]))
    shown = with_menu(work, conversation, focused, saying, now=now)
    if shown.offer_id is None and name not in WITHOUT_MENU:
        return Saying("nothing_open", saying.facts)
    return shown
