"""For all tests: unit tests open no socket, and what is required is not skipped."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, settings
from pytest_socket import disable_socket, enable_socket

UNIT = Path(__file__).parent / "unit"

# How long an example takes says how busy the machine is, not whether the rule holds.
settings.register_profile("doorstep", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("doorstep")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.path.is_relative_to(UNIT):
        # Event loops wake themselves by a pair of local sockets.
        disable_socket(allow_unix_socket=True)
    else:
        enable_socket()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    enable_socket()
    # Commands set up the logs of their whole process, and here all tests share one.
    structlog.reset_defaults()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that was skipped although this machine is said to have all it needs."""
    del call
    report = yield
    is_required = os.environ.get("DOORSTEP_REQUIRE_SERVERS") == "1"
    if report.skipped and is_required and item.get_closest_marker("services"):
        report.outcome = "failed"
    return report
