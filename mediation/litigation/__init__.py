"""The case register after filing: prior mediation, fee notice, fast track, closing."""
