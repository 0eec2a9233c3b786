"""Another procedure than the one a case began in: on the judge's own finding, or because a party objects (CPL arts 169, 170)."""
