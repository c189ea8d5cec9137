"""Somebody else collects: a code of their own that can be passed on, and taken back."""

from collections.abc import Sequence
from dataclasses import replace

from deliveries.model.delivery import Delivery, PlaceKind
from deliveries.model.handover import CodeKind, HandoverCode
from deliveries.model.history import HistoryEntry
from deliveries.model.offer import OptionKind
from deliveries.model.saying import Fact, Saying, sealed_fact
from deliveries.services.committing.offering import Choice
from deliveries.services.conversing.scenes import Scene, enter
from deliveries.services.conversing.turns import Answer, Desk, Matter
from deliveries.services.identity.handover_codes import end_codes, make_code
from deliveries.services.identity.risks import required_step_up
from deliveries.services.identity.verifying import original_contact

GOAL = "authorise_collector"
NAME_LENGTH = 60
KEEP = Choice(OptionKind.DISMISS, Saying("option_keep_as_is"), words=("keep",))


def authorise_collector(desk: Desk, matter: Matter) -> Answer:
    """Ask who it is, then give them a code: at the pickup point, or with a note for the driver."""
    with desk.unit_of_work() as work:
        scene = enter(work, matter)
        if scene.deliveries[0].is_final:
            status = scene.deliveries[0].status.value
            return scene.say(Saying(f"ended_{status}", scene.facts()))
        if not may_authorise(scene):
            return scene.say(Saying("collector_unverified", scene.facts()))
        existing = _existing(scene)
        if matter.gathered.get("revoke") is True:
            return _revoke(scene)
        name = _name(matter)
        if existing and name is None and matter.gathered.get("other") is not True:
            return _ask_about(scene, existing[0])
        if name is None:
            scene = replace(scene, matter=matter.with_gathered(other=True))
            saying = Saying("ask_collector_name", scene.facts())
            return scene.say(saying, draft=scene.draft(asked="collector"))
        return _authorise(desk, scene, name)


def may_authorise(scene: Scene) -> bool:
    """Say whether whoever writes may let somebody else have the parcels.

    It is as risky as sending them to another place. What would need a code sent to the contact the
    parcel was booked with can be done from that contact alone, which proves the same.
    """
    heard = scene.matter.heard
    for delivery in scene.deliveries:
        original = original_contact(scene.work, delivery)
        is_original = original is not None and original.id == heard.contact_id
        if not is_original and required_step_up(
            scene.work, delivery, OptionKind.PICKUP_POINT, heard
        ):
            return False
    return True


def _name(matter: Matter) -> str | None:
    heard = matter.heard
    name = heard.first("person_name") or heard.first("neighbour_name")
    if name is None and matter.text_of("asked") == "collector":
        name = heard.text
    plain = " ".join((name or "").split())[:NAME_LENGTH]
    return plain if any(letter.isalpha() for letter in plain) else None


def _existing(scene: Scene) -> Sequence[HandoverCode]:
    codes = scene.work.handover_codes.live_of([each.id for each in scene.deliveries])
    return [code for code in codes if code.kind is CodeKind.COLLECTOR]


def _ask_about(scene: Scene, code: HandoverCode) -> Answer:
    choices = [
        Choice(
            OptionKind.GOAL, Saying(f"option_collector_{word}"), {"goal": GOAL, "gathered": known}
        )
        for word, known in (("other", {"other": True}), ("withdraw", {"revoke": True}))
    ]
    saying = scene.offered("collector_exists", [*choices, KEEP], name=code.name or "")
    return scene.say(saying, draft=scene.draft(asked="point"))


def _authorise(desk: Desk, scene: Scene, name: str) -> Answer:
    ids, now = [each.id for each in scene.deliveries], scene.matter.now
    code = make_code(scene.work, desk.vault, ids, CodeKind.COLLECTOR, now=now, name=name)
    _remember(scene, "collector_authorised")
    first = scene.deliveries[0]
    facts: dict[str, Fact] = {"name": name, "code": sealed_fact(code.ciphertext)}
    return scene.say(Saying(_how(first), scene.facts() | facts | _point(first)))


def _how(delivery: Delivery) -> str:
    is_point = delivery.place.kind is PlaceKind.PICKUP_POINT
    return "collector_code_point" if is_point else "collector_code_door"


def _point(delivery: Delivery) -> dict[str, Fact]:
    return {"point": delivery.place.name or ""}


def _revoke(scene: Scene) -> Answer:
    ids = [each.id for each in scene.deliveries]
    if end_codes(scene.work, ids, CodeKind.COLLECTOR, now=scene.matter.now):
        _remember(scene, "collector_revoked")
    return scene.say(Saying("collector_revoked", scene.facts()))


def _remember(scene: Scene, kind: str) -> None:
    for delivery in scene.deliveries:
        scene.work.history.add(
            HistoryEntry(kind, scene.matter.now, "recipient", delivery_id=delivery.id)
        )
