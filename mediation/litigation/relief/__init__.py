"""Time that was missed for a good reason, restored by the court (CPL art. 86)."""
