# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""Renders one of the pages of the comparison with a template engine of Python, and prints CPU microseconds for each.

usage: templates.py ENGINE PAGE COUNT FOLDER
"""

import pathlib
import sys
import time

engine, page, count, folder = sys.argv[1], sys.argv[2], int(sys.argv[3]), pathlib.Path(sys.argv[4])

data = {
    "table": {"table": [[row * 10 + cell for cell in range(10)] for row in range(1000)]},
    "fortunes": {
        "site": "Fortunes & more", "year": 2026,
        "fortunes": [
            {"id": i, "message": f'<script>alert("Number {i} & more");</script>' if i % 10 == 0
             else f"A computer program does what you tell it to do, {i}."} for i in range(1, 101)]},
    "shop": {
        "title": "the small shop",
        "items": [
            {"name": f"Banana {i} ", "price": i * 1.25, "stock": i % 3, "tags": ["fruit", "yellow & sweet", f"number {i}"]}
            for i in range(1, 51)]},
}[page]

if engine == "jinja2":
    import jinja2

    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(folder), autoescape=True)
    template = environment.get_template(f"{page}.html")
    render = lambda: template.render(data)
else:
    import minijinja

    environment = minijinja.Environment(loader=lambda name: (folder / name).read_text(), auto_escape_callback=lambda name: True)
    render = lambda: environment.render_template(f"{page}.html", **data)

text = render()
if count == 0:
    print(text, end="")
else:
    start = time.process_time()
    for _ in range(count):
        render()
    print((time.process_time() - start) / count * 1e6)
