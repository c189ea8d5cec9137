"""Takes out of finished log lines what should never have got in."""

import re

_HIDDEN = "•••"
_FEWEST_DIGITS = 9

# A bot's token stands in Telegram's URLs, Rasa's in the query.
_BOT_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
_SECRET = re.compile(
    r"(?P<name>(?:token|password|secret|api_key|authorization|signature)[\"']?\s*[=:]\s*[\"']?"
    r"(?:(?:basic|bearer)\s+)?)(?P<value>[^\s\"'&,}]+)",
    re.IGNORECASE,
)
_URL_PASSWORD = re.compile(r"(?P<start>\w+://[^\s/:@]*):[^\s/@]+@")
# Digits of a phone number as people and networks write them, not those inside an id.
_NUMBER = re.compile(r"(?<![\w.:-])(?:\+|%2B)?\(?\d[\d ()./-]{6,20}\d(?![\w:-])")


def redact(line: str) -> str:
    """Return a line without tokens, passwords and anything that could be a phone number.

    A net below the rule that none is logged: names and addresses cannot be told from other words.
    """
    line = _BOT_TOKEN.sub(_HIDDEN, line)
    line = _URL_PASSWORD.sub(rf"\g<start>:{_HIDDEN}@", line)
    line = _SECRET.sub(rf"\g<name>{_HIDDEN}", line)
    return _NUMBER.sub(_hide_number, line)


def _hide_number(match: re.Match[str]) -> str:
    digits = sum(letter.isdigit() for letter in match[0])
    return _HIDDEN if digits >= _FEWEST_DIGITS else match[0]
