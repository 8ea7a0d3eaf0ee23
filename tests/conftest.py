"""Hypothesis profiles: few examples where a person waits, many where a machine does (`--hypothesis-profile=ci`)."""

import os

from hypothesis import settings

# No deadline: the machines that run this differ, and a slow example is no failure.
settings.register_profile("default", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=500, deadline=None, print_blob=True)
# On a machine that gates a change the same examples are drawn every time: a change fails for what it did.
settings.register_profile("gate", settings.get_profile("default"), derandomize=True, database=None)
settings.load_profile("gate" if "CI" in os.environ else "default")
