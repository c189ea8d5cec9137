"""Reads a shipper's rules from JSON, once: whatever is wrong is named by its path.

All of it is optional::

    {"cutoffs": {"window": {"minutes_before_eta": 60},
                 "neighbour": {"local_time": "04:00"},
                 "pickup_point": {"local_time": "20:00", "days_before": 1},
                 "safe_place": {"hours_before_eta": 2, "not_after_loading": "06:30"},
                 "refuse": {"local_time": "07:00", "after_failure": "closed"}},
     "after_failure_until": "22:30",
     "days_ahead": 7,
     "forbidden": ["safe_place"],
     "forbid": [{"option": "locker", "if": {"value_over": 50000}}],
     "prices": {"window": {"minor": 299, "currency": "GBP"}},
     "limits": {"changes": 3},
     "identity": {"code_always_for": ["safe_place"], "high_value_from": 50000,
                  "not_me_minutes": 30},
     "collection": {"days": 7, "extensions": 1, "extension_days": 3},
     "neighbour_data_days": 14,
     "messages": {"legal_basis": "us_exempt", "notices": 4, "weight": 2},
     "limits": {"changes": 3, "address_km": 15, "second_try_minutes": 15},
     "support": {"from": "08:00", "until": "18:00", "days": [1, 2, 3, 4, 5, 6],
                 "on_call": ["+447700900010"], "answer_within_minutes": {"1": 5, "4": 60},
                 "misunderstandings": 2, "turns": 8},
     "notices": {"arriving_m": 500, "live_location": true, "rating": true}}

Of several cutoffs of one option the earliest counts. ``not_after_loading`` is true or the hour by
which vans are usually loaded.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import time, timedelta
from typing import Never

import phonenumbers
from phonenumbers import PhoneNumberFormat

from deliveries.errors import InvalidInputError
from deliveries.model.network import CompartmentSize, PickupPointKind
from deliveries.model.offer import IN_MENUS_ONLY, OptionKind
from deliveries.model.personal import ContactAddress
from deliveries.model.rules import (
    ADDRESS_KM,
    AFTER_FAILURE_UNTIL,
    ANSWER_WITHIN,
    ARRIVING_M,
    COLLECTION_DAYS,
    DAYS_AHEAD,
    ETA_SHARE,
    EXTENSION_DAYS,
    EXTENSIONS,
    HIGH_VALUE_FROM,
    MISUNDERSTANDINGS,
    NEIGHBOUR_DATA_DAYS,
    NOT_ME_MINUTES,
    SECOND_TRY_MINUTES,
    SHIFT_OPENS,
    TURNS,
    AtHour,
    AtLoading,
    BeforeEta,
    Condition,
    Cutoff,
    IdentityRule,
    LegalBasis,
    MessageRules,
    NoticeRule,
    OptionRule,
    Price,
    Prohibition,
    ShipperRules,
    SupportRule,
)

FIELDS = (
    *("cutoffs", "after_failure_until", "days_ahead", "forbidden", "forbid", "prices"),
    *("limits", "identity", "collection", "neighbour_data_days", "notices"),
    *("messages", "support"),
)
MOST_DAYS = 60
MOST_KM = 1000
MOST_M = 5000
MOST_MINUTES = 7 * 24 * 60
MOST = 10**9
MOST_WEIGHT = 100
MOST_TRIES = 20
LETTERS_OF_CURRENCY = 3
KINDS = tuple(kind.value for kind in OptionKind if kind not in IN_MENUS_ONLY)
FORBIDDABLE = (*KINDS, *(kind.value for kind in PickupPointKind))


def read_rules(form: object) -> ShipperRules:
    """Read a shipper's rules.

    Raises:
        InvalidInputError: If a field is unknown or cannot be used; the message begins with its
            path, such as ``cutoffs.window.local_time``.
    """
    root = _Node(form)
    root.only(*FIELDS)
    root.check()
    limits = root.at("limits")
    limits.only("changes", "address_km", "second_try_minutes", "attempts")
    limits.check()
    always = [Prohibition(each.word(FORBIDDABLE)) for each in root.at("forbidden").items()]
    sometimes = [_prohibition(each) for each in root.at("forbid").items()]
    return ShipperRules(
        written=dict(root.fields()),
        options={
            OptionKind(kind): _option_rule(node) for kind, node in root.at("cutoffs").kinds(KINDS)
        },
        after_failure_until=root.at("after_failure_until").maybe(_Node.hour) or AFTER_FAILURE_UNTIL,
        days_ahead=root.at("days_ahead").whole(0, MOST_DAYS, default=DAYS_AHEAD),
        prohibitions=(*always, *sometimes),
        prices={OptionKind(kind): _price(node) for kind, node in root.at("prices").kinds(KINDS)},
        changes=limits.at("changes").maybe(lambda node: node.whole(0, MOST)),
        address_km=limits.at("address_km").whole(0, MOST_KM, default=ADDRESS_KM),
        second_try_minutes=_second_try(limits),
        attempts=limits.at("attempts").maybe(lambda node: node.whole(1, MOST_TRIES)),
        identity=_identity(root.at("identity")),
        notices=_notices(root.at("notices")),
        **_collection(root.at("collection")),
        neighbour_data_days=root.at("neighbour_data_days").whole(
            0, MOST_DAYS, default=NEIGHBOUR_DATA_DAYS
        ),
        messages=_messages(root.at("messages")),
        support=_support(root.at("support")),
    )


def _collection(node: "_Node") -> dict[str, int]:
    node.only("days", "extensions", "extension_days")
    node.check()
    return {
        "collection_days": node.at("days").whole(1, MOST_DAYS, default=COLLECTION_DAYS),
        "extensions": node.at("extensions").whole(0, MOST_DAYS, default=EXTENSIONS),
        "extension_days": node.at("extension_days").whole(1, MOST_DAYS, default=EXTENSION_DAYS),
    }


def _messages(node: "_Node") -> MessageRules:
    node.only("legal_basis", "notices", "weight")
    node.check()
    basis = node.at("legal_basis").maybe(lambda each: each.word(tuple(LegalBasis)))
    return MessageRules(
        basis=LegalBasis(basis or LegalBasis.CONTRACT_EU),
        notices=node.at("notices").maybe(lambda each: each.whole(0, MOST)),
        weight=node.at("weight").whole(1, MOST_WEIGHT, default=1),
    )


def _support(node: "_Node") -> SupportRule:
    node.only(
        "from",
        "until",
        "days",
        "returns_silently",
        "on_call",
        "answer_within_minutes",
        "misunderstandings",
        "turns",
    )
    node.check()
    minutes = node.at("answer_within_minutes").kinds([str(each) for each in ANSWER_WITHIN])
    own = {int(name): timedelta(minutes=each.whole(1, MOST_MINUTES)) for name, each in minutes}
    rule = SupportRule(
        returns_silently=bool(node.at("returns_silently").maybe(_Node.truth)),
        on_call=tuple(each.phone() for each in node.at("on_call").items()),
        answer_within={**ANSWER_WITHIN, **own},
        misunderstandings=node.at("misunderstandings").whole(1, MOST, default=MISUNDERSTANDINGS),
        turns=node.at("turns").whole(1, MOST, default=TURNS),
    )
    if not (node.at("from").is_given or node.at("until").is_given or node.at("days").is_given):
        return rule
    opens, closes = node.at("from").hour(), node.at("until").hour()
    if opens >= closes:
        node.at("until").refuse("is not after from")
    days = frozenset(each.whole(1, 7) for each in node.at("days").items())
    return replace(rule, opens=opens, closes=closes, days=days or rule.days)


def _second_try(limits: "_Node") -> int:
    return limits.at("second_try_minutes").whole(0, MOST_MINUTES, default=SECOND_TRY_MINUTES)


def _notices(node: "_Node") -> NoticeRule:
    node.only("arriving_m", "live_location", "rating", "eta_percent")
    node.check()
    return NoticeRule(
        arriving_m=node.at("arriving_m").whole(0, MOST_M, default=ARRIVING_M),
        live_location=bool(node.at("live_location").maybe(_Node.truth)),
        rating=bool(node.at("rating").maybe(_Node.truth)),
        eta_share=node.at("eta_percent").whole(50, 99, default=round(100 * ETA_SHARE)) / 100,
    )


def _identity(node: "_Node") -> IdentityRule:
    node.only("code_always_for", "high_value_from", "not_me_minutes")
    node.check()
    always = frozenset(OptionKind(each.word(KINDS)) for each in node.at("code_always_for").items())
    return IdentityRule(
        code_always_for=always,
        high_value_from=node.at("high_value_from").whole(0, MOST, default=HIGH_VALUE_FROM),
        not_me_minutes=node.at("not_me_minutes").whole(0, MOST_MINUTES, default=NOT_ME_MINUTES),
    )


class _Node:
    """A value of the JSON with the path that leads to it."""

    def __init__(self, value: object, path: str = "") -> None:
        self._value = value
        self._path = path
        self._known: set[str] = set()

    @property
    def is_given(self) -> bool:
        return self._value is not None

    def refuse(self, message: str) -> Never:
        raise InvalidInputError(f"{self._path or 'rules'}: {message}")

    def fields(self) -> Mapping[str, object]:
        if self._value is None:
            return {}
        if not isinstance(self._value, Mapping):
            self.refuse("is no object")
        return self._value

    def only(self, *names: str) -> None:
        self._known.update(names)

    def check(self) -> None:
        for name in self.fields():
            if name not in self._known:
                self.at(str(name)).refuse(f"is none of {', '.join(sorted(self._known))}")

    def at(self, name: str) -> "_Node":
        value = self.fields().get(name)
        return _Node(value, f"{self._path}.{name}" if self._path else name)

    def kinds(self, allowed: Sequence[str]) -> Iterator[tuple[str, "_Node"]]:
        for name in self.fields():
            if name not in allowed:
                self.at(str(name)).refuse(f"is none of {', '.join(allowed)}")
            yield name, self.at(name)

    def items(self) -> list["_Node"]:
        if self._value is None:
            return []
        if not isinstance(self._value, list | tuple):
            self.refuse("is no list")
        return [_Node(each, f"{self._path}.{index}") for index, each in enumerate(self._value)]

    def maybe[T](self, read: Callable[["_Node"], T]) -> T | None:
        return read(self) if self.is_given else None

    def word(self, allowed: Sequence[str]) -> str:
        if not isinstance(self._value, str) or self._value not in allowed:
            self.refuse(f"is none of {', '.join(allowed)}")
        return self._value

    def text(self) -> str:
        if not isinstance(self._value, str):
            self.refuse("is no text")
        return self._value

    def hour(self) -> time:
        try:
            hour = time.fromisoformat(self.text())
        except ValueError:
            self.refuse("is no hour such as 04:00")
        if hour.tzinfo is not None:
            self.refuse("has an offset; hours are local at the address")
        return hour

    def phone(self) -> ContactAddress:
        try:
            number = phonenumbers.parse(self.text())
        except phonenumbers.NumberParseException:
            self.refuse("is no phone number such as +447700900010")
        if not phonenumbers.is_possible_number(number):
            self.refuse("is no phone number such as +447700900010")
        return ContactAddress(phonenumbers.format_number(number, PhoneNumberFormat.E164))

    def number(self, least: float, most: float) -> float:
        value = self._value
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.refuse("is no number")
        if not least <= value <= most:
            self.refuse(f"is not between {least:g} and {most:g}")
        return value

    def whole(self, least: int, most: int, *, default: int | None = None) -> int:
        if not self.is_given and default is not None:
            return default
        value = self.number(least, most)
        if value != int(value):
            self.refuse("is no whole number")
        return int(value)

    def truth(self) -> bool:
        if self._value is not True:
            self.refuse("can only be true; leave it out otherwise")
        return True

    def is_(self, value: object) -> bool:
        return self._value is value or (isinstance(value, str) and self._value == value)


def _option_rule(node: _Node) -> OptionRule:
    node.only("minutes_before_eta", "hours_before_eta", "local_time", "days_before")
    node.only("not_after_loading", "after_failure")
    node.check()
    after = node.at("after_failure")
    reopens = not after.is_("closed")
    rule = OptionRule(
        cutoffs=tuple(_cutoffs(node)),
        reopens=reopens,
        after_failure_until=after.maybe(_Node.hour) if reopens else None,
    )
    if not rule.cutoffs and not after.is_given:
        node.refuse("says neither when it closes nor what a failed attempt changes")
    return rule


def _cutoffs(node: _Node) -> Iterator[Cutoff]:
    minutes, hours = node.at("minutes_before_eta"), node.at("hours_before_eta")
    if minutes.is_given:
        yield BeforeEta(minutes.whole(0, MOST_MINUTES))
    if hours.is_given:
        yield BeforeEta(round(hours.number(0, MOST_MINUTES / 60) * 60))
    hour, days_before = node.at("local_time"), node.at("days_before")
    if hour.is_given:
        yield AtHour(hour.hour(), days_before.whole(0, MOST_DAYS, default=0))
    elif days_before.is_given:
        days_before.refuse("needs a local_time")
    loading = node.at("not_after_loading")
    if loading.is_given:
        yield AtLoading(SHIFT_OPENS if loading.is_(value=True) else loading.hour())


def _prohibition(node: _Node) -> Prohibition:
    node.only("option", "if")
    node.check()
    when = node.at("if")
    when.only("value_over", "weight_over_g", "size_over", "age_check", "signature", "dangerous")
    when.check()
    return Prohibition(
        node.at("option").word(FORBIDDABLE),
        Condition(
            value_over=when.at("value_over").maybe(lambda each: each.whole(0, MOST)),
            weight_over_g=when.at("weight_over_g").maybe(lambda each: each.whole(0, MOST)),
            size_over=when.at("size_over").maybe(lambda each: each.word(list(CompartmentSize))),
            age_check=bool(when.at("age_check").maybe(_Node.truth)),
            signature=bool(when.at("signature").maybe(_Node.truth)),
            dangerous=bool(when.at("dangerous").maybe(_Node.truth)),
        ),
    )


def _price(node: _Node) -> Price:
    node.only("minor", "currency")
    node.check()
    currency = node.at("currency").text()
    is_code = len(currency) == LETTERS_OF_CURRENCY and currency.isascii() and currency.isupper()
    if not is_code:
        node.at("currency").refuse("is no currency of three letters such as GBP")
    return Price(node.at("minor").whole(1, MOST), currency)
