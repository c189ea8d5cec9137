"""Private PostgreSQL and Redis servers for tests, from the machine's installed binaries."""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest

_START_S = 30


# A server that has not started yet holds no port: two of a town would get the same one.
_GIVEN: set[int] = set()


def skip_or_fail(reason: str) -> NoReturn:
    """Skip the test; where servers are required, fail it."""
    if os.environ.get("DOORSTEP_REQUIRE_SERVERS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def free_port() -> int:
    """Return a loopback port that nobody uses now, and none that was returned before.

    It is below those that systems give to outgoing connections, one of which might take it before
    the server that it is for has started.
    """
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        if port in _GIVEN:
            continue
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            _GIVEN.add(port)
            return port


def has_postgresql() -> bool:
    """Say whether a server can be had."""
    return bool(os.environ.get("DOORSTEP_TEST_POSTGRES_URL")) or _postgresql_binaries() is not None


@contextmanager
def postgresql_server() -> Iterator[str]:
    """Yield the address of a server in which databases may be made.

    ``DOORSTEP_TEST_POSTGRES_URL`` if set, else a server of our own that ends with the block.
    """
    given = os.environ.get("DOORSTEP_TEST_POSTGRES_URL")
    if given:
        yield given.replace("postgresql+psycopg://", "postgresql://")
        return
    binaries = _postgresql_binaries()
    if binaries is None:
        skip_or_fail("PostgreSQL is not installed, and DOORSTEP_TEST_POSTGRES_URL is not set")
    with _folder() as folder, _running_postgresql(binaries, folder) as url:
        yield url


@contextmanager
def fresh_database(server: str, *, template: str | None = None) -> Iterator[str]:
    """Yield the address of an empty database, or of a copy of another, and drop it afterwards."""
    name = f"doorstep_test_{uuid.uuid4().hex[:12]}"
    copied = "" if template is None else f" TEMPLATE {_name_in(template)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}{copied}".encode())
    try:
        yield _address_of(server, name)
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@contextmanager
def redis_server() -> Iterator[str]:
    """Yield the address of a private Redis that keeps nothing on disk."""
    binary = shutil.which("redis-server")
    if binary is None:
        skip_or_fail("Redis is not installed")
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="doorstep-redis-") as folder:
        settings = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder]
        server = subprocess.Popen(  # noqa: S603 the machine's own server
            [binary, "--port", str(port), *settings], stdout=subprocess.DEVNULL
        )
        try:
            _wait_for_redis(port)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()
            server.wait(timeout=10)


def _address_of(server: str, database: str) -> str:
    address, _, options = server.partition("?")
    base = address.rpartition("/")[0]
    return f"{base}/{database}" + (f"?{options}" if options else "")


def _name_in(address: str) -> str:
    return address.partition("?")[0].rpartition("/")[2]


def _postgresql_binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    return None if on_path is None else Path(on_path).parent


def _as_nobody_special() -> list[str]:
    """Return what makes a command run without root's rights, which PostgreSQL refuses."""
    return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


@contextmanager
def _folder() -> Iterator[Path]:
    """Make a folder that the server's user owns; its socket needs a short path."""
    folder = Path(tempfile.mkdtemp(prefix="doorstep-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running_postgresql(binaries: Path, folder: Path) -> Iterator[str]:
    data, port = folder / "data", free_port()
    _run(
        [
            str(binaries / "initdb"),
            *("-D", str(data), "-U", "doorstep", "-A", "trust", "-E", "UTF8"),
            *("--locale", "C.UTF-8", "--no-sync"),
        ],
        folder,
    )
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    pg_ctl = [str(binaries / "pg_ctl"), "-D", str(data), "-w", "-t", str(_START_S)]
    _run([*pg_ctl, "-l", str(folder / "log"), "-o", options, "start"], folder)
    try:
        yield f"postgresql://doorstep@127.0.0.1:{port}/postgres"
    finally:
        with suppress(subprocess.CalledProcessError):
            _run([*pg_ctl, "-m", "immediate", "stop"], folder)


def _run(command: list[str], folder: Path) -> None:
    subprocess.run(  # noqa: S603 the machine's own server
        [*_as_nobody_special(), *command],
        check=True,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )


def _wait_for_redis(port: int) -> None:
    give_up_at = time.monotonic() + _START_S
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                if connection.recv(16).startswith(b"+PONG"):
                    return
        except OSError:
            if time.monotonic() > give_up_at:
                raise
        time.sleep(0.05)
