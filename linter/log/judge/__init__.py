"""Judges an event log: constraints (`logic.constraints`) as set queries in DuckDB's SQL.

Only functions that mean the same in DuckDB 1.5 and 2.0 are used: `regexp_matches` rather than `~`,
no lambda arrows, no `//`. Nothing depends on the order of rows; ties are broken by id.
"""
