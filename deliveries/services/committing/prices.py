"""What an option costs where its shipper takes something for it; said, kept, charged nowhere."""

from collections import Counter
from collections.abc import Mapping, Sequence

from deliveries.model.delivery import Delivery
from deliveries.model.offer import OptionKind
from deliveries.model.saying import Fact, Saying, money_fact
from deliveries.ports import UnitOfWork
from deliveries.services.conversing.describing import inline


def price_facts(
    work: UnitOfWork, kind: OptionKind, deliveries: Sequence[Delivery]
) -> dict[str, Fact]:
    """Return ``price``, by currency, for all the deliveries together; nothing if it is free."""
    total = Counter[str]()
    for delivery in deliveries:
        price = work.shippers.get(delivery.shipper_id).rules.prices.get(kind)
        if price is not None:
            total[price.currency] += price.minor
    if not total:
        return {}
    return {"price": [money_fact(minor, currency) for currency, minor in sorted(total.items())]}


def priced_label(label: Saying, price: Mapping[str, Fact]) -> Saying:
    """Return an option's label with its price, if it has one."""
    return Saying("option_priced", {"option": inline(label), **price}) if price else label
