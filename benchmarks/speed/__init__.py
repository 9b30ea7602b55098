"""How fast replylint is, beside other linters of prose."""
