"""Demonstration disputes in which more than one mediates, and cases whose judge asks for more time."""

from mediation.assignment.together import joining
from mediation.assignment.together.models import CoMediator
from mediation.assignment.together.rules import ChairBy, CoReason
from mediation.cli.stories import who
from mediation.cli.times import TimeStory
from mediation.kernel.actor import system
from mediation.litigation import services as litigation
from mediation.litigation.limits import asking
from mediation.litigation.limits.models import LimitExtension
from mediation.litigation.rules import Manner

# Who is asked to join: nobody of the main stories.
BESIDE = "mediator12"


class CompanyStory(TimeStory):
    """Further mediators (S4 art. 13), and more time to try a case (CPL arts 152, 164, 168)."""

    # ---- together ----------------------------------------------------------------------------------------------------

    def _asked(self) -> CoMediator:
        self.accepted()
        with self.at(17):
            return joining.ask(
                who("clerk"), self.assignment, mediator_id=who(BESIDE).mediator_id or 0, why=CoReason.PROFESSIONAL,
                reason="涉及房屋质量问题，需要有专业知识的调解员共同调解。",
            )  # fmt: skip

    def joining_asked(self) -> None:
        self._asked()

    def _joined(self) -> CoMediator:
        found = self._asked()
        self.later(1)
        with self.at(9):
            joining.accept(who(BESIDE), found)
        return found

    def joined(self) -> None:
        self._joined()

    def joining_declined(self) -> None:
        found = self._asked()
        self.later(1)
        with self.at(9):
            joining.decline(who(BESIDE), found, reason="当日有其他调解，不能到场。")

    def joining_unanswered(self) -> None:
        """Three working days went by without an answer."""
        self._asked()
        self.later(5)
        with self.at(9):
            joining.expire_unanswered(system(self.dispute.court_id))

    def left(self) -> None:
        found = self._joined()
        with self.at(16):
            joining.leave(who("clerk"), found, reason="专业问题已经查明，不再需要。")

    def chaired(self) -> None:
        """All parties wish that the one who joined presides."""
        found = self._joined()
        with self.at(16):
            everyone = [p.id for p in self.parties]
            joining.preside(who("clerk"), self.assignment, found, by=ChairBy.PARTIES, party_ids=everyone)

    # ---- more time ---------------------------------------------------------------------------------------------------

    def _more_time(self) -> LimitExtension:
        self.on_fast_track()
        self.later(1)
        with self.at(10):
            return asking.ask(who("fasttrack"), self.case, months=1, reason="案情需要等待鉴定意见，无法在期限内审结。")

    def more_time_asked(self) -> None:
        self._more_time()

    def more_time_granted(self) -> None:
        asked = self._more_time()
        with self.at(16):
            asking.grant(who("president"), asked, note="情况属实。")

    def more_time_refused(self) -> None:
        asked = self._more_time()
        with self.at(16):
            asking.refuse(who("president"), asked, note="鉴定尚未启动，延长理由不成立。")

    def more_time_not_needed(self) -> None:
        """The claimant withdrew the suit; the application falls away with the limit."""
        self._more_time()
        self.later(1)
        with self.at(10):
            litigation.close_case(who("fasttrack"), self.case, Manner.WITHDRAWN, note="原告申请撤诉。")
