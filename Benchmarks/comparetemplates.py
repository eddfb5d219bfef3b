# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""Measures RetortTemplates beside other template engines, for `Benchmarks/run`."""

import html
import pathlib
import re
import statistics
import subprocess
import sys

here = pathlib.Path(__file__).resolve().parent
python = here.parent / ".venv" / "bin" / "python"
pages = {
    "table": "a table of 1,000 × 10 numbers",
    "fortunes": "100 fortunes, escaped, in a layout",
    "shop": "50 items with macro, include and filters",
}
# What stands in the table, and what it is called by the program that renders.
engines = {
    "Retort": "retort", "Retort, values ready": "prepared", "Jinja2": "jinja2", "minijinja": "minijinja",
    "Stencil": "stencil", "mustache": "mustache",
}
REMARK = (
    "CPU time of one rendering; the engines take turns on one core within each of {rounds} rounds, medians count. Their "
    "outputs are compared before they are timed: they are the same but for white space and the spelling of entities. "
    "Retort encodes a Swift struct in each rendering, and in the column behind that renders values that are ready. "
    "minijinja (of PyPI, in Rust) takes over Python's values in each rendering, Jinja2 (CPython) uses them as they are, "
    "Stencil and mustache get dictionaries that are ready. Stencil has no macros, and mustache no filters: there a filter "
    "of the program, and values that were made before, stand for them.")


def command(engine, page, count, release):
    program = [python, here / "neighbours" / "templates.py"] if engine.endswith("jinja2") or engine == "minijinja" \
        else [release / "bench-templates"]
    return ["taskset", "-c", "0", *map(str, program), engine, page, str(count), str(here / "templates")]


def run(engine, page, count, release):
    result = subprocess.run(command(engine, page, count, release), capture_output=True, text=True)
    if result.returncode:
        sys.exit(f"{engine} cannot render {page}: {result.stderr.strip()[-400:]}")
    return result.stdout


def normal(text):
    """A page without white space, each entity spelled by its number; minijinja escapes slashes too."""
    def entity(match):
        character = html.unescape(match[0])
        return f"&#{ord(character)};" if character in "&<>\"'" else character
    return "".join(re.sub(r"&[#\w]+;", entity, text).split())


def check(page, release):
    """Stops where the engines do not make the same page."""
    outputs = {name: normal(run(engine, page, 0, release)) for name, engine in engines.items()}
    expected = outputs["Jinja2"]
    if len(expected) < 1_000:
        sys.exit(f"the page {page} has only {len(expected)} characters")
    for name, output in outputs.items():
        if output == expected:
            continue
        place = next((i for i, pair in enumerate(zip(output, expected)) if pair[0] != pair[1]), len(expected))
        sys.exit(f"{name} makes another page {page}: …{output[max(0, place - 40):place + 40]}… "
                 f"where Jinja2 makes …{expected[max(0, place - 40):place + 40]}…")


def measure(release, rounds, say):
    """The lines of the section."""
    names = list(engines)
    lines = ["## Templates", "", REMARK.format(rounds=rounds), "",
             "| CPU µs per page | " + " | ".join(names) + " | of Jinja2 | of minijinja | of Stencil | of mustache |",
             "|---|" + "--:|" * (len(names) + 4)]
    for page, title in pages.items():
        check(page, release)
        # As many renderings as take about half a second.
        counts = {name: max(20, int(5e5 / float(run(engine, page, 20, release)))) for name, engine in engines.items()}
        times = {name: [] for name in names}
        for _ in range(rounds):
            for name, engine in engines.items():
                times[name].append(float(run(engine, page, counts[name], release)))
        medians = {name: statistics.median(values) for name, values in times.items()}
        own = medians["Retort"]
        ratios = [f"1/{medians['Jinja2'] / own:.1f}", f"{own / medians['minijinja']:.2f} ×",
                  f"1/{medians['Stencil'] / own:.1f}", f"1/{medians['mustache'] / own:.1f}"]
        lines.append(f"| {title} | " + " | ".join([f"{medians[name]:.1f}" for name in names] + ratios) + " |")
        say(f"{title:42}" + "  ".join(f"{name} {value:.1f}" for name, value in medians.items()))
    long = subprocess.run([release / "bench-templates", "long-texts"], capture_output=True, text=True)
    say(long.stdout.strip())
    if long.returncode:
        sys.exit("texts of 10 MB take more than they may")
    return lines + ["", long.stdout.strip()]
