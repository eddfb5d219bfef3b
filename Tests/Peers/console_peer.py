# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""Uses the console of the tests' app in a real browser, as a person would.

    console_peer.py http://127.0.0.1:8000 [FOLDER]

With a folder, pictures of what is seen are kept there. Prints what failed, and "N passed, M failed".
"""

import hashlib
import json
import os
import pathlib
import sys
import tempfile
import urllib.request

from browser import run_cases

BASE = sys.argv[1]
ROOT = pathlib.Path(__file__).resolve().parents[2]
PICTURES = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
OPERATIONS = ["greet", "keep", "contact", "upload", "shapes", "paint", "ticks", "echo"]
PHONE = {"width": 390, "height": 844, "phone": True, "scale": 2}

CASES = []


def case(function):
    CASES.append(function)
    return function


def show(page, operation=None, path="/console/"):
    """Opens the console, and one operation in it."""
    page.go(BASE + path + (f"#{operation}" if operation else ""))
    page.wait("document.documentElement.dataset.state === 'ready'")


def settle(page):
    page.run("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def keep(page, name, whole=False):
    if PICTURES:
        page.run("window.scrollTo(0, 0)")
        settle(page)
        page.screenshot(PICTURES / f"{name}.png", whole=whole)


# The control of the field with a label, with an identifier to find it by.
FIND = """((label, kind) => {
  const named = [...document.querySelectorAll('.settings .field-label')].find((one) => one.firstChild.textContent.trim() === label);
  const control = named.closest('.field').querySelector(kind);
  control.id ||= `control-${label}`;
  return '#' + CSS.escape(control.id); })"""


def control(page, label, kind="input:not(.slider), textarea"):
    return page.run(f"{FIND}({label!r}, {kind!r})")


def write(page, label, text):
    """Writes into a text field as a person does: a click, and other text in place of the old one."""
    selector = control(page, label)
    page.click(selector)
    page.run("document.activeElement.select()")
    page.type(text)


def slider(page, label):
    return control(page, label, ".slider")


def tree(page):
    page.wait("document.querySelector('.answer .tree')", what="the JSON of an answer")
    return page.text(".answer .tree")


@case
def everything_comes_from_the_app(page):
    show(page)
    keep(page, "light-first")
    others = [url for url in page.requests if not url.startswith((BASE, "blob:", "data:"))]
    assert not others, others
    assert page.run("document.title").endswith(" · Sample"), page.run("document.title")
    names = page.run("[...document.querySelectorAll('.operation-name')].map((one) => one.textContent)")
    assert len(names) == len(OPERATIONS), names
    assert page.text("h1") == "Finds shapes in a picture", page.text("h1")


@case
def a_form_is_filled_and_run_from_the_keyboard(page):
    show(page, "greet")
    write(page, "name", "Ada")
    page.press("Enter", modifiers=2)
    page.wait("document.querySelector('.answer .status')?.textContent === '200 OK'")
    assert '"Hello, Ada!"' in tree(page), tree(page)
    # A slider moves by keys, and the call is made again.
    selector = slider(page, "times")
    page.run(f"document.querySelector({selector!r}).focus()")
    page.press("ArrowRight")
    page.press("ArrowRight")
    page.wait("document.querySelector('.answer .tree')?.innerText.includes('Hello, Ada Ada Ada!')")
    assert page.run("location.hash") == "#greet?name=Ada&times=3", page.run("location.hash")
    keep(page, "light-greet")


@case
def what_is_missing_is_said_at_the_field(page):
    show(page, "keep")
    page.click(".run")
    page.wait("document.querySelector('.field-error:not([hidden])')?.textContent.includes('needed')")
    assert page.run("document.activeElement.getAttribute('aria-invalid')") == "true"
    keep(page, "light-missing")
    page.click(".example")
    page.click(".run")
    page.wait("document.querySelector('.answer .status')?.textContent === '201 Created'")
    assert '"Buy milk"' in tree(page) and '"high"' in tree(page), tree(page)


@case
def what_the_server_refuses_is_said(page):
    show(page, "shapes")
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "photo.png")
        file.write_text("This is no picture.")
        page.drop(".stage", file)
        page.wait("document.querySelector('.answer .status')?.textContent.startsWith('415')")
    assert "Send a picture in the format PNG." in page.text(".answer .problem"), page.text(".answer")
    keep(page, "light-refused")


@case
def a_form_of_a_page_is_sent(page):
    show(page, "contact")
    write(page, "Your name", "Grace")
    write(page, "Message", "One\nTwo")
    page.click(".run")
    page.wait("document.querySelector('.answer pre.text')")
    assert "Thank you, Grace: 7 bytes" in page.text(".answer pre.text"), page.text(".answer pre.text")


@case
def a_file_is_sent(page):
    show(page, "upload")
    content = os.urandom(3000)
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "bytes é.bin")
        file.write_bytes(content)
        page.choose_files("input[type=file].file", file)
        page.click(".run")
        text = tree(page)
    assert hashlib.sha256(content).hexdigest() in text and '"bytes é.bin"' in text, text
    keep(page, "light-upload")


@case
def a_picture_that_is_answered_is_shown(page):
    show(page, "paint")
    page.click(".run")
    page.wait("document.querySelector('.answer-picture')?.naturalWidth === 480")
    # The middle of the slider is dragged to its end.
    x, y = page.middle(slider(page, "width"))
    page.drag((x, y), (x + 1000, y))
    page.wait("document.querySelector('.answer-picture')?.naturalWidth === 1024")
    keep(page, "light-paint")


@case
def what_is_found_is_drawn_over_the_picture(page):
    show(page, "shapes")
    with urllib.request.urlopen(BASE + "/console/examples/1/Shapes.png") as answer:
        picture = answer.read()
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "photo.png")
        file.write_bytes(picture)
        page.drop(".stage", file)
        page.wait("document.querySelectorAll('.finding').length === 2", what="two findings of a dropped picture")
    # The left edge of the circle's box, 76 of 960 pixels from the left, has the colour of its label.
    found = page.run(
        """(() => { const canvas = document.querySelector('canvas.overlay'); const scale = canvas.width / 960;
        const data = canvas.getContext('2d').getImageData(Math.round(76 * scale) - 2, Math.round(200 * scale), 5, 1).data;
        return Math.max(...[3, 7, 11, 15, 19].map((index) => data[index])); })()""")
    assert found > 200, found
    selector = slider(page, "minimumScore")
    page.run(f"document.querySelector({selector!r}).focus()")
    page.press("Home")
    page.wait("document.querySelectorAll('.finding').length === 3", what="a third finding at a lower score")
    page.press("End")
    page.wait("document.querySelectorAll('.finding').length === 0 && document.querySelector('.answer .status')")
    page.press("Home")
    page.wait("document.querySelectorAll('.finding').length === 3")
    keep(page, "light-shapes", whole=True)


@case
def an_example_is_taken_and_reused(page):
    show(page, "shapes")
    page.press("2")
    page.wait("document.querySelectorAll('.finding').length === 2")
    assert "Shapes_at_dusk.png" in page.text(".picture-caption"), page.text(".picture-caption")
    # One finding after the other.
    page.press("j")
    page.press("j")
    assert page.run("document.activeElement.dataset.index") == "1"
    page.press("k")
    assert page.run("document.activeElement.dataset.index") == "0"
    page.press("Enter")
    assert page.run("document.activeElement.getAttribute('aria-pressed')") == "true"


@case
def answers_are_read_as_the_document_says(page):
    show(page)
    text = (ROOT / "Sources/RetortConsole/Documentation.docc/Reference/DrawnAnswers.md").read_text()
    example = "".join(line[4:] + "\n" for line in text.splitlines() if line.startswith("    "))
    module = page.run("document.querySelector('link[href$=\"answers/read.js\"]').href")
    box = {"x": 10, "y": 20, "width": 30, "height": 40}
    readings = [
        (example, "detections", ["circle", "square"], {"x": 76, "y": 96, "width": 250, "height": 249}),
        ('{"detections": [{"box": [10, 20, 40, 60]}]}', None, [""], box),
        ('[{"box": [10, 20, 40, 60], "class": "a"}]', None, ["a"], box),
        ('{"objects": [{"bbox": [10, 20, 30, 40], "category_id": 1}], "categories": [{"id": 1, "name": "a"}]}', None, ["a"], box),
        ('{"faces": [{"box": {"x": 10, "y": 20, "width": 30, "height": 40}}]}', None, [""], box),
        ('{"image": {"width": 100, "height": 200}, "detections": [{"box": [0.1, 0.1, 0.4, 0.3]}]}', None, [""], box),
        ('{"detections": [{"label": "nowhere"}]}', None, [], None),
        ('{"detections": []}', "detections", [], None),
    ]
    for json_text, kind, labels, expected in readings:
        items = page.run(
            f"import({module!r}).then(({{ read }}) => read({json_text}, {json.dumps(kind)}).items.map(({{ label, box }}) => [label, box]))")
        assert [label for label, _ in items] == labels, (json_text, items)
        if expected:
            assert {name: round(value, 6) for name, value in items[0][1].items()} == expected, (json_text, items)


@case
def the_camera_may_be_used(page):
    show(page, "shapes")
    page.press("c")
    page.wait("document.querySelector('dialog[open] video')?.videoWidth > 0", what="pictures of the camera")
    keep(page, "light-camera")
    page.press("Escape")
    page.wait("!document.querySelector('dialog[open]')")


@case
def streams_and_sockets_talk(page):
    show(page, "ticks")
    page.click(".run")
    page.wait("document.querySelectorAll('.event-log li').length === 3")
    show(page, "echo")
    page.click(".socket .primary")
    page.wait("document.querySelector('.socket [role=status]')?.textContent === 'Connected'")
    page.click(".socket textarea")
    page.type("Hello")
    page.press("Enter")
    page.wait("document.querySelectorAll('.socket-log .received').length === 1")
    keep(page, "light-socket")


@case
def keys_do_what_the_list_of_keys_says(page):
    show(page, "greet")
    page.run("document.activeElement.blur()")
    page.press("?", modifiers=8)
    page.wait("document.querySelector('dialog[open] .keys')")
    keep(page, "light-keys")
    page.press("Escape")
    page.wait("!document.querySelector('dialog[open]')")
    page.press("n")
    page.wait("document.querySelector('h1').textContent === 'Keeps a note'")
    page.press("p")
    page.wait("document.querySelector('h1').textContent === 'Greets somebody'")
    page.press("/")
    page.type("paint")
    page.wait("[...document.querySelectorAll('.operation-link')].filter((one) => one.checkVisibility()).length === 1")
    page.press("Enter")
    page.press("Escape")


@case
def colours_follow_the_system_and_the_switch(page):
    ground = "getComputedStyle(document.body).backgroundColor"
    show(page, "greet")
    light = page.run(ground)
    page.emulate(dark=True)
    dark = page.run(ground)
    assert light != dark, light
    page.run("document.activeElement.blur()")
    page.press("t")
    assert page.run(ground) == light
    page.press("t")
    assert page.run(ground) == dark
    page.press("t")
    page.emulate()


@case
def dark_is_legible(page):
    page.emulate(dark=True)
    for operation in OPERATIONS:
        show(page, operation)
        keep(page, f"dark-{operation}")
        faint = page.run(CONTRAST)
        assert not faint, (operation, faint)
    page.emulate()
    for operation in OPERATIONS:
        show(page, operation)
        faint = page.run(CONTRAST)
        assert not faint, (operation, faint)


# Texts whose contrast to the ground behind them is less than WCAG 2.2 asks for (1.4.3).
CONTRAST = """(() => {
  const canvas = document.createElement('canvas'); canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const rgba = (text) => { context.clearRect(0, 0, 1, 1); context.fillStyle = text; context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data]; };
  const light = ([r, g, b]) => [r, g, b].map((one) => one / 255).map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
    .reduce((sum, one, index) => sum + one * [0.2126, 0.7152, 0.0722][index], 0);
  const ground = (element) => { for (let one = element; one; one = one.parentElement) {
    const colour = rgba(getComputedStyle(one).backgroundColor); if (colour[3] > 250) return colour; } return [255, 255, 255]; };
  const faint = [];
  for (const element of document.querySelectorAll('body *')) {
    const text = [...element.childNodes].filter((one) => one.nodeType === 3).map((one) => one.data.trim()).join('');
    if (!text || !element.checkVisibility() || element.closest(':disabled, .visually-hidden, .skip')) continue;
    const style = getComputedStyle(element);
    const [a, b] = [light(rgba(style.color)), light(ground(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const isLarge = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
    if (contrast < (isLarge ? 3 : 4.5)) faint.push(`${text.slice(0, 30)} ${contrast.toFixed(2)}`);
  }
  return faint.length ? faint : null; })()"""


@case
def a_phone_shows_everything_in_its_width(page):
    page.emulate(**PHONE)
    for operation in OPERATIONS:
        show(page, operation)
        width = page.run("document.documentElement.scrollWidth")
        assert width <= 390, (operation, width)
        small = page.run(
            """[...document.querySelectorAll('button, input:not(.visually-hidden), select, textarea, summary')]
            .filter((one) => one.checkVisibility() && !one.closest('label.segment, label.auto'))
            .map((one) => [one.textContent || one.className, one.getBoundingClientRect()])
            .filter(([, box]) => box.width > 0 && box.height < 24).map(([name, box]) => `${name}: ${box.height}`)""")
        assert not small, (operation, small)
        keep(page, f"phone-{operation}", whole=True)
    page.click(".menu")
    page.wait("document.querySelector('dialog[open] .operation-link')")
    keep(page, "phone-operations")
    page.click("dialog[open] .operation-link")
    page.wait("!document.querySelector('dialog[open]') && document.querySelector('h1').textContent === 'Greets somebody'")
    page.emulate()


@case
def every_control_has_a_name(page):
    for operation in OPERATIONS:
        show(page, operation)
        nameless = [
            node for node in page.accessible_nodes()
            if node["role"] in ("button", "textbox", "slider", "spinbutton", "checkbox", "switch", "radio", "combobox", "link")
            and not node["name"].strip()]
        assert not nameless, (operation, nameless)


@case
def it_works_deeper_and_beside_other_policies(page):
    show(page, "paint", path="/a/b/console/")
    page.click(".run")
    page.wait("document.querySelector('.answer-picture')?.naturalWidth === 480")
    assert page.run("document.title").endswith(" · Deep")


@case
def the_policy_stops_what_is_not_the_apps_own(page):
    show(page)
    before = len(page.complaints)
    page.run(
        """(() => { const script = document.createElement('script'); document.head.append(script);
        try { script.textContent = 'window.broken = true'; } catch (error) { window.refused = error.name; } })()""")
    assert page.run("window.refused") == "TypeError" and not page.run("window.broken")
    page.run("document.body.append(Object.assign(document.createElement('img'), { src: 'https://other.test/a.png' }))")
    page.wait("new Promise((done) => setTimeout(() => done(true), 100))")
    assert any("img-src" in one for one in page.complaints[before:]), page.complaints[before:]
    # Those were meant.
    del page.complaints[before:]


if __name__ == "__main__":
    sys.exit(run_cases(CASES, PICTURES))
