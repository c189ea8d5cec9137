"""Which changes are risky, and what a code must then prove: the one table of it.

A new address always needs a code sent to the contact the parcel was booked with. Giving the parcel
to somebody else (a neighbour, a shop or locker, whoever collects it) needs one if any of its risks
is there. A later time, a safe place at the address, refusing and taking back never do. A shipper
may ask for more by its rules.
"""

from collections.abc import Mapping
from enum import StrEnum

from deliveries.model.delivery import Delivery, DeliveryStatus
from deliveries.model.network import Shipper
from deliveries.model.offer import OptionKind
from deliveries.model.preference import Preference, PreferenceState
from deliveries.model.recipient import Contact
from deliveries.ports import UnitOfWork
from deliveries.services.conversing.turns import Heard
from deliveries.services.identity.verifying import is_verified_for
from deliveries.services.neighbours.consent import BECAUSE


class Risk(StrEnum):
    """What makes a change worth stealing a parcel by."""

    NEW_ADDRESS = "new_address"
    SECOND_CHANGE = "second_change"
    CHANGED_CHANNEL = "changed_channel"
    HIGH_VALUE = "high_value"
    UNVERIFIED = "unverified"
    SHIPPERS_RULE = "shippers_rule"


DIVERSION = frozenset({Risk.SECOND_CHANGE, Risk.CHANGED_CHANNEL, Risk.HIGH_VALUE, Risk.UNVERIFIED})
# What is not named here needs no code.
RISKS: Mapping[OptionKind, frozenset[Risk]] = {
    OptionKind.ADDRESS: frozenset({Risk.NEW_ADDRESS}),
    OptionKind.NEIGHBOUR: DIVERSION,
    OptionKind.PICKUP_POINT: DIVERSION,
    OptionKind.STANDING: frozenset({Risk.UNVERIFIED}),
    OptionKind.AWAY: frozenset({Risk.UNVERIFIED}),
}
STANDING = frozenset({PreferenceState.PENDING, PreferenceState.CONFIRMED, PreferenceState.REPLACED})


def required_step_up(
    work: UnitOfWork, delivery: Delivery, kind: OptionKind, heard: Heard
) -> frozenset[Risk]:
    """Return why a choice needs a code first; empty if it does not.

    Args:
        work: The caller's unit of work.
        delivery: What the choice is about.
        kind: What is chosen.
        heard: By whom.
    """
    shipper = work.shippers.get(delivery.shipper_id)
    contact = work.contacts.get(heard.contact_id)
    found = RISKS.get(kind, frozenset()) & _present(work, delivery, contact, shipper)
    if kind in shipper.rules.identity.code_always_for:
        found |= {Risk.SHIPPERS_RULE}
    return found


def _present(
    work: UnitOfWork, delivery: Delivery, contact: Contact, shipper: Shipper
) -> frozenset[Risk]:
    former = _former_choice(work, delivery)
    risks = {
        Risk.NEW_ADDRESS: True,
        Risk.SECOND_CHANGE: former is not None,
        Risk.CHANGED_CHANNEL: former is not None and _is_on_another(work, former, contact),
        Risk.HIGH_VALUE: _is_valuable(delivery, shipper),
        Risk.UNVERIFIED: not is_verified_for(work, contact, delivery),
    }
    return frozenset(risk for risk, is_there in risks.items() if is_there)


def _former_choice(work: UnitOfWork, delivery: Delivery) -> Preference | None:
    """Return the newest choice that stood.

    A failed attempt opens everything anew, and so does a neighbour who would not take it.
    """
    preference = work.preferences.latest_of(delivery.id)
    while preference is not None and preference.state not in STANDING:
        preference = work.preferences.before(preference)
    if preference is not None and BECAUSE in preference.details:
        return None
    has_failed = delivery.status is DeliveryStatus.DELIVERY_FAILED
    if preference is None or not has_failed or delivery.status_at is None:
        return preference
    return preference if preference.chosen_at >= delivery.status_at else None


def _is_on_another(work: UnitOfWork, former: Preference, contact: Contact) -> bool:
    chooser = work.contacts.find(former.contact_id) if former.contact_id else None
    return chooser is not None and chooser.channel is not contact.channel


def _is_valuable(delivery: Delivery, shipper: Shipper) -> bool:
    return delivery.value_minor >= shipper.rules.identity.high_value_from
