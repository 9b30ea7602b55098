"""Policies: YAML files, validated with places, made into rules, conditions and coverage."""
