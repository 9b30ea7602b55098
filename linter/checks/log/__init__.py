"""Checks of event logs: each says which constraint (`logic.constraints`) its options write down."""
