"""Who tries a case: one judge, or a panel with its presiding judge (CPL arts 40, 44, 131)."""
