"""Every word shown for who tries a case."""

from mediation.kernel.i18n import _l
from mediation.litigation.bench.rules import Obstacle

OBSTACLE = {
    Obstacle.CLOSED: _l("The case is closed."),
    Obstacle.NOT_A_JUDGE: _l("Choose a judge of this court."),
    Obstacle.NOT_FAST_TRACK: _l("A case on the fast track is tried by a judge of the fast track."),
    Obstacle.JUDGE_MEDIATED: _l("Who mediated the dispute does not try it."),
    Obstacle.JUDGE_APART: _l("This judge has withdrawn from the dispute, or is suspended until the recusal is decided."),
    Obstacle.NO_PANEL: _l("One judge alone tries this case; it has no panel."),
    Obstacle.NOT_ODD: _l("A panel has at least three members, and an odd number of them."),
    Obstacle.TWICE: _l("Somebody is named twice."),
    Obstacle.NO_REASON: _l("Say why somebody else goes on with the case."),
    Obstacle.NOT_ANOTHER: _l("This bench tries the case already."),
}  # fmt: skip
REMEDY = {
    Obstacle.NOT_FAST_TRACK: _l("Choose a judge of the fast track, or convert the case first."),
    Obstacle.JUDGE_MEDIATED: _l("Choose another judge."),
    Obstacle.JUDGE_APART: _l("Choose another judge."),
    Obstacle.NO_PANEL: _l("Leave the other members empty; a ruling hands the case to a panel."),
    Obstacle.NOT_ODD: _l("Name two other members, or four."),
}
EVENTS = {
    "litigation_case.name_bench": _l("The parties were told who tries the case"),
}
# How each member signs: the presiding judge, a single judge, the others.
PRESIDING, JUDGE, ASSESSOR = "审判长", "审判员", "人民陪审员"
TITLE = {
    PRESIDING: _l("Presiding judge"),
    JUDGE: _l("Trial judge"),
    ASSESSOR: _l("People's assessor"),
}
