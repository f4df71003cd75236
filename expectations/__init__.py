"""Data-quality rules as Great Expectations suites, one module a suite.

Belongs here: which expectation judges what a rule measures. Does not: what is measured, which is
SQL (models/intermediate/calidad), nor a threshold, which is the catalog reglas_calidad.
Great Expectations takes seconds to import: engine.py does, for all, and only runner.py is asked
for from outside.
"""
