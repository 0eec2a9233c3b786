"""Every word shown for signing on a screen."""

from typing import Any

from mediation.agreements.turns.rules import Check, Obstacle, Place, TurnStatus
from mediation.kernel.i18n import _l

PLACE = {Place.TABLET: _l("On the tablet here"), Place.LINK: _l("By a personal link on the own phone")}
TURN_STATUS = {
    TurnStatus.ISSUED: _l("Waits for the signer"),
    TurnStatus.OPENED: _l("The signer is reading"),
    TurnStatus.SIGNED: _l("Signed on the screen"),
    TurnStatus.REFUSED: _l("The signer refused"),
    TurnStatus.PAPER: _l("Signs on paper instead"),
    TurnStatus.REVOKED: _l("Taken back"),
    TurnStatus.EXPIRED: _l("Ran out"),
}
TONE = {
    TurnStatus.ISSUED: "active",
    TurnStatus.OPENED: "active",
    TurnStatus.SIGNED: "done",
    TurnStatus.REFUSED: "overdue",
    TurnStatus.PAPER: "neutral",
    TurnStatus.REVOKED: "neutral",
    TurnStatus.EXPIRED: "overdue",
}
CHECK = {
    Check.DOCUMENT: _l("Identity document compared with the person"),
    Check.ACCOUNT: _l("Signed in with the own account"),
    Check.CODE_IN_PERSON: _l("Code told face to face, after the identity document was compared"),
    Check.CODE_BY_SMS: _l("Code by text message to the number the party gave"),
}
OBSTACLE: dict[Obstacle, Any] = {
    Obstacle.PERSONAL_STATUS: _l("What concerns marriage, adoption or inheritance is not signed electronically."),
    Obstacle.SUPPLY: _l("What stops the supply of water, heat or gas is not signed electronically."),
    Obstacle.NO_HAND: _l("An organisation has no hand: it puts its seal on the paper."),
    Obstacle.NOT_ONESELF: _l("The mediator signs in the own session, nobody for the mediator."),
    Obstacle.SIGNED: _l("This signature has been given already."),
    Obstacle.NOT_SIGNING: _l("The agreement is not open for signature."),
    Obstacle.RUNNING: _l("This signer has a turn already."),
    Obstacle.NO_MESSAGE: _l("No text message can be sent to this signer."),
    Obstacle.NOT_PRODUCED: _l("The document could not be made; nothing can be signed before it stands."),
    Obstacle.NOT_THE_SAME: _l("The document is another than the one that was read."),
    Obstacle.OVER: _l("This turn is over: it was used, taken back, or its time ran out."),
    Obstacle.WRONG_CODE: _l("The code is not right."),
    Obstacle.CODE_SPENT: _l("Too many codes were wrong; this code is worth nothing any more."),
    Obstacle.CODE_OVER: _l("The time of the code is over."),
}
ON_PAPER = _l("Print the agreement and have it signed by hand, with a seal or a fingerprint; it counts just as much.")
REMEDY: dict[Obstacle, Any] = {
    Obstacle.PERSONAL_STATUS: ON_PAPER,
    Obstacle.SUPPLY: ON_PAPER,
    Obstacle.NO_HAND: _l("Record the seal when all others have signed."),
    Obstacle.NOT_ONESELF: _l("The mediator opens the turn from the own account, or signs on paper."),
    Obstacle.RUNNING: _l("Take the other turn back first."),
    Obstacle.NO_MESSAGE: _l("Tell the code face to face, or let the person sign here."),
    Obstacle.NOT_PRODUCED: _l("Have the document made again on the page of the dispute, or sign on paper."),
    Obstacle.NOT_THE_SAME: _l("Open the page again and read it."),
    Obstacle.OVER: _l("Ask whoever gave you the link for a new one, or sign on paper."),
    Obstacle.WRONG_CODE: _l("Look at the code again and type its six digits."),
    Obstacle.CODE_SPENT: _l("Have a new code sent, or ask whoever gave you the link."),
    Obstacle.CODE_OVER: _l("Have a new code sent, or ask whoever gave you the link."),
}
NOT_DRAWN = _l("Draw your name in the field with a finger or the mouse, or choose paper.")

EVENTS: dict[str, Any] = {
    "signing_turn.give": _l("A signer was given a turn on a screen"),
    "signing_turn.code": _l("A code for signing was given out"),
    "signing_turn.miss": _l("A wrong code for signing was entered"),
    "signing_turn.identify": _l("It was checked who signs"),
    "signing_turn.sign": _l("An agreement was signed on a screen"),
    "signing_turn.refuse": _l("A signer refused on the screen"),
    "signing_turn.take_paper": _l("A signer chose to sign on paper"),
    "signing_turn.revoke": _l("A turn to sign was taken back"),
    "signing_turn.expire": _l("A turn to sign ran out"),
    "signing_turn.remind": _l("A signer was reminded"),
}
TOLD_SIGNED = _l("%(name)s signed the agreement %(number)s on a screen.")
TOLD_REFUSED = _l("%(name)s refused to sign the agreement %(number)s.")
TOLD_PAPER = _l("%(name)s wants to sign the agreement %(number)s on paper.")
