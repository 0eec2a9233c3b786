"""The report of a month, a quarter or a year on paper: prepared in the background, archived, sent where the court wants it."""
