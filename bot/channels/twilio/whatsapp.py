"""WhatsApp by Twilio: free words within a day of theirs, approved templates otherwise.

Twilio keeps the words of templates (``ContentSid``); we name what goes into them. See
docs/operating.md for the file that maps our messages to them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, override

from bot.channels.twilio.send import TwilioAccount, TwilioNetwork
from bot.departure import Departure, NotSentError
from bot.wording.render import Button, Said
from deliveries.errors import InvalidInputError

PREFIX = "whatsapp:"
# WhatsApp lets a business write freely for so long after the person's last message.
SESSION_S = 24 * 3600
# WhatsApp cuts longer labels and refuses more quick replies.
_LONGEST_LABEL, _MOST_REPLIES = 20, 3
_QUICK_REPLIES = "quick_replies"


@dataclass(frozen=True)
class Template:
    """Words that WhatsApp has approved.

    Attributes:
        variables: Names of the facts that fill ``{{1}}``, ``{{2}}`` and so on.
    """

    sid: str
    variables: tuple[str, ...]


@dataclass(frozen=True)
class Templates:
    """What Twilio holds of ours.

    Attributes:
        approved: By name of a message and language.
        quick_replies: By number of buttons: text ``{{1}}``, then each button's label and id.
    """

    approved: Mapping[tuple[str, str], Template]
    quick_replies: Mapping[int, str]


def read_templates(path: Path | None) -> Templates:
    """Read the file of templates: ``{"notice_delay": {"en": {"sid": "HX…", "variables": […]}}}``.

    Raises:
        InvalidInputError: If it cannot be read.
    """
    if path is None:
        return Templates({}, {})
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        replies = given.pop(_QUICK_REPLIES, {})
        approved = {
            (name, language): Template(str(each["sid"]), tuple(map(str, each["variables"])))
            for name, languages in given.items()
            for language, each in languages.items()
        }
        return Templates(approved, {int(count): str(sid) for count, sid in replies.items()})
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise InvalidInputError("the file of WhatsApp templates cannot be read") from error


class WhatsAppNetwork(TwilioNetwork):
    """WhatsApp over Twilio, from a number of ours."""

    def __init__(self, account: TwilioAccount, templates: Templates) -> None:
        """Send from the account's number by templates where words are not free."""
        super().__init__(account)
        self._templates = templates

    @override
    def _recipient(self, departure: Departure) -> str:
        return f"{PREFIX}{departure.address.reveal()}"

    @override
    def _sender(self) -> dict[str, str]:
        return {"from_": f"{PREFIX}{self._account.sender or ''}"}

    @override
    def _content(self, departure: Departure) -> dict[str, Any]:
        rendered, said = departure.rendered, departure.rendered.said
        is_free = departure.heard_s is not None and departure.heard_s < SESSION_S
        if not is_free:
            template = self._templates.approved.get((said.name, said.language)) if said else None
            if template is None or said is None:
                raise NotSentError("outside_session")
            return _filled(template, said)
        if departure.shape.photo_url:
            return {"body": rendered.text, "media_url": [departure.shape.photo_url]}
        sid = self._templates.quick_replies.get(len(rendered.buttons))
        if sid and said and _can_be_replies(rendered.buttons):
            pairs = [word for each in rendered.buttons for word in (each.label, each.data)]
            return {"content_sid": sid, "content_variables": _numbered([said.unnumbered, *pairs])}
        return {"body": rendered.text}

    @override
    def _is_alike(self, body: str, departure: Departure) -> bool:
        # Templates' words stand at Twilio: whatever left since and is no other row's is this one.
        return True


def _can_be_replies(buttons: tuple[Button, ...]) -> bool:
    fits = all(len(each.label) <= _LONGEST_LABEL for each in buttons)
    return fits and len(buttons) <= _MOST_REPLIES


def _filled(template: Template, said: Said) -> dict[str, Any]:
    missing = [name for name in template.variables if not said.facts.get(name)]
    if missing:
        raise NotSentError("template_incomplete")
    words = [" ".join(said.facts[name].split()) for name in template.variables]
    return {"content_sid": template.sid, "content_variables": _numbered(words)}


def _numbered(words: list[str]) -> str:
    return json.dumps({str(place): word for place, word in enumerate(words, start=1)})
