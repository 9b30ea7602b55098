"""Native files in, the event log out: typed, linked, and with all that could not be read.

source = sources.find("generic")
ingest([Path("log.jsonl")], source, Path("store"))   # store/events/*.parquet, rejects.parquet
"""

from linter.log.ingest.files import expand
from linter.log.ingest.rows import Rejected
from linter.log.ingest.run import Ingested, events_of_rows, ingest

__all__ = ["Ingested", "Rejected", "events_of_rows", "expand", "ingest"]
