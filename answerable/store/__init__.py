"""The only code that speaks to a database: models, queries, one function is one transaction."""
