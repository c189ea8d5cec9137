"""Refusing a parcel: asked twice, because it cannot be taken back once the van has gone."""

from deliveries.model.offer import OptionKind
from deliveries.model.saying import Saying
from deliveries.services.committing.offering import Choice
from deliveries.services.conversing.scenes import enter
from deliveries.services.conversing.turns import Answer, Desk, Matter


def refuse_delivery(desk: Desk, matter: Matter) -> Answer:
    """Ask whether they are sure; only the second yes sends it back."""
    with desk.unit_of_work() as work:
        scene = enter(work, matter)
        closed = scene.closed(OptionKind.REFUSE)
        if closed:
            return closed
        return_it = Choice(OptionKind.REFUSE, Saying("option_refuse"), words=("return",))
        keep = Choice(OptionKind.DISMISS, Saying("option_keep_parcel"), words=("keep",))
        saying = scene.offered("confirm_refuse", [keep, return_it])
        return scene.say(saying, draft=scene.draft(asked="confirm"))
