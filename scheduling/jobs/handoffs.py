"""Handoffs and cases whose time has come: openings, lapsed offers, ends of pauses, promises."""

from deliveries.services.claims.clock import tend_cases
from deliveries.services.handoffs.care import tend_handoffs
from deliveries.services.handoffs.lost import requeue_lost
from deliveries.services.handoffs.routing import offer_waiting
from scheduling.duty import Duty


def tend(duty: Duty) -> int:
    """Do what is due for handoffs, and offer what waits; return for how many something was done.

    Raises:
        UnavailableError: If the store cannot be reached.
    """
    store, now, machine_now = duty.desk.unit_of_work, duty.clock.now(), duty.machine.now()
    done = tend_handoffs(store, now=now)
    done += requeue_lost(store, now=now, machine_now=machine_now)
    done += tend_cases(store, now=now)
    return done + offer_waiting(store, now=now, machine_now=machine_now)
