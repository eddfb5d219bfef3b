# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""Asks a server of the Open Inference Protocol with Triton's own client, over HTTP.

usage: triton_peer.py HOST:PORT [--server retort|triton] [--metrics URL]

The server has the models of `triton_models`. Each case has one answer, but for those in `triton_differences`: there
Triton's is named too, and a case fails when a difference is no longer one. Prints what failed, and at last "N passed, M
failed".
"""

import argparse
import sys
import traceback

# Importing the cases lists them, in this order.
import triton_asking
import triton_cases  # noqa: F401
import triton_refusals  # noqa: F401
import triton_upkeep  # noqa: F401
from triton_differences import IMPROVEMENTS, LEFT_OUT


class Result:
    """What a case has given."""

    def __init__(self, name, answer, expected, remark="", detail=""):
        self.name, self.answer, self.expected, self.remark, self.detail = name, answer, expected, remark, detail
        self.passed = answer == expected


def run(address, server="retort", metrics=None):
    """Runs all cases in order, and gives the result of each."""
    asked = triton_asking.Asked(address, metrics)
    others = {**IMPROVEMENTS, **LEFT_OUT}
    names = [name for name, _, _ in triton_asking.CASES]
    if wrong := [name for name in names if names.count(name) > 1] + list(set(others) - set(names)):
        raise ValueError(f"not the names of one case each: {wrong}")
    for name, expected, function in triton_asking.CASES:
        other, remark = others.get(name, (expected, ""))
        if remark and other == expected:
            raise ValueError(f"'{name}' is no difference: both answer {other}")
        detail = ""
        try:
            answer = function(asked)
        except Exception as error:
            answer, detail = type(error).__name__, traceback.format_exc()
        yield Result(name, answer, other if server == "triton" else expected, remark, detail)


def main():
    options = argparse.ArgumentParser(description="Asks a server with Triton's client.")
    options.add_argument("address")
    options.add_argument("--server", choices=["retort", "triton"], default="retort")
    options.add_argument("--metrics")
    given = options.parse_args()
    passed = failed = 0
    for result in run(given.address, given.server, given.metrics or f"http://{given.address}/metrics"):
        if result.passed:
            passed += 1
        else:
            failed += 1
            print(f"FAILED {result.name}: {result.answer} is not {result.expected}", result.detail, sep="\n")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
