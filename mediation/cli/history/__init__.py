"""The past of the demonstration court, from the centre's first day: disputes that are over, made from a seed."""
