"""What all tests share.

With MINSTREL_NO_SKIPS set, a skipped test fails: on the machine that has everything, everything runs. Property tests
draw the same examples on every run, so that a change and its test result belong together.
"""

from __future__ import annotations

import os
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
