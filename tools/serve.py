"""Start Plandialog: migrate, then serve pages and work off the queue until one of both ends.

`python -m tools.serve` starts with the settings of the environment, `--demonstration` (which is
`make run`) also fills an empty database with the demonstration. PORT, HOST and WORKERS are read
here; everything else is in config.py.
"""

import argparse
import ctypes
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from tools.catalogues import ROOT, compile_catalogues

PATIENCE = 10.0  # seconds between the request to stop and the end by force
START_LIMIT = 60.0  # seconds until the first answer
LIBC = ctypes.CDLL(None)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.serve", description=__doc__)
    parser.add_argument("--demonstration", action="store_true", help="with fictional people")
    demonstration = parser.parse_args(arguments).demonstration

    os.chdir(ROOT)
    host = os.environ.get("HOST", "127.0.0.1")
    port = int(os.environ.get("PORT", "8000"))
    if not _is_free(host, port):
        print(f"Port {port} is in use. Choose another: make run PORT={port + 1}", file=sys.stderr)
        return 1
    if demonstration:
        _settings_of_the_demonstration(port)

    compile_catalogues()
    steps = [["db", "upgrade"], *([["demo", "load"]] if demonstration else [])]
    for step in steps:
        done = subprocess.run(_flask(*step), check=False)
        if done.returncode:
            print(f"flask {' '.join(step)} failed; see above.", file=sys.stderr)
            return done.returncode
    return _run_until_one_ends(host, port, _accounts() if demonstration else "")


def _settings_of_the_demonstration(port: int) -> None:
    os.environ.setdefault("DEMONSTRATION", "yes")
    os.environ.setdefault("SERVER_URL", f"http://localhost:{port}")
    if "SECRET_KEY" not in os.environ:
        data = ROOT / os.environ.get("DATA_DIR", "var")
        data.mkdir(parents=True, exist_ok=True)
        os.environ["SECRET_KEY"] = _own_secret(data / "secret-key")


def _own_secret(file: Path) -> str:
    """The same at every start, so that nobody is signed out; known to this machine only."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text().strip()


def _flask(*command: str) -> list[str]:
    return [sys.executable, "-m", "flask", "--app", "wsgi", *command]


def _accounts() -> str:
    """Whom one can sign in as, told at every start."""
    done = subprocess.run(_flask("demo", "accounts"), capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else done.stderr


def _granian(host: str, port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host),
        *("--port", str(port), "--workers", os.environ.get("WORKERS", "2")),
        *("--blocking-threads", "2", "--log-level", "warning", "--workers-kill-timeout", "5"),
        *("--respawn-failed-workers", "--respawn-interval", "0.5", "wsgi:app"),
    ]


def _run_until_one_ends(host: str, port: int, accounts: str) -> int:
    stop = threading.Event()
    for wanted in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(wanted, lambda *_: stop.set())
    children = {
        "The worker": _start(_flask("worker")),
        "The web server": _start(_granian(host, port)),
    }
    address = f"http://{'localhost' if host == '127.0.0.1' else host}:{port}"
    waited, told = 0.0, False
    ended: str | None = None
    while ended is None and not stop.wait(0.2):
        ended = next((name for name, child in children.items() if child.poll() is not None), None)
        waited += 0.2
        if not told and (_answers(port, host) or waited > START_LIMIT):
            told = True
            print(f"\nPlandialog is at {address} – stop it with Ctrl-C.", flush=True)
            print(accounts, flush=True)
    if ended is not None:
        code = children[ended].returncode
        print(f"{ended} ended by itself (code {code}); stopping the rest.", file=sys.stderr)
    _stop(list(children.values()))
    return 0 if ended is None else 1


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    """In its own process group: a signal from the terminal reaches it once, through us."""
    return subprocess.Popen(command, process_group=0, preexec_fn=_end_with_parent)  # noqa: PLW1509 — no thread runs yet


def _end_with_parent() -> None:
    """Nothing is left behind holding the port, even where this process is killed (Linux)."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        LIBC.prctl(pr_set_pdeathsig, signal.SIGTERM)


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            print(f"Ending process {child.pid} by force.", file=sys.stderr)
        try:
            os.killpg(child.pid, signal.SIGKILL)  # whatever it started itself
        except ProcessLookupError:
            continue
        child.wait()


def _answers(port: int, host: str) -> bool:
    here = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104 — asked, not bound
    try:
        with urllib.request.urlopen(f"http://{here}:{port}/health", timeout=2):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
