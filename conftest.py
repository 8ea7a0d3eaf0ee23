"""What pytest leaves out where an extra is absent."""

from importlib.util import find_spec

# Its examples are collected by importing it, which raises `MissingExtraError`.
collect_ignore = [] if find_spec("pyspark") else ["src/govinfo/spark.py"]
