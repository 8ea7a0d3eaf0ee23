"""Hypothesis profiles: few examples where a person waits, many where a machine does (`--hypothesis-profile=ci`)."""

from hypothesis import settings

# No deadline: the machines that run this differ, and a slow example is no failure.
settings.register_profile("default", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=500, deadline=None, print_blob=True)
settings.load_profile("default")
