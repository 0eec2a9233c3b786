"""Channels of notice and ways of service (CPL 87-95; R4-15, R4-16)."""

import enum


class Channel(enum.StrEnum):
    """How a notice reaches somebody."""

    IN_APP = "in_app"
    SMS = "sms"
    PHONE = "phone"
    PAPER = "paper"
    E_MAIL = "e_mail"


class NoticeStatus(enum.StrEnum):
    """Where a notice stands in the outbox."""

    QUEUED = "queued"
    SENT = "sent"
    HANDED_OVER = "handed_over"
    FAILED = "failed"


class ServiceMethod(enum.StrEnum):
    """How a document was served (CPL 88-95)."""

    DIRECT = "direct"
    LEFT = "left"
    ELECTRONIC = "electronic"
    POST = "post"
    ENTRUSTED = "entrusted"
    ANNOUNCEMENT = "announcement"
