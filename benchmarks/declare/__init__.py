"""The judge of event logs beside pm4py's DECLARE conformance checking."""
