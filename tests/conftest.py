"""What all tests share.

With MINSTREL_NO_SKIPS set, a skipped test fails: on the machine that has everything, everything runs. Property tests
draw the same examples on every run, so that a change and its test result belong together.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Generator

import pytest
from hypothesis import settings

settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and os.environ.get("MINSTREL_NO_SKIPS") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many requests of the journeys were held against the platforms' specifications, none of which failed."""
    judged: Counter[str] = Counter()
    for report in (report for reports in terminalreporter.stats.values() for report in reports):
        if getattr(report, "when", "") == "teardown" and report.passed:
            for name, value in report.user_properties:
                if name == "judged":
                    judged[value[0]] += value[1]
    for surface, count in sorted(judged.items()):
        terminalreporter.write_line(f"{surface}: {count} requests of the journeys judged, 0 violations")
