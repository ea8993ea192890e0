"""Tests mirror `app/`; plus architecture, journeys, benchmarks and faults."""
