"""PostgreSQL: where it is, its tables, its statements, rows in and out."""
