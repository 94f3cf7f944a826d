"""Processes that tests start in order to kill them."""

import os
import traceback
from collections.abc import Callable

from flask import Flask


def start(app: Flask, work: Callable[[int], None]) -> tuple[int, int]:
    """A process that does the work, which gets the pipe to us: its id, and our end.

    Nothing may be connected to the database yet when it is forked.
    """
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    code = 1
    try:
        with app.app_context():
            work(writing)
        code = 0
    finally:  # nothing of the parent's own work happens in here
        if code:
            traceback.print_exc()
        os._exit(code)
