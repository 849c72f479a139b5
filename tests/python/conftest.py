"""What all tests of the Python package share."""

from hypothesis import HealthCheck, settings

# Machines that test are busy: time says nothing about whether a law holds.
settings.register_profile("zeroskew", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("zeroskew")
