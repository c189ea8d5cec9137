"""How to get in: kept sealed, told to the driver only."""

from deliveries.model.conversation import Draft
from deliveries.model.history import HistoryEntry
from deliveries.model.personal import Secret
from deliveries.model.saying import Saying
from deliveries.services.scenes import enter
from deliveries.services.turns import Answer, Desk, Matter

LENGTH = 300
ENOUGH_LETTERS = 3


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
        return scene.say(Saying("access_noted", scene.facts()))
