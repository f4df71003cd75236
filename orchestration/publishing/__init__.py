"""What readers see of a warehouse: a published database, Parquet copies, a manifest."""
