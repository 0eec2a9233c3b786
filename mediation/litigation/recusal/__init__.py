"""Recusal of judges and clerks (CPL arts 47-50; S2 arts 43-49): applied for, decided, reviewed once; a successor is named."""
