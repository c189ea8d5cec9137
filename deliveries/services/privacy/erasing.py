"""A person's wish to see what is kept of them, or to have it erased."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from deliveries.errors import ConflictError
from deliveries.model.delivery import Delivery
from deliveries.model.privacy import Copy
from deliveries.model.recipient import Person
from deliveries.ports import UnitOfWork, Vault
from deliveries.repositories.privacy import Owned, Record
from deliveries.services.staff.auditing import record


def export_person(
    work: UnitOfWork, person_id: str, vault: Vault, *, actor: str, now: datetime
) -> Mapping[str, Sequence[Record]]:
    """Return everything kept of a person, by table; that it was handed out is in the audit log.

    Args:
        work: Where it is kept; to be committed.
        person_id: Whose.
        vault: Opens what they told in confidence of how to get in.
        actor: Who asks.
        now: The day's time.

    Raises:
        NotFoundError: If there is nobody with that id.
        UnreadableError: If what they told was sealed under another key.
    """
    owned = _owned(work, work.people.get(person_id))
    told = [
        {"delivery_id": each.id, "words": vault.open(each.access_ciphertext).reveal()}
        for each in work.privacy.deliveries_of(person_id)
        if each.access_ciphertext is not None
    ]
    record(work, actor, "person.exported", "person", person_id, now=now)
    return {**work.privacy.of(owned), "access_instructions": told}


def erase_person(work: UnitOfWork, person_id: str, *, actor: str, now: datetime) -> Sequence[Copy]:
    """Erase a person everywhere here; return what other systems still hold of them.

    Rows without name or words stay as tombstones, so that counts of past days remain true. An
    address that opted out stays too: it must never be written to again.

    Raises:
        NotFoundError: If there is nobody with that id.
        ConflictError: If a delivery to them is not over, staff have an open chat with them or a
            message to them is leaving at this moment.
    """
    person = work.people.get(person_id)
    owned = _owned(work, person)
    _check_nothing_is_under_way(work, owned)
    copies = work.privacy.copies_elsewhere(owned)
    _forget(work, person, owned, now)
    record(work, actor, "person.erased", "person", person_id, now=now)
    return copies


def strip(work: UnitOfWork, deliveries: Sequence[Delivery], *, now: datetime) -> None:
    """Take from deliveries what tells to whom they went."""
    for delivery in deliveries:
        depot = work.depots.get(delivery.depot_id)
        delivery.strip(depot.lat, depot.lon, now=now)
    work.privacy.remove_traces(Owned(delivery_ids=[each.id for each in deliveries]), now=now)


def forget_silent(work: UnitOfWork, person_ids: Iterable[str], *, now: datetime) -> None:
    """Erase people of whom nothing but an address is left."""
    for person_id in person_ids:
        person = work.people.get(person_id)
        _forget(work, person, _owned(work, person), now)


def _owned(work: UnitOfWork, person: Person) -> Owned:
    conversation = work.conversations.of_person(person.id)
    return Owned(
        person_id=person.id,
        conversation_id=conversation.id if conversation else None,
        contact_ids=[each.id for each in work.contacts.of_person(person.id)],
        delivery_ids=[each.id for each in work.privacy.deliveries_of(person.id)],
    )


def _check_nothing_is_under_way(work: UnitOfWork, owned: Owned) -> None:
    deliveries = [work.deliveries.get(id_) for id_ in owned.delivery_ids]
    open_ones = sorted(each.reference for each in deliveries if not each.is_final)
    if open_ones:
        raise ConflictError("deliveries that are not over: " + ", ".join(open_ones))
    if owned.conversation_id is None:
        return
    if work.handoffs.open_of(owned.conversation_id) is not None:
        raise ConflictError("staff have an open chat with this person: resolve it first")
    if work.privacy.is_leaving(owned.conversation_id):
        raise ConflictError("a message to this person is being sent: try again in a minute")


def _forget(work: UnitOfWork, person: Person, owned: Owned, now: datetime) -> None:
    deliveries = work.privacy.deliveries_of(person.id)
    strip(work, [each for each in deliveries if each.erased_at is None], now=now)
    for contact_id in owned.contact_ids:
        if work.contacts.get(contact_id).opted_out_at is None:
            work.contacts.erase(contact_id, now=now)
    if owned.conversation_id is not None:
        work.conversations.get(owned.conversation_id).forget()
    person.zone, person.erased_at = None, now
    work.privacy.remove_traces(owned, now=now)
