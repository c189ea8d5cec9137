"""Releasing a signature: the recipient takes it on themselves that nobody signs."""

from deliveries.model.offer import OptionKind
from deliveries.model.saying import Saying
from deliveries.services.committing.offering import Choice
from deliveries.services.conversing.scenes import enter
from deliveries.services.conversing.turns import Answer, Desk, Matter


def release_signature(desk: Desk, matter: Matter) -> Answer:
    """Have the sentence accepted, where a signature is needed and the sender lets it go."""
    with desk.unit_of_work() as work:
        scene = enter(work, matter)
        if not any(delivery.requires_signature for delivery in scene.deliveries):
            return scene.say(Saying("signature_not_needed", scene.facts()))
        if all(delivery.signature_released for delivery in scene.deliveries):
            return scene.say(Saying("signature_released_already", scene.facts()))
        closed = scene.closed(OptionKind.SIGNATURE)
        if closed:
            return closed
        release = Choice(
            OptionKind.SIGNATURE,
            Saying("option_release_signature"),
            {"signature_released": True},
            words=("agree", "ok", "accept"),
        )
        keep = Choice(OptionKind.DISMISS, Saying("option_keep_as_is"), words=("keep",))
        saying = scene.offered("confirm_signature", [release, keep])
        return scene.say(saying, draft=scene.draft(asked="confirm"))
