"""Alerts: what the published marts find wrong, sent to the unit that can put it right.

Belongs here: who is told what, in which words, and that it arrives once. Does not: what is a
finding, how grave it is or what it means (fct_alerta and the catalog reglas_calidad say so).
Addresses come from the private part of the warehouse and go nowhere but into messages.
"""
