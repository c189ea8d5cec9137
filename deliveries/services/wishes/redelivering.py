"""After a failed attempt the choices open again; before one, it means another time."""

from deliveries.model.delivery import DeliveryStatus
from deliveries.model.saying import Saying
from deliveries.services.conversing.closing import with_menu
from deliveries.services.conversing.scenes import enter
from deliveries.services.conversing.turns import Answer, Desk, Matter, wished_windows
from deliveries.services.wishes.rescheduling import reschedule
from deliveries.services.wishes.second_try import asks_back, try_again


def redeliver(desk: Desk, matter: Matter) -> Answer:
    """Offer times at once where one was named, else the whole menu.

    Raises:
        UnavailableError: If the planner cannot be reached.
    """
    if matter.gathered.get("back") is True or asks_back(matter.heard.text):
        return try_again(desk, matter)
    with desk.unit_of_work() as work:
        scene = enter(work, matter)
        language = scene.person.language
        text = matter.heard.text
        named = wished_windows(text, now=matter.now, zone=scene.zone, language=language)
        has_failed = scene.deliveries[0].status is DeliveryStatus.DELIVERY_FAILED
        if has_failed and not named:
            saying = Saying("redelivery_choices", scene.facts())
            menu = with_menu(work, scene.conversation, scene.deliveries, saying, now=matter.now)
            return scene.say(menu)
    return reschedule(desk, matter)
