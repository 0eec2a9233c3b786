"""Whether this court may try the case: objected to, ruled on, appealed against, accepted by answering (CPL art. 130)."""
