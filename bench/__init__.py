"""Measurements: each figure beside a floor taken in the same run; nothing here is asserted."""
