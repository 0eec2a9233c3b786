"""Who joins a filed case, and what is claimed in it besides the suit: co-parties, third parties, counterclaims (CPL arts 54, 59, 135, 143)."""
