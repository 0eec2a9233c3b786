"""Many documents as one file: all papers of a day, or those that were ticked."""
