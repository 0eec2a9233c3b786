"""The conduct of those on the lists: complaints, sanctions after hearing, yearly evaluation (S4 arts 10, 28; S5 art. 29)."""
