"""Our platform and the ceiling, each served by granian as in earnest: two workers, one thread."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def served(target: str, environment: dict[str, str]) -> Iterator[str]:
    """The WSGI application `module:name`; yields its address."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
        *("--port", str(port), "--workers", "2", "--blocking-threads", "1"),
        *("--log-level", "warning", target),
    ]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, server)
        yield address
    finally:
        server.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.wait(10)
        server.kill()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if server.poll() is not None:
            raise RuntimeError("the server ended before it answered")
        with suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(f"{address}/health", timeout=2).close()  # noqa: S310
            return
        time.sleep(0.1)
    raise RuntimeError("the server does not answer")
