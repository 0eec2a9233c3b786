"""Every word shown for what stands in the way of the notice board."""

from mediation.kernel.i18n import _l
from mediation.public.rules import Obstacle

OBSTACLE = {Obstacle.REPLACED: _l("A later draft was made; this one is not released any more.")}
REMEDY = {Obstacle.REPLACED: _l("Read the later draft and release that one.")}
