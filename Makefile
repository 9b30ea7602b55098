# `make demo` and `make test` set up all they need in environments of their own.
PYTHON ?= python3
DEMO := .venv-demo
DEV := .venv-dev

.PHONY: demo test lint docs clean

demo: $(DEMO)/ready
	@cd examples/shop && ../../$(DEMO)/bin/replylint check --no-cache || test $$? -eq 1
	@cd examples/shop && ../../$(DEMO)/bin/replylint audit log/2026-q1.jsonl --no-replies --no-cache || test $$? -eq 1

test: $(DEV)/ready
	$(DEV)/bin/python -m pytest -q -n 2

lint: $(DEV)/ready
	$(DEV)/bin/ruff check .
	$(DEV)/bin/ruff format --check .
	$(DEV)/bin/mypy
	$(DEV)/bin/replylint docs --check

docs: $(DEV)/ready
	$(DEV)/bin/replylint docs

$(DEMO)/ready: pyproject.toml
	$(PYTHON) -m venv --clear $(DEMO)
	$(DEMO)/bin/python -m pip install -q --disable-pip-version-check -e .
	@touch $@

$(DEV)/ready: pyproject.toml
	$(PYTHON) -m venv --clear $(DEV)
	$(DEV)/bin/python -m pip install -q --disable-pip-version-check -e '.[dev]'
	@touch $@

clean:
	rm -rf $(DEMO) $(DEV) build dist .replylint-cache .mypy_cache .ruff_cache .pytest_cache
