"""One module per command of `python -m sumber`: each has `configure(parser)` and `run(arguments)`."""
