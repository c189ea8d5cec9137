"""How to get in: kept sealed, told to the driver only, and nowhere else in clear."""

from deliveries.model.conversation import Draft
from deliveries.model.history import HistoryEntry
from deliveries.model.personal import Secret
from deliveries.model.saying import Saying
from deliveries.ports import UnitOfWork
from deliveries.services.conversing.scenes import enter
from deliveries.services.conversing.turns import Answer, Desk, Heard, Matter

LENGTH = 300
ENOUGH_LETTERS = 3
# What is left of the message that told it.
HIDDEN = "***"
MESSAGES_OF_A_TURN = 50


def note_access(desk: Desk, matter: Matter) -> Answer:
    """Seal what was told, replacing what was told before; ask, if nothing was."""
    words = matter.heard.text.strip()[:LENGTH]
    told = matter.heard.values("access_code") or len(words.split()) >= ENOUGH_LETTERS
    with desk.unit_of_work() as work:
        scene = enter(work, matter)
        if matter.text_of("asked") is None and not told:
            draft = Draft(matter.goal, matter.delivery_ids, asked="access")
            return scene.say(Saying("ask_access", scene.facts()), draft=draft)
        for delivery in scene.deliveries:
            delivery.access_ciphertext = desk.vault.seal(Secret(words))
            work.history.add(
                HistoryEntry("access_noted", matter.now, "recipient", delivery_id=delivery.id)
            )
        _hide(work, matter.heard)
        return scene.say(Saying("access_noted", scene.facts()))


def _hide(work: UnitOfWork, heard: Heard) -> None:
    """Take the words out of the messages of this turn: from now on only the vault has them.

    Something stays, so that a turn that comes again after a crash is a turn still.
    """
    for message in work.inbound.of(heard.conversation_id, limit=MESSAGES_OF_A_TURN):
        if (message.trace or {}).get("turn") == heard.turn:
            message.text = HIDDEN
