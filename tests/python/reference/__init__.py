"""A plain-Python reading of the data contract, sections 2 and 3, in exact fractions.

It knows nothing of the SQL models: it reads a folder of contract CSVs and says which rows the
marts must hold as of a date. Slow and literal on purpose; no product code imports it.
"""
