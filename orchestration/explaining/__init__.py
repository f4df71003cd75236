"""Explaining a figure: from what is printed down to the registrations and files it stands on.

Every value is read from the models (models/intermediate/explicacion and the marts); nothing here
computes one.
"""
