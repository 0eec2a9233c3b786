"""Every word shown around an appraisal before filing."""

from mediation.assignment.appraisal.rules import AppraisalGroup, Obstacle
from mediation.kernel.i18n import _l

APPRAISAL_GROUP = {
    AppraisalGroup.TRAFFIC: _l("Road traffic accident"),
    AppraisalGroup.MEDICAL: _l("Medical damage"),
    AppraisalGroup.PROPERTY: _l("Damage to property"),
    AppraisalGroup.CONSTRUCTION: _l("Construction contract"),
    AppraisalGroup.LABOUR_SERVICE: _l("Contract for labour services"),
    AppraisalGroup.PRODUCT: _l("Product liability"),
    AppraisalGroup.SALE: _l("Sales contract"),
    AppraisalGroup.INJURY: _l("Bodily injury"),
    AppraisalGroup.OTHER: _l("Another dispute that needs an appraisal"),
}
OBSTACLE = {
    Obstacle.NOT_BEFORE_FILING: _l("An appraisal before filing is for what the court delegated."),
    Obstacle.NOT_RUNNING: _l("The mediation is not running."),
    Obstacle.NOT_ALL: _l("An appraisal before filing is voluntary: all other parties must consent."),
}
REMEDY = {
    Obstacle.NOT_BEFORE_FILING: _l(
        "After filing the parties apply to the court that tries the case; outside the court they may commission one together."
    ),
    Obstacle.NOT_RUNNING: _l("Apply once the mediation runs, or after filing to the court that tries the case."),
    Obstacle.NOT_ALL: _l("Record the consent of all others, or mediate on without an appraisal."),
}
EVENT = _l("An appraisal before filing was applied for.")
