"""The statutory clock: rest days, periods with their article, deadlines and why they fall where they do."""
