"""Sources: validated mappings from native exports to the event log, and their loading."""

from linter.log.sources.load import find, load, shipped
from linter.log.sources.model import Source

__all__ = ["Source", "find", "load", "shipped"]
