"""gunicorn's worker with threads, whose threads take turns: `worker_class = "ipportal.cli.worker.Worker"`."""

from __future__ import annotations

from gunicorn.workers.gthread import ThreadWorker

from ..turns import STALL_SECONDS, Turns


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn is not typed
    """A process that answers requests, on as many threads as the setting says, and on as few as will do."""

    def get_thread_pool(self) -> Turns:
        """Return what runs the requests."""
        return Turns(self.cfg.threads)

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """Wait for clients, and look after the threads."""
        super().wait_for_and_dispatch_events(timeout=min(timeout, STALL_SECONDS) if self.tpool.behind else timeout)
        self.tpool.look()
