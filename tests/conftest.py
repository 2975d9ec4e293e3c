"""With MINSTREL_NO_SKIPS set, a skipped test fails: on the machine that has everything, everything runs."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and os.environ.get("MINSTREL_NO_SKIPS") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
    return report
