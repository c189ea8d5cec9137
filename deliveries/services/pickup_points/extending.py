"""Longer at the locker or shop, as often and as far as the shipper lets it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from deliveries.model.delivery import Delivery, PlaceKind
from deliveries.model.handover import Collection
from deliveries.model.history import HistoryEntry
from deliveries.model.saying import Fact, Saying, day_fact
from deliveries.services.conversing.closing import with_menu
from deliveries.services.conversing.scenes import Scene, enter
from deliveries.services.conversing.subject import parcel_facts
from deliveries.services.conversing.turns import Answer, Desk, Matter, wished_windows
from deliveries.services.pickup_points.waiting import waiting_facts

# The last instant of a span whose end is outside of it.
MOMENT = timedelta(microseconds=1)


def extend_collection(desk: Desk, matter: Matter) -> Answer:
    """Make the time longer at once and tell the new last day; say why, where it cannot be."""
    with desk.unit_of_work() as work:
        scene = enter(work, matter)
        waiting = _waiting(scene)
        if not waiting:
            return _not_there(scene)
        return scene.say(*(_extend(scene, *each) for each in waiting))


def _waiting(scene: Scene) -> list[tuple[Delivery, Collection]]:
    """Return what waits of the parcels meant; if none of those does, what else of theirs does."""
    theirs = scene.work.deliveries.open_of_person(scene.person.id)
    for deliveries in (scene.deliveries, theirs):
        found = [(each, scene.work.collections.waiting_of(each.id)) for each in deliveries]
        waiting = [(each, collection) for each, collection in found if collection is not None]
        if waiting:
            return waiting
    return []


def _extend(scene: Scene, delivery: Delivery, collection: Collection) -> Saying:
    work, rules = scene.work, scene.work.shippers.get(delivery.shipper_id).rules
    point = work.pickup_points.get(collection.pickup_point_id)
    facts = parcel_facts(work, delivery) | {"point": point.name}
    wanted = _latest_wanted(scene, point.zone)
    if wanted is not None and wanted <= collection.last_day.isoformat():
        return Saying("collection_long_enough", facts | waiting_facts(work, delivery))
    if collection.extensions >= rules.extensions:
        return Saying("collection_no_longer", facts | waiting_facts(work, delivery))
    collection.extensions += 1
    collection.last_day += timedelta(days=rules.extension_days)
    last_day = collection.last_day
    noted: dict[str, Fact] = {"last_day": last_day.isoformat()}
    work.history.add(
        HistoryEntry("collection_extended", scene.matter.now, "recipient", delivery.id, facts=noted)
    )
    is_short = wanted is not None and wanted > last_day.isoformat()
    name = "collection_extended_at_most" if is_short else "collection_extended"
    return Saying(name, facts | {"last_day": day_fact(last_day, point.zone)})


def _latest_wanted(scene: Scene, zone: str) -> str | None:
    """Return the last day that was asked for, if one was, in ISO form."""
    windows = wished_windows(
        scene.matter.heard.text, now=scene.matter.now, zone=zone, language=scene.person.language
    )
    ends = [each.end - MOMENT if each.end else each.start for each in windows]
    days = [each.astimezone(ZoneInfo(zone)).date().isoformat() for each in ends if each]
    return max(days, default=None)


def _not_there(scene: Scene) -> Answer:
    """Say that nothing waits anywhere, or not yet."""
    delivery = scene.deliveries[0]
    if delivery.place.kind is PlaceKind.PICKUP_POINT and not delivery.is_final:
        days = scene.work.shippers.get(delivery.shipper_id).rules.collection_days
        facts: dict[str, Fact] = {"point": delivery.place.name or "", "days": days}
        return scene.say(Saying("collection_not_yet_there", scene.facts() | facts))
    saying = Saying("collection_nothing_waits", scene.facts())
    return scene.say(
        with_menu(scene.work, scene.conversation, scene.deliveries, saying, now=scene.matter.now)
    )
