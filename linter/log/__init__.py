"""The audit of event logs: sources, the store, constraints as queries, reports.

A native export is **ingested** into the event log's one form (`columns`), its texts are **read**
for acts and kinds of comment, the policies' log rules are **judged** as set queries, and the
verdicts are **reported**.
"""
