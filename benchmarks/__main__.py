"""`make bench`: print every benchmark with its goal. Ratios are taken within one run; machines are noisy."""

from __future__ import annotations

import os
import platform

from benchmarks import report_turn, startup, understanding


def main() -> None:
    """Print the machine and one table."""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}\n")
    rows = [*report_turn.table(), *understanding.table(), *startup.table()]
    for what, measured, goal in rows:
        print(f"{what:<48} {measured:<34} goal {goal}")


if __name__ == "__main__":
    main()
