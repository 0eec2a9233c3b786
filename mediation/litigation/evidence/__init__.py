"""Evidence in its time: more time asked for in writing, and what is done with evidence that comes late (CPL art. 68; S2 arts 100-102)."""
