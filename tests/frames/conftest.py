"""A PostgreSQL server for the tests, started once in a folder of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

PASSWORD = "s3cret/word"  # noqa: S105  of a server that lives as long as the tests


def _binaries() -> Path | None:
    """The newest of Debian's servers, or one on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: p.parts[-3])
    if found:
        return found[-1].parent
    here = shutil.which("initdb")
    return Path(here).resolve().parent if here else None


def _run(*words: str) -> None:
    """Run a program, as somebody else where we are root: PostgreSQL refuses to run as root."""
    if os.geteuid() == 0:
        words = ("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", *words)
    subprocess.run(words, check=True, capture_output=True, timeout=120, cwd="/")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """URL of an empty database called cohort, with its password."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server here; install it: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short: sockets have short paths
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody", "nogroup")
    secret = folder / "password"
    secret.write_text(PASSWORD)
    secret.chmod(0o644)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = folder / "data"
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off -k {folder}"
    control = str(binaries / "pg_ctl")
    try:
        _run(str(binaries / "initdb"), "-D", str(data), "-U", "owner", "-A", "scram-sha-256",
             f"--pwfile={secret}", "-E", "UTF8", "--no-locale", "--no-sync")  # fmt: skip
        _run(control, "-D", str(data), "-w", "-o", options, "-l", str(folder / "log"), "start")
        base = f"postgresql://owner:s3cret%2Fword@127.0.0.1:{port}"
        try:
            with psycopg.connect(f"{base}/postgres", autocommit=True) as connection:
                connection.execute("CREATE DATABASE cohort")
            yield f"{base}/cohort"
        finally:
            _run(control, "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
