"""Hypothesis profiles: few examples where a person waits, many where a machine does (`--hypothesis-profile=ci`)."""

import os

from hypothesis import HealthCheck, Phase, settings

# No deadline: the machines that run this differ, and a slow example is no failure.
settings.register_profile("default", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=500, deadline=None, print_blob=True)
# On a machine that gates a change the same examples are drawn every time: a change fails for what it did.
settings.register_profile("gate", settings.get_profile("default"), derandomize=True, database=None)
# One of thousands of runs over changed code: that a test fails is enough, its smallest example is not asked for.
settings.register_profile(
    "mutation",
    settings.get_profile("gate"),
    max_examples=20,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=(HealthCheck.too_slow,),  # a loaded machine must not count as a test that notices
)
settings.load_profile("gate" if "CI" in os.environ else "default")
