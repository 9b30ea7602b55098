"""`python -m linter.cli` is `replylint`."""

from linter.cli import main

main()
