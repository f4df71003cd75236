"""What takes published marts to the servers that BI tools read."""
