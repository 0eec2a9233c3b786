"""The ways out of the house, behind one interface: e-mail over SMTP, text messages through a gateway.

Nothing here knows a database, and nothing here is called while a transaction is open. Neither a text nor a secret is
ever put into an error or a log.
"""

import contextlib
import hashlib
import hmac
import http.client
import json
import smtplib
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

from flask import current_app

from config import SmsGateway, Smtp
from mediation.kernel import clock
from mediation.notices.rules import Channel, Problem

LONGEST_ANSWER = 64 * 1024
# A signature older than this may be a recorded one, sent again.
FRESH_SECONDS = 300
OK, TOO_LONG, TOO_MANY, ERRORS = range(200, 300), 408, 429, 500
PERMANENT = range(500, 600)


@dataclass(frozen=True)
class Enclosure:
    """A file that goes along."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Message:
    """What goes out. `key` is the same each time the same message is tried."""

    key: str
    address: str
    recipient: str
    sender: str
    text: str
    enclosed: Enclosure | None = None


class Undelivered(Exception):
    """It did not go out; `detail` is a number of the protocol, never what was sent."""

    def __init__(self, problem: Problem, detail: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.detail = detail


class Adapter(Protocol):
    """One way out."""

    def send(self, message: Message) -> str:
        """Hand the message over and give back the receipt's number, if there is one; Undelivered otherwise."""
        ...

    def reach(self) -> None:
        """Go as far as one can without sending anything; Undelivered when the server cannot be reached."""
        ...


@dataclass(frozen=True)
class EMail:
    """E-mail over SMTP, encrypted unless the settings of a test say otherwise."""

    settings: Smtp

    def send(self, message: Message) -> str:
        mail = self._written(message)
        with self._server() as server:
            server.send_message(mail)
        return str(mail["Message-ID"]).strip("<>")

    def reach(self) -> None:
        """Greet, encrypt, sign in and take leave: all but a letter."""
        with self._server() as server:
            server.noop()

    @contextlib.contextmanager
    def _server(self) -> Iterator[smtplib.SMTP]:
        """The mail server, signed in; whatever it does instead is told as a problem with its number."""
        try:
            with smtplib.SMTP(self.settings.HOST, self.settings.PORT, timeout=self.settings.TIMEOUT) as server:
                if self.settings.STARTTLS:
                    server.starttls(context=ssl.create_default_context())
                if self.settings.USER:
                    server.login(self.settings.USER, self.settings.PASSWORD)
                yield server
        except smtplib.SMTPRecipientsRefused as refused:
            code = max((code for code, _words in refused.recipients.values()), default=0)
            raise Undelivered(Problem.BAD_ADDRESS if code in PERMANENT else Problem.FAULTY, str(code)) from None
        except smtplib.SMTPAuthenticationError as refused:
            raise Undelivered(Problem.FAULTY, str(refused.smtp_code)) from None
        except smtplib.SMTPResponseException as refused:
            lasting = refused.smtp_code in PERMANENT
            raise Undelivered(Problem.REFUSED if lasting else Problem.FAULTY, str(refused.smtp_code)) from None
        except smtplib.SMTPException:
            raise Undelivered(Problem.GARBLED) from None
        except TimeoutError:
            raise Undelivered(Problem.TIMED_OUT) from None
        except OSError:
            raise Undelivered(Problem.UNREACHABLE) from None

    def _written(self, message: Message) -> EmailMessage:
        mail = EmailMessage()
        domain = self.settings.SENDER.rpartition("@")[2]
        try:
            mail["To"] = Address(message.recipient, addr_spec=message.address)
        except (ValueError, IndexError, MessageError):
            raise Undelivered(Problem.BAD_ADDRESS) from None
        mail["From"] = Address(message.sender, addr_spec=self.settings.SENDER)
        mail["Subject"] = f"{message.sender}通知"
        mail["Date"] = format_datetime(clock.now())
        # Mail servers and programs recognise a message that comes twice by its number.
        mail["Message-ID"] = f"<{message.key}@{domain}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(f"{message.recipient}：\n\n{message.text}\n\n{message.sender}\n", cte="base64")
        if message.enclosed is not None:
            mail.add_attachment(
                message.enclosed.content, maintype="application", subtype="pdf", filename=message.enclosed.name
            )
        return mail


@dataclass(frozen=True)
class TextMessage:
    """A text message: JSON, signed over moment and body; the gateway drops a key it has seen."""

    settings: SmsGateway

    def send(self, message: Message) -> str:
        told = {"key": message.key, "to": message.address, "text": f"【{message.sender}】{message.text}"}
        body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        moment = str(int(clock.now().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": message.key,
            "X-Timestamp": moment,
            "X-Signature": signature(self.settings.SECRET, moment, body),
        }
        try:
            status, answer = self._post(body, headers)
        except TimeoutError:
            raise Undelivered(Problem.TIMED_OUT) from None
        except http.client.HTTPException:
            raise Undelivered(Problem.GARBLED) from None
        except OSError:
            raise Undelivered(Problem.UNREACHABLE) from None
        if status in {TOO_LONG, TOO_MANY} or status >= ERRORS or status not in {*OK, *range(400, 500)}:
            raise Undelivered(Problem.FAULTY, str(status))
        if status not in OK:
            raise Undelivered(Problem.REFUSED, str(status))
        return self._receipt(answer)

    def _post(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """One request, no redirects, done within the time-out however slowly the answer drips."""
        parts = urlsplit(self.settings.URL)
        until = time.monotonic() + self.settings.TIMEOUT
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=self.settings.TIMEOUT)
        try:
            path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
            connection.request("POST", path, body, dict(headers))
            answer = connection.getresponse()
            found = b""
            while len(found) < LONGEST_ANSWER and (part := answer.read1(4096)):
                found += part
                if time.monotonic() > until:
                    raise TimeoutError
            return answer.status, found
        finally:
            connection.close()

    def reach(self) -> None:
        """Open the connection, encrypted where messages are, and close it: nothing is asked of the gateway."""
        parts = urlsplit(self.settings.URL)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            with socket.create_connection((parts.hostname or "", port), timeout=self.settings.TIMEOUT) as line:
                if parts.scheme == "https":
                    ssl.create_default_context().wrap_socket(line, server_hostname=parts.hostname).close()
        except TimeoutError:
            raise Undelivered(Problem.TIMED_OUT) from None
        except OSError:
            raise Undelivered(Problem.UNREACHABLE) from None

    @staticmethod
    def _receipt(answer: bytes) -> str:
        try:
            number = json.loads(answer)["id"]
        except (ValueError, KeyError, TypeError):
            raise Undelivered(Problem.GARBLED) from None
        if not isinstance(number, str | int) or not str(number).strip():
            raise Undelivered(Problem.GARBLED)
        return str(number)[:200]


def signature(secret: str, moment: str, body: bytes) -> str:
    """Keyed over the moment and the body, so that neither can be changed and an old one is not taken again."""
    return hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()


def is_signed(moment: str, given: str, body: bytes) -> bool:
    """Whether the gateway itself sent this, and just now."""
    settings: SmsGateway | None = current_app.config["SMS"]
    if settings is None or not moment.isdecimal() or len(moment) > 12:  # noqa: PLR2004 digits of a moment
        return False
    fresh = abs(clock.now().timestamp() - int(moment)) <= FRESH_SECONDS
    expected = signature(settings.SECRET, moment, body)
    return fresh and hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace"))


def adapters() -> dict[Channel, Adapter]:
    """The ways out that this installation has."""
    found: dict[Channel, Adapter] = {}
    settings: dict[str, Any] = current_app.config
    if settings["SMS"] is not None:
        found[Channel.SMS] = TextMessage(settings["SMS"])
    if settings["SMTP"] is not None:
        found[Channel.E_MAIL] = EMail(settings["SMTP"])
    return found


def configured() -> frozenset[Channel]:
    """The channels the machine can use here."""
    names = {Channel.SMS: "SMS", Channel.E_MAIL: "SMTP"}
    return frozenset(channel for channel, name in names.items() if current_app.config[name] is not None)
