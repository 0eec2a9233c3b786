"""Settings of one installation, read once from the environment. Statutory numbers are not settings: see `periods`."""

import contextlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parent
LOCAL = ROOT / ".local"
SHORTEST_SECRET = 32
LONGEST_TIMEOUT = 60
MODES = ("production", "demonstration", "testing")


class ConfigurationError(SystemExit):
    """The installation may not start like this; the message says what to do."""


def _flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in {"1", "true", "yes"}:
        return True
    if value.lower() in {"0", "false", "no"}:
        return False
    raise ConfigurationError(f"{name}={value!r} is neither yes nor no: set it to 1 or 0.")


def _number(name: str, *, default: int) -> int:
    value = os.environ.get(name, str(default))
    if not value.isdecimal():
        raise ConfigurationError(f"{name}={value!r} is not a whole number.")
    return int(value)


def _secret(mode: str) -> str:
    secret = os.environ.get("MEDIATION_SECRET_KEY", "")
    if not secret and mode != "production":
        return _own_secret()
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < SHORTEST_SECRET // 4:
        raise ConfigurationError(
            f"MEDIATION_SECRET_KEY is missing or too weak (at least {SHORTEST_SECRET} varied characters). Make one with "
            "`python3 -c 'import secrets; print(secrets.token_urlsafe(48))'`, keep it, and set it before starting."
        )
    return secret


def _own_secret() -> str:
    """Keep one random secret beside the demonstration database, so that sign-ins survive a restart."""
    path = LOCAL / "secret"
    if not path.exists():
        LOCAL.mkdir(exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(os.urandom(32).hex())
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text()


def _documents() -> str:
    """Where documents are typeset: by worker processes, in the server's own process, or later by command."""
    value = os.environ.get("MEDIATION_DOCUMENTS", "pool")
    if value not in {"pool", "here", "later"}:
        raise ConfigurationError(f"MEDIATION_DOCUMENTS={value!r}: choose one of pool, here, later.")
    return value


@dataclass(frozen=True, kw_only=True)
class Smtp:
    """The court's mail server, as a client sees it."""

    HOST: str
    PORT: int
    SENDER: str
    STARTTLS: bool = True
    USER: str = ""
    PASSWORD: str = field(default="", repr=False)
    TIMEOUT: int = 10


@dataclass(frozen=True, kw_only=True)
class SmsGateway:
    """The text message gateway: messages go there and receipts come back, both signed with one secret."""

    URL: str
    SECRET: str = field(repr=False)
    TIMEOUT: int = 10


def _time_out(name: str) -> int:
    seconds = _number(name, default=10)
    if not 1 <= seconds <= LONGEST_TIMEOUT:
        raise ConfigurationError(f"{name}={seconds}: choose 1 to {LONGEST_TIMEOUT} seconds.")
    return seconds


def _smtp(mode: str) -> Smtp | None:
    """The mail server; without a host no e-mail is offered."""
    host = os.environ.get("MEDIATION_SMTP_HOST", "")
    if not host:
        return None
    sender = os.environ.get("MEDIATION_SMTP_FROM", "")
    if "@" not in sender or any(c.isspace() for c in sender):
        raise ConfigurationError(
            "MEDIATION_SMTP_FROM must be the court's own e-mail address when MEDIATION_SMTP_HOST is set."
        )
    secure = _flag("MEDIATION_SMTP_STARTTLS", default=True)
    if mode == "production" and not secure:
        raise ConfigurationError("MEDIATION_SMTP_STARTTLS=0 sends names and passwords in clear: not in production.")
    return Smtp(
        HOST=host,
        PORT=_number("MEDIATION_SMTP_PORT", default=587),
        SENDER=sender,
        STARTTLS=secure,
        USER=os.environ.get("MEDIATION_SMTP_USER", ""),
        PASSWORD=os.environ.get("MEDIATION_SMTP_PASSWORD", ""),
        TIMEOUT=_time_out("MEDIATION_SMTP_TIMEOUT"),
    )


def _sms(mode: str) -> SmsGateway | None:
    """The gateway; without an address no text message is offered."""
    url = os.environ.get("MEDIATION_SMS_URL", "")
    if not url:
        return None
    if not url.startswith("https://") and (mode == "production" or not url.startswith("http://")):
        raise ConfigurationError("MEDIATION_SMS_URL must begin with https://.")
    secret = os.environ.get("MEDIATION_SMS_SECRET", "")
    if len(secret) < SHORTEST_SECRET:
        raise ConfigurationError(f"MEDIATION_SMS_SECRET is missing or shorter than {SHORTEST_SECRET} characters.")
    return SmsGateway(URL=url, SECRET=secret, TIMEOUT=_time_out("MEDIATION_SMS_TIMEOUT"))


def _token() -> str:
    """The module (PKCS #11) of the token on which the seals' keys lie; empty where they lie in files."""
    module = os.environ.get("MEDIATION_SEAL_TOKEN", "")
    if module and not Path(module).is_file():
        raise ConfigurationError(f"MEDIATION_SEAL_TOKEN={module!r} is no file: give the token's PKCS #11 module.")
    return module


@dataclass(frozen=True, kw_only=True)
class Config:
    """What `create_app` needs to know. Upper-case names are read by Flask and its extensions."""

    SECRET_KEY: str = field(repr=False)
    SQLALCHEMY_DATABASE_URI: str = field(repr=False)
    MODE: str = "production"
    TESTING: bool = False
    SESSION_COOKIE_SECURE: bool = True
    PROXY_HOPS: int = 0
    IDLE_MINUTES: int = 30
    ABSOLUTE_HOURS: int = 8
    DOCUMENTS: str = "pool"
    PUBLIC_URL: str = ""
    SMTP: Smtp | None = None
    SMS: SmsGateway | None = None
    FONT_FOLDER: Path = LOCAL / "fonts"
    SEAL_FOLDER: Path = LOCAL / "seals"
    SEAL_PASSPHRASE: str = field(default="", repr=False)
    SEAL_TOKEN: str = ""
    MAX_CONTENT_LENGTH: int = 12 * 1024 * 1024

    @property
    def demonstration(self) -> bool:
        return self.MODE == "demonstration"

    @classmethod
    def from_env(cls) -> Self:
        """Read the environment; refuse to start with a sentence that says what to do."""
        mode = os.environ.get("MEDIATION_MODE") or os.environ.get("MEDIATION_ENV") or "production"
        if mode not in MODES:
            raise ConfigurationError(f"MEDIATION_MODE={mode!r}: choose one of {', '.join(MODES)}.")
        url = os.environ.get("DATABASE_URL", "")
        if not url and mode == "production":
            raise ConfigurationError(
                "DATABASE_URL is missing. Set it to postgresql://user:password@host/name, or to sqlite:////path/file.sqlite."
            )
        hops = _number("MEDIATION_PROXY_HOPS", default=0)
        return cls(
            SECRET_KEY=_secret(mode),
            SQLALCHEMY_DATABASE_URI=database_url(url or f"sqlite:///{LOCAL / 'demo.sqlite'}"),
            MODE=mode,
            TESTING=mode == "testing",
            SESSION_COOKIE_SECURE=_flag("MEDIATION_HTTPS", default=mode == "production"),
            PROXY_HOPS=hops,
            IDLE_MINUTES=_number("MEDIATION_IDLE_MINUTES", default=30),
            ABSOLUTE_HOURS=_number("MEDIATION_ABSOLUTE_HOURS", default=8),
            DOCUMENTS=_documents(),
            PUBLIC_URL=os.environ.get("MEDIATION_PUBLIC_URL", ""),
            SMTP=_smtp(mode),
            SMS=_sms(mode),
            SEAL_FOLDER=Path(os.environ.get("MEDIATION_SEALS", LOCAL / "seals")),
            SEAL_PASSPHRASE=os.environ.get("MEDIATION_SEAL_PASSPHRASE", ""),
            SEAL_TOKEN=_token(),
            FONT_FOLDER=Path(os.environ.get("MEDIATION_FONTS", LOCAL / "fonts")),
        )


def database_url(url: str) -> str:
    """Name the driver we test with, whatever form the administrator wrote."""
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            return "postgresql+psycopg://" + url.removeprefix(short)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ConfigurationError("DATABASE_URL must begin with postgresql:// or sqlite:///.")
    return url
