"""The engines besides DuckDB: how a warehouse's rows get there and the figures come back."""
