"""A spot at the address where the parcel may be left, once the recipient accepts the risk."""

from deliveries.model.offer import OptionKind
from deliveries.model.saying import Saying, day_fact
from deliveries.services.committing.offering import Choice
from deliveries.services.conversing.describing import SPOTS, spot_fact
from deliveries.services.conversing.scenes import Scene, enter
from deliveries.services.conversing.turns import Answer, Desk, Matter

WORDS_LENGTH = 120


def leave_in_safe_place(desk: Desk, matter: Matter) -> Answer:
    """Ask where, then have the place and its liability sentence accepted."""
    words = matter.heard.first("place") or matter.text_of("words")
    if words is None and matter.text_of("asked") == "place":
        words = matter.heard.text
    matter = matter.with_gathered(words=words[:WORDS_LENGTH].strip() if words else None)
    with desk.unit_of_work() as work:
        scene = enter(work, matter)
        closed = scene.closed(OptionKind.SAFE_PLACE)
        if closed:
            return closed
        if matter.text_of("words") is None:
            return scene.ask("ask_safe_place", _spots(), asked="place")
        return _confirm(scene)


def _spots() -> list[Choice]:
    return [
        Choice(
            OptionKind.GOAL,
            Saying(f"option_{spot}"),
            {"goal": "leave_in_safe_place", "gathered": {"words": spot}},
            opens=OptionKind.SAFE_PLACE,
        )
        for spot in SPOTS
    ]


def _confirm(scene: Scene) -> Answer:
    words = scene.matter.text_of("words") or ""
    day = scene.deliveries[0].date
    agree = Choice(
        OptionKind.SAFE_PLACE,
        Saying("option_accept_safe_place"),
        {"words": words, "day": day.isoformat()},
        words=("agree", "ok", "accept"),
    )
    keep = Choice(OptionKind.DISMISS, Saying("option_keep_as_is"), words=("keep",))
    saying = scene.offered(
        "confirm_safe_place", [agree, keep], words=spot_fact(words), day=day_fact(day, scene.zone)
    )
    return scene.say(saying, draft=scene.draft(asked="confirm"))
