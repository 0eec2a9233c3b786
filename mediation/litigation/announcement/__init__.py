"""Service by public announcement: the last way, in the ordinary procedure alone (CPL art. 95; S2 arts 138-140)."""
