### What we say, in English. One section per part of the product.
### Rules for every message, held by tests: no word that networks take for themselves (such as the
### ones for leaving) is asked for; no links; letters of the GSM 7-bit alphabet.

## How facts are written

day_today = today
day_tomorrow = tomorrow, { $day }
window_on_day = { $day }, { $hours }
window_over_days = { $start } to { $end }
moment_on_day = { $day }, { $time }

## Consent

opt_out_done = You will get no more messages from us. If you change your mind, write UNSTOP.
opt_in_done = You will hear from us again about your deliveries.
help_info =
    This is Doorstep. We tell you when your parcels arrive, and you can change it by replying here in your own words.
    To talk to a person, write AGENT. To get no more messages, tell us so.
wrong_person_done = Thank you for telling us. We have removed your number and will not write about this again.

## Telegram

telegram_linked = This chat is linked now. You can ask about your deliveries here.
telegram_link_invalid =
    This link has been used or is too old.
    You can share your phone number with the button below instead, or ask us for a new link by text message.
telegram_number_unknown = We have no delivery for your phone number. When one is on its way to you, share your number again.
telegram_welcome = Hello again. You can ask about your deliveries here.
telegram_welcome_unlinked =
    Hello, this is Doorstep. To see your deliveries, share your phone number with the button below, or open the link we sent you by text message.
share_number_button = Share my phone number

## When there is no answer from the assistant

cannot_read_media = Sorry, I cannot read pictures or voice messages. Please tell me in words.
empty_message = Your message arrived empty. Please tell me in words what you need.
bot_down = Sorry, I cannot answer by myself right now.
