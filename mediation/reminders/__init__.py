"""Word in time: whose period is about to end, and whose has ended without being met."""
