"""Agreements of the demonstration that are signed on a screen: in every state a signer's turn can be in."""

from mediation.agreements.models import Signature
from mediation.agreements.rules import Signer, SignManner
from mediation.agreements.services import drafting, sessions, signing
from mediation.agreements.turns import reading
from mediation.agreements.turns import services as turns
from mediation.agreements.turns.rules import Check, Drawn
from mediation.assignment.rules import EndCode
from mediation.cli.company import CompanyStory
from mediation.cli.stories import who
from mediation.intake import services as intake
from mediation.intake.rules import Answer, Manner
from mediation.intake.services import ConsentData
from mediation.kernel import clock

CARD = "居民身份证 0021"
# Invented strokes, nobody's name.
STROKES = Drawn(
    [
        [[160, 110, 0], [330, 95, 60], [470, 88, 110]],
        [[310, 50, 300], [300, 180, 380], [240, 320, 470]],
        [[330, 170, 640], [420, 250, 720], [520, 330, 800]],
        [[600, 80, 1000], [610, 210, 1080], [560, 340, 1180]],
        [[600, 90, 1350], [780, 85, 1430], [770, 330, 1540], [720, 310, 1590]],
        [[610, 190, 1750], [765, 185, 1820]],
    ]
)


class ScreenStory(CompanyStory):
    """Agreeing and signing on a screen, and what else may become of it."""

    def answered_online(self) -> None:
        """Both sides agree on line; they may now choose the mediator together (S5 art. 10)."""
        self.guided()
        with self.at(11):
            given = [ConsentData(p.id, Answer.AGREES, manner=Manner.ONLINE) for p in self.parties]
            intake.record_consents(who("clerk"), self.dispute, given)

    def signed_on_screens(self) -> None:
        """One link ran out and its holder then chose paper, another was taken back; the rest is signed on the tablet."""
        self.in_signing()
        first, second = signing.wanted(self.agreement)[:2]
        with self.after(70):
            turns.give(self.mediator, self.agreement, first, check=Check.CODE_IN_PERSON, seen=CARD)
            lost = turns.give(self.mediator, self.agreement, second, check=Check.CODE_IN_PERSON, seen=CARD)
            turns.revoke(self.mediator, lost.turn)
        self.later(4)
        with self.at(10):
            unsure = turns.give(self.mediator, self.agreement, first, check=Check.DOCUMENT, seen=CARD)
            turns.take_paper(self.mediator, unsure.turn)
            signing.sign(self.mediator, self.agreement, first, manner=SignManner.FINGERPRINT, at=clock.now())
            for signature in signing.wanted(self.agreement)[1:]:
                self._signs(signature)
            sessions.close(self.mediator, self.session, "end")

    def _signs(self, signature: Signature) -> None:
        """On the tablet; the organisation puts its seal on the paper."""
        if signature.signer is Signer.ORGANISATION:
            signing.sign(self.mediator, self.agreement, signature, manner=SignManner.SEAL, at=clock.now())
            return
        check, seen = (Check.DOCUMENT, CARD) if signature.party_id else (Check.ACCOUNT, "")
        given = turns.give(self.mediator, self.agreement, signature, check=check, seen=seen)
        file = reading.file_of(given.turn)
        turns.sign(self.mediator, given.turn, STROKES, read=file.sha256 if file else "")

    def refused_on_screen(self) -> None:
        """One party read it on the tablet, and would not sign."""
        self.in_signing()
        with self.after(80):
            signature = signing.wanted(self.agreement)[1]
            given = turns.give(self.mediator, self.agreement, signature, check=Check.DOCUMENT, seen=CARD)
            turns.refuse(self.mediator, given.turn, reason="分期的期限太短。")
            sessions.close(self.mediator, self.session, "end")
            self._report(EndCode.UNSIGNED, "被申请人在屏幕上阅读后拒绝签字。")
            self._handed_back()


def hand_out_links(agreement_id: int) -> None:
    """This morning both parties of an agreement got a link; one has entered the code and reads."""
    clerk = who("clerk")
    agreement = drafting.get(clerk, agreement_id)
    if agreement is None:
        return
    first, second = signing.wanted(agreement)[:2]
    reads = turns.give(clerk, agreement, first, check=Check.CODE_IN_PERSON, seen=CARD)
    turns.enter_code(reads.turn, reads.code, browser="Mozilla/5.0 (Linux; Android 14)")
    turns.give(clerk, agreement, second, check=Check.CODE_IN_PERSON, seen=CARD)
