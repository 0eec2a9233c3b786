"""Words of the screen in the hall."""

from mediation.kernel.i18n import _l
from mediation.public.screen.rules import Dimension, ProblemType

DIMENSION = {
    Dimension.TYPE: _l("What disputes are about"),
    Dimension.COMMUNITY: _l("Where disputes come from"),
}
PROBLEM_TYPE = {
    ProblemType.FAMILY: _l("Marriage and family"),
    ProblemType.NEIGHBOURS: _l("Neighbours"),
    ProblemType.HOUSING: _l("Housing: rent and sale"),
    ProblemType.PROPERTY_SERVICE: _l("Property management"),
    ProblemType.LABOUR: _l("Labour"),
    ProblemType.CONSUMER: _l("Consumers"),
    ProblemType.TRAFFIC: _l("Traffic"),
    ProblemType.MEDICAL: _l("Medical treatment"),
    ProblemType.LENDING: _l("Lending"),
    ProblemType.DAMAGES: _l("Damages"),
    ProblemType.EXPROPRIATION: _l("Expropriation and demolition"),
    ProblemType.OTHER: _l("Other"),
}
NO_PLACE = _l("Place not recorded")
