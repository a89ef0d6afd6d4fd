"""What starts `ipportal`, and `python -m ipportal`: an end by Ctrl+C is a quiet one from the first moment on."""

from __future__ import annotations

import signal


def main() -> int:
    """Run the command line; what interrupts it while it is loaded ends the process without a traceback."""
    heeded = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # a shell's background ignores it
    if heeded:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from .cli import main as run  # noqa: PLC0415 - this is what takes its time

    if heeded:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return run()


if __name__ == "__main__":
    raise SystemExit(main())
