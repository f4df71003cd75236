"""Measures of semaforo at the size of a country; not part of the installed package."""
