"""What providers allow each of our senders.

Twilio: segments a second by the kind of sender, 1 for a US long code, 100 for a short code
(https://help.twilio.com/articles/115002943027); unset, Twilio's own queue keeps to it. Telegram:
30 a second for a bot, 1 a second to a chat with short bursts, 20 a minute to a group
(https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this); a bot with paid
broadcasts has up to 1000 a second.
"""

from bot.pacing import UNLIMITED, ChannelLimits
from bot.settings import Settings, TelegramSettings, TwilioSettings
from deliveries.model.rates import SenderLimit
from deliveries.model.recipient import Channel

_CHAT = SenderLimit("", per_s=1.0, burst=3.0)
_GROUP = SenderLimit("", per_s=20 / 60, burst=5.0)
# Twilio queues what comes too fast for a moment.
_BURST_S = 0.25
# Telegram refuses it for seconds. What leaves at once and what refills within a second are together
# what a second allows; gateways that look every tenth of a second use up what refills.
_AT_ONCE = 0.15


def channel_limits(settings: Settings) -> dict[Channel, ChannelLimits]:
    """Return the limits of the senders that are switched on."""
    limits = {}
    if settings.twilio is not None:
        limits[Channel.SMS] = ChannelLimits(_of_number(settings.twilio))
    if settings.telegram is not None:
        limits[Channel.TELEGRAM] = _of_bot(settings.telegram)
    return limits


def _of_number(twilio: TwilioSettings) -> SenderLimit:
    key = f"twilio:{twilio.messaging_service_sid or twilio.sender}"
    if twilio.segments_per_s is None:
        return SenderLimit(key, per_s=None, burst=UNLIMITED)
    return SenderLimit(
        key, per_s=twilio.segments_per_s, burst=max(1.0, twilio.segments_per_s * _BURST_S)
    )


def _of_bot(telegram: TelegramSettings) -> ChannelLimits:
    per_s = telegram.messages_per_s
    bot_id = telegram.token.partition(":")[0]
    burst = max(1.0, per_s * _AT_ONCE)
    sender = SenderLimit(f"telegram:{bot_id}", per_s=per_s * (1 - _AT_ONCE), burst=burst)
    return ChannelLimits(sender, chat=_CHAT, group=_GROUP)
