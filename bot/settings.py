"""What the gateway needs from the environment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from deliveries.environment import Environment
from deliveries.model.staff import Role
from deliveries.planner_settings import PlannerSettings

_SECRET_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,256}")
_SHORTEST_KEY = 16
_GROUP = re.compile(r"-\d{1,20}")
_NUMBER = re.compile(r"\+[1-9]\d{6,14}")


@dataclass(frozen=True)
class TwilioSettings:
    """The SMS account; a number, a Messaging Service, or both.

    Attributes:
        segments_per_s: How fast the number may send (a US long code: 1, a short code: 100); none:
            Twilio's own queue sees to it, in which codes wait behind notices.
        follow_up_s: After so long a message without a final receipt is asked after.
    """

    account_sid: str
    auth_token: str
    sender: str | None
    messaging_service_sid: str | None
    api_url: str | None
    segments_per_s: int | None = None
    whatsapp_from: str | None = None
    whatsapp_templates: Path | None = None
    follow_up_s: int = 600


@dataclass(frozen=True)
class TelegramSettings:
    """The bot.

    Attributes:
        webhook_secret: Needed where there is a public address; without one we ask for updates.
        username: As in links to the bot; else Telegram is asked for it.
        messages_per_s: More than 30 is for bots with paid broadcasts.
        staff_chat_id: The group with topics in which agents work; none: they do not work there.
    """

    token: str
    webhook_secret: str
    api_url: str | None
    username: str | None
    messages_per_s: int = 30
    staff_chat_id: int | None = None


@dataclass(frozen=True)
class ChatwootSettings:
    """The inbox of a Chatwoot in which agents work.

    Attributes:
        bot_token: Of the agent bot attached to the inbox.
        user_token: Of a service user who is an agent of the inbox.
        webhook_secret: What the inbox signs its webhook with (Chatwoot 4.13 and later).
    """

    url: str
    account: int
    inbox: int
    bot_token: str
    user_token: str
    webhook_secret: str


@dataclass(frozen=True)
class OidcSettings:
    """The company's identity provider.

    Attributes:
        account: What the adapter is made with: issuer, our id and secret there, and claims.
        roles: The role of each of its groups.
    """

    account: Mapping[str, str]
    roles: Mapping[str, str]


@dataclass(frozen=True)
class Settings:
    """The gateway's settings.

    Attributes:
        public_url: Where the outside reaches us; empty: it does not.
        api_key: The operators' bearer key; none: their API is closed.
        twilio: None: no SMS.
        telegram: None: no Telegram.
        chatwoot: None: agents do not work in Chatwoot.
        oidc: None: staff sign in by password and authenticator only.
    """

    database_url: str
    secret_key: str
    public_url: str
    host: str
    port: int
    rasa_url: str
    rasa_token: str
    clock_url: str | None
    api_key: str | None
    twilio: TwilioSettings | None
    telegram: TelegramSettings | None
    chatwoot: ChatwootSettings | None = None
    oidc: OidcSettings | None = None
    planner: PlannerSettings = field(default_factory=PlannerSettings)

    @property
    def is_behind_tls(self) -> bool:
        """Browsers reach us over encrypted connections only."""
        return self.public_url.startswith("https://")

    @property
    def is_on_loopback(self) -> bool:
        """Nothing but this machine reaches us directly."""
        return self.host in ("127.0.0.1", "::1", "[::1]", "localhost")

    @classmethod
    def read(cls, environment: Environment) -> "Settings":
        """Read them.

        Raises:
            SettingsError: If any are missing or wrong, naming all.
        """
        host, port = environment.address("DOORSTEP_BIND", "127.0.0.1:8080")
        public_url = _optional_url(environment, "DOORSTEP_PUBLIC_URL") or ""
        settings = cls(
            database_url=environment.required("DOORSTEP_DATABASE_URL"),
            secret_key=_read_key(environment),
            public_url=public_url,
            host=host,
            port=port,
            rasa_url=environment.url("DOORSTEP_RASA_URL", "http://127.0.0.1:5005"),
            rasa_token=environment.text("DOORSTEP_RASA_TOKEN", ""),
            clock_url=_optional_url(environment, "DOORSTEP_CLOCK_URL"),
            api_key=environment.optional("DOORSTEP_API_KEY"),
            twilio=_read_twilio(environment, public_url),
            telegram=_read_telegram(environment, public_url),
            chatwoot=_read_chatwoot(environment),
            oidc=_read_oidc(environment, public_url),
            planner=PlannerSettings.read(environment),
        )
        environment.check()
        return settings


def _read_key(environment: Environment) -> str:
    key = environment.required("DOORSTEP_SECRET_KEY")
    if key and len(key) < _SHORTEST_KEY:
        environment.complain(f"DOORSTEP_SECRET_KEY has fewer than {_SHORTEST_KEY} characters")
    return key


def _read_oidc(environment: Environment, public_url: str) -> OidcSettings | None:
    names = ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "ROLES")
    if not any(environment.optional(f"DOORSTEP_OIDC_{name}") for name in names):
        return None
    issuer = environment.required("DOORSTEP_OIDC_ISSUER")
    parts = urlsplit(issuer)
    is_here = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")
    if issuer and parts.scheme != "https" and not is_here:
        environment.complain("DOORSTEP_OIDC_ISSUER is not an https address")
    if not public_url:
        environment.complain("DOORSTEP_PUBLIC_URL is missing: the provider leads back there")
    written = environment.required("DOORSTEP_OIDC_ROLES")
    pairs = [each.rpartition("=") for each in written.split(",")]
    roles = {group.strip(): role.strip() for group, _, role in pairs}
    if written and not all(group and role in list(Role) for group, role in roles.items()):
        environment.complain("DOORSTEP_OIDC_ROLES is not group=role,group=role")
    account = {
        "issuer": issuer,
        "client_id": environment.required("DOORSTEP_OIDC_CLIENT_ID"),
        "client_secret": environment.required("DOORSTEP_OIDC_CLIENT_SECRET"),
        "redirect_url": f"{public_url}/console/sign-in/company/back",
        "name_claim": environment.text("DOORSTEP_OIDC_NAME_CLAIM", "preferred_username"),
        "groups_claim": environment.text("DOORSTEP_OIDC_GROUPS_CLAIM", "groups"),
    }
    return OidcSettings(account, roles)


def _read_twilio(environment: Environment, public_url: str) -> TwilioSettings | None:
    names = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM")
    service = environment.optional("TWILIO_MESSAGING_SERVICE_SID")
    sender = environment.optional("TWILIO_FROM")
    if service is None and not any(environment.optional(name) for name in names):
        return None
    if sender is None and service is None:
        environment.complain("TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID is missing")
    if sender is not None and not _NUMBER.fullmatch(sender):
        environment.complain("TWILIO_FROM is not a number such as +15005550006")
    whatsapp, templates = _read_whatsapp(environment)
    if not public_url:
        environment.complain("DOORSTEP_PUBLIC_URL is missing: Twilio's signatures are made over it")
    return TwilioSettings(
        account_sid=environment.required("TWILIO_ACCOUNT_SID"),
        auth_token=environment.required("TWILIO_AUTH_TOKEN"),
        sender=sender,
        messaging_service_sid=service,
        api_url=_optional_url(environment, "TWILIO_API_URL"),
        follow_up_s=environment.number("TWILIO_FOLLOW_UP_SECONDS", 600),
        segments_per_s=environment.number("TWILIO_SEGMENTS_PER_SECOND", 1)
        if environment.optional("TWILIO_SEGMENTS_PER_SECOND")
        else None,
        whatsapp_from=whatsapp,
        whatsapp_templates=templates,
    )


def _read_whatsapp(environment: Environment) -> tuple[str | None, Path | None]:
    """Return the number that writes on WhatsApp, and the file of approved templates."""
    number = environment.optional("TWILIO_WHATSAPP_FROM")
    if number is not None and not _NUMBER.fullmatch(number):
        environment.complain("TWILIO_WHATSAPP_FROM is not a number such as +15005550006")
    given = environment.optional("TWILIO_WHATSAPP_TEMPLATES")
    if given is not None and not Path(given).is_file():
        environment.complain("TWILIO_WHATSAPP_TEMPLATES is no file")
    return number, Path(given) if given else None


def _read_telegram(environment: Environment, public_url: str) -> TelegramSettings | None:
    token = environment.optional("TELEGRAM_BOT_TOKEN")
    if token is None:
        return None
    secret = environment.text("TELEGRAM_WEBHOOK_SECRET", "")
    if public_url and not _SECRET_TOKEN.fullmatch(secret):
        environment.complain(
            "TELEGRAM_WEBHOOK_SECRET is missing, or not 1 to 256 of A-Z a-z 0-9 _ -"
        )
    return TelegramSettings(
        token=token,
        webhook_secret=secret,
        api_url=_optional_url(environment, "TELEGRAM_API_URL"),
        username=environment.optional("TELEGRAM_BOT_USERNAME"),
        messages_per_s=environment.number("TELEGRAM_MESSAGES_PER_SECOND", 30),
        staff_chat_id=_read_group(environment),
    )


def _read_group(environment: Environment) -> int | None:
    group = environment.optional("TELEGRAM_STAFF_CHAT_ID")
    if group is None:
        return None
    if not _GROUP.fullmatch(group):
        environment.complain("TELEGRAM_STAFF_CHAT_ID is not a group's id such as -1001234567890")
        return None
    return int(group)


def _read_chatwoot(environment: Environment) -> ChatwootSettings | None:
    if environment.optional("CHATWOOT_URL") is None:
        return None
    return ChatwootSettings(
        url=environment.url("CHATWOOT_URL"),
        account=environment.number("CHATWOOT_ACCOUNT_ID", 1),
        inbox=_required_number(environment, "CHATWOOT_INBOX_ID"),
        bot_token=environment.required("CHATWOOT_BOT_TOKEN"),
        user_token=environment.required("CHATWOOT_USER_TOKEN"),
        webhook_secret=environment.required("CHATWOOT_WEBHOOK_SECRET"),
    )


def _required_number(environment: Environment, name: str) -> int:
    environment.required(name)
    return environment.number(name, 1)


def _optional_url(environment: Environment, name: str) -> str | None:
    return environment.url(name) if environment.optional(name) else None
