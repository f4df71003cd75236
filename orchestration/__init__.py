"""The refresh, step by step: loading, dbt, publication, and the command line over them."""
