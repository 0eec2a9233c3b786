"""How each figure is counted: for every name of the catalogue its two halves, as rows of the records."""
