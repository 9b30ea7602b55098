"""The report of an audit as one page: figures from the tables of verdicts, and the page itself.

`statistics.statistics` reads the tables; `page.write` shows what it found. The page stands alone:
it loads nothing, and nothing of a log can act in it.
"""
