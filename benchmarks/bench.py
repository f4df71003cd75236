"""`make bench SIZE=S|M|L`: run the stages, print what each took, as a table in Markdown.

Belongs here: the order of stages, processes, memory, ratios, the table. Does not: what a stage
does (stages, yardsticks). Nothing is asserted: tests prove what is right, this says how fast.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.sizes import SIZES

ORDER = (
    "generate", "parse", "models", "assess", "publish", "next_month", "assess_month",
    "publish_month", "late_correction", "assess_correction", "publish_correction", "months", "scan",
    "questions",
)  # fmt: skip
YARDSTICKS = ("pandas_rollup", "polars_rollup", "postgres")


def run_stage(name: str, size: str, root: Path, memory_limit: str | None) -> dict:
    """Run a stage in a process of its own; adds its peak memory in MiB.

    Raises:
        subprocess.CalledProcessError: the stage failed; its own words are on stderr.
    """
    environment = os.environ | ({"SEMAFORO_MEMORIA": memory_limit} if memory_limit else {})
    command = [sys.executable, "-m", "benchmarks.stages", name, size, str(root)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return json.loads(output.splitlines()[-1]) | {"peak_mib": usage.ru_maxrss / 1024}


def table(results: dict[str, dict]) -> list[str]:
    """Write the results as a Markdown table; the unit of ratios is the scan, where it ran."""
    unit = results.get("scan", {}).get("processor")
    lines = [
        "| stage | seconds | processor s | × scan | peak MiB | rows | rows/s |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, found in results.items():
        rows = found.get("rows")
        rate = f"{rows / found['seconds']:,.0f}" if rows else ""
        lines.append(
            f"| {name} | {found['seconds']:.2f} | {found['processor']:.2f} "
            f"| {found['processor'] / unit if unit else float('nan'):.1f} "
            f"| {found['peak_mib']:.0f} | {f'{rows:,}' if rows else ''} "
            f"| {rate} |"
        )
    return lines


def slowest_models(found: dict, count: int = 12) -> list[str]:
    """List the models that took longest."""
    models = sorted(found["models"].items(), key=lambda item: -item[1])
    return [
        f"{len(models)} models, {sum(found['models'].values()):.2f} s in them, the slowest:",
        *(f"  {seconds:8.2f} s  {name}" for name, seconds in models[:count]),
    ]


def questions(found: dict) -> list[str]:
    """Write the times of the six questions as a Markdown table, in milliseconds."""
    return [
        "| question | warm p50 ms | warm p95 ms | first call ms |",
        "|---|---|---|---|",
        *(
            f"| {name} | {times['warm_p50']:.1f} | {times['warm_p95']:.1f} | {times['first']:.1f} |"
            for name, times in found["questions"].items()
        ),
    ]


def main() -> None:
    """Measure one size."""
    options = argparse.ArgumentParser(prog="make bench", description=__doc__)
    options.add_argument("size", choices=SIZES)
    options.add_argument("--root", type=Path, help="folder to work in; kept afterwards")
    options.add_argument("--memory-limit", help="memory_limit of DuckDB in the models, as 4GiB")
    options.add_argument("--stages", help="only these, by commas, on a kept folder")
    chosen = options.parse_args()
    root = chosen.root or Path(tempfile.mkdtemp(prefix="semaforo-bench-"))
    order = (*ORDER, *(YARDSTICKS if chosen.size in {"S", "M"} else ()))
    if chosen.stages:
        order = tuple(chosen.stages.split(","))
    if "generate" in order:
        shutil.rmtree(root, ignore_errors=True)
    results: dict[str, dict] = {}
    try:
        for name in order:
            print(f"{name} ...", file=sys.stderr, flush=True)
            results[name] = run_stage(name, chosen.size, root, chosen.memory_limit)
            print(json.dumps({name: results[name]}), file=sys.stderr, flush=True)
    finally:
        print("\n".join(table(results)))
        for name in ("models", "next_month", "late_correction", "overhead", "postgres"):
            if name in results:
                print(f"\n{name}: " + "\n".join(slowest_models(results[name])))
        if "questions" in results:
            print("\n" + "\n".join(questions(results["questions"])))
        if chosen.root is None:
            shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    main()
