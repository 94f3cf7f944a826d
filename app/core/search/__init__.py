"""Search over everything public, the same on SQLite and PostgreSQL (docs/search.md).

`models` holds the index, `sources` says what each feature lets be found, `writing` keeps the index
in the transaction of the change, `asking` finds, `excerpts` shows where.
"""
