# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""Uses the page of the lab in a real browser, as a person would: photographs in, boxes, edges and curves out.

    lab_console_peer.py http://127.0.0.1:8000 PHOTOS [PICTURES]

PHOTOS is the folder of the photographs. With a folder PICTURES, what is seen is kept there. Prints what failed, and
"N passed, M failed".
"""

import json
import pathlib
import sys
import urllib.request

from browser import run_cases

BASE = sys.argv[1]
PHOTOS = pathlib.Path(sys.argv[2])
PICTURES = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else None
PHONE = {"width": 390, "height": 844, "phone": True, "scale": 2}
CASES = []


def case(function):
    CASES.append(function)
    return function


def show(page, fragment=""):
    """Opens the page, and one operation in it."""
    page.go("about:blank")
    page.go(BASE + "/" + (f"#{fragment}" if fragment else ""))
    page.wait("document.documentElement.dataset.state === 'ready'")


def settle(page):
    page.run("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def keep(page, name, to=None):
    """Keeps what is seen: the top of the page, or a part of it."""
    if PICTURES:
        page.run(f"document.querySelector({json.dumps(to)}).scrollIntoView({{ block: 'end' }})" if to else "window.scrollTo(0, 0)")
        page.run("new Promise((done) => setTimeout(done, 400))")
        page.screenshot(PICTURES / f"{name}.png")


def answered(page, status="200 OK", seconds=30):
    page.wait(f"document.querySelector('.answer .status')?.textContent === {status!r}", seconds)


def drop(page, *names):
    page.drop(".stage", *(PHOTOS / name for name in names))


def call(path, name):
    """What a program is answered: the reference of what people see."""
    request = urllib.request.Request(
        BASE + path, data=(PHOTOS / name).read_bytes(), headers={"Content-Type": "image/jpeg"}, method="POST")
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


# The colour of the overlay at a place of the picture, as far as it is opaque there.
OVERLAY = """((x, y, width) => {
  const canvas = document.querySelector('canvas.overlay'); const scale = canvas.width / width;
  // A copy is read: the page's own canvas is for drawing.
  const copy = Object.assign(document.createElement('canvas'), { width: 7, height: 7 }).getContext('2d');
  copy.drawImage(canvas, 3 - Math.round(x * scale), 3 - Math.round(y * scale));
  const data = copy.getImageData(0, 0, 7, 7).data;
  let most = 0; for (let index = 3; index < data.length; index += 4) most = Math.max(most, data[index]);
  return most; })"""


def is_drawn(page, x, y, width):
    return page.run(f"{OVERLAY}({x}, {y}, {width})") > 200


def slider(page, label):
    """A selector of the slider of a field."""
    return page.run(
        f"""(() => {{ const named = [...document.querySelectorAll('.settings .field-label')]
        .find((one) => one.firstChild.textContent.trim() === {label!r});
        const slider = named.closest('.field').querySelector('.slider'); slider.id ||= 'slider-{label}'; return '#' + slider.id; }})()""")


def press(page, selector, key, times=1):
    page.run(f"document.querySelector({selector!r}).focus()")
    for _ in range(times):
        page.press(key)


def rows(page):
    """Where the list says that things are: left, top, width, height."""
    texts = page.run("[...document.querySelectorAll('.finding')].map((one) => one.innerText)")
    found = set()
    for text in texts:
        place = [line for line in text.splitlines() if "×" in line][-1].replace("·", ",").replace("×", ",")
        found.add(tuple(int(part) for part in place.split(",")))
    return found


@case
def a_dropped_photograph_shows_its_faces(page):
    show(page)
    assert page.text("h1") == "Faces, eyes, cats, people", page.text("h1")
    assert "Drop a photograph" in page.text(".stage"), page.text(".stage")
    page.wait("[...document.querySelectorAll('.example img')].slice(0, 3).every((one) => one.naturalWidth > 0)")
    keep(page, "first")
    drop(page, "street.jpg")
    answered(page)
    answer = call("/api/find", "street.jpg")
    boxes = [one["box"] for one in answer["detections"]]
    assert len(boxes) >= 3, boxes
    page.wait(f"document.querySelectorAll('.finding').length === {len(boxes)}")
    expected = {(round(l), round(t), round(r - l), round(b - t)) for l, t, r, b in boxes}
    assert rows(page) == expected, (rows(page), expected)
    # Each box is drawn around its face, and nothing in the empty corner of the street.
    width = answer["image"]["width"]
    for left, top, right, bottom in boxes:
        middle = (left + right) / 2
        assert is_drawn(page, left, (top + bottom) / 2, width) and is_drawn(page, right, (top + bottom) / 2, width)
        assert is_drawn(page, middle, bottom, width), (left, top, right, bottom)
    assert not is_drawn(page, 400, 500, width)
    # What is under the pointer is marked in the list.
    left, top, right, bottom = boxes[0]
    area = page.run("(() => { const { x, y, width } = document.querySelector('canvas.overlay').getBoundingClientRect(); return [x, y, width]; })()")
    page.move(area[0] + (left + right) / 2 * area[2] / width, area[1] + (top + bottom) / 2 * area[2] / width)
    page.wait("document.querySelectorAll('.finding.hovered').length === 1", what="a marked finding")
    assert f"{round(left)}, {round(top)}" in page.text(".finding.hovered"), page.text(".finding.hovered")
    assert all(url.startswith((BASE, "blob:", "data:", "about:")) for url in page.requests), page.requests


@case
def a_file_can_be_chosen_too(page):
    show(page)
    page.choose_files("input[type=file]", PHOTOS / "grace-hopper.jpg")
    answered(page)
    page.wait("document.querySelectorAll('.finding').length === 1")
    assert "grace-hopper.jpg" in page.text(".picture-caption"), page.text(".picture-caption")


@case
def a_slider_changes_what_is_found(page):
    show(page)
    drop(page, "street.jpg")
    answered(page)
    before = page.count(".finding")
    press(page, slider(page, "neighbors"), "Home")
    page.wait(f"document.querySelectorAll('.finding').length > {before}", 40, "more faces with fewer neighbours")
    more = page.count(".finding")
    press(page, slider(page, "neighbors"), "End")
    page.wait(f"document.querySelectorAll('.finding').length < {before}", 40, "fewer faces with more neighbours")
    assert more > before


@case
def a_larger_working_size_finds_smaller_faces(page):
    show(page, "postApiFind?workingSize=1000")
    drop(page, "street.jpg")
    answered(page)
    page.wait("document.querySelectorAll('.finding').length === 6", 30)
    keep(page, "faces")
    page.emulate(dark=True)
    settle(page)
    keep(page, "faces-dark")
    page.emulate(**PHONE)
    settle(page)
    assert page.run("document.documentElement.scrollWidth") <= 390
    keep(page, "faces-phone")


@case
def an_example_is_taken(page):
    show(page)
    page.click(".example")
    answered(page)
    page.wait("document.querySelectorAll('.finding').length > 0")
    assert "Street" in page.text(".picture-caption"), page.text(".picture-caption")


@case
def edges_stand_beside_the_original(page):
    show(page, "postApiCanny")
    drop(page, "china.jpg")
    answered(page)
    assert "image/jpeg" in page.text(".answer-facts"), page.text(".answer-facts")
    page.wait("document.querySelector('.stage img.made').naturalWidth === 640")
    keep(page, "edges")
    before = page.run("document.querySelector('.stage img.made').src")
    press(page, slider(page, "blur"), "ArrowRight", 15)
    page.wait(f"document.querySelector('.stage img.made').src !== {before!r}", what="other edges after a blur")


@case
def outlines_are_drawn_and_filtered(page):
    show(page, "postApiContours?minimumArea=1000")
    drop(page, "coffee.png")
    answered(page)
    page.wait("document.querySelectorAll('.finding').length > 0")
    amount = page.count(".finding")
    drawn = page.run(
        """(() => { const canvas = document.querySelector('canvas.overlay');
        const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        let count = 0; for (let index = 3; index < data.length; index += 4) if (data[index] > 200) count += 1; return count; })()""")
    assert drawn > 1000, drawn
    keep(page, "contours")
    press(page, slider(page, "minimumArea"), "End")
    page.wait(f"document.querySelectorAll('.finding').length < {amount}", what="fewer outlines when small ones do not count")


@case
def a_histogram_is_three_curves(page):
    show(page, "postApiHistogram")
    drop(page, "china.jpg")
    answered(page)
    page.wait("document.querySelectorAll('.chart .area').length === 3")
    x, y = page.middle(".chart")
    page.move(x, y)
    page.wait("document.querySelector('.chart-readout').textContent.includes('green')")
    page.emulate(width=1280, height=1000)
    settle(page)
    keep(page, "histogram")


@case
def colours_are_shown_as_themselves(page):
    show(page, "postApiColors")
    drop(page, "coffee.png")
    answered(page)
    page.wait("document.querySelectorAll('.bar').length === 5")
    label = page.text(".bar-label")
    fill = page.run("getComputedStyle(document.querySelector('.bar-fill')).backgroundColor")
    assert fill == "rgb({}, {}, {})".format(*bytes.fromhex(label[1:])), (label, fill)


@case
def many_pictures_are_worked_on_with_progress(page):
    show(page, "postApiAlbum")
    drop(page, "grace-hopper.jpg", "astronaut.png", "coffee.png")
    answered(page, seconds=60)
    page.wait("document.querySelector('.run-status').textContent === 'The stream has ended.'", 60)
    page.wait("document.querySelector('.answer .status')?.textContent === '200 OK' && document.querySelectorAll('.finding').length === 1")


@case
def a_film_is_shown_frame_by_frame(page):
    show(page, "postApiFilm")
    drop(page, "china.jpg")
    page.wait("document.querySelector('.answer-picture')?.naturalWidth === 640", 30, "a frame of the film")
    page.wait("document.querySelector('.run-status').textContent.includes('the end')")


@case
def frames_of_the_camera_are_answered(page):
    show(page, "getApiLiveEdges")
    page.click("button.live")
    page.wait("document.querySelector('button.live').getAttribute('aria-pressed') === 'true'")
    page.wait("document.querySelector('.stage img.made').naturalWidth >= 320", 30)
    page.press("l")


@case
def rubbish_is_refused_in_words(page):
    show(page)
    file = PHOTOS.parent / "no-picture.jpg"
    file.write_text("This is no picture.")
    try:
        page.drop(".stage", file)
        page.wait("document.querySelector('.answer .status')?.textContent.startsWith('415')")
    finally:
        file.unlink()
    assert "no picture of a known format" in page.text(".answer .problem"), page.text(".answer")


@case
def every_line_of_the_list_takes_files_where_it_can(page):
    show(page)
    lines = page.run("[...document.querySelectorAll('.operation-link')].map((one) => one.innerText.split('\\n').map((part) => part.trim()).filter(Boolean))")
    # The protocol of models and the gallery have addresses, and no pictures.
    gets = [line for line in lines if line[0] == "GET" and not line[-1].startswith(("/v2", "/api/gallery"))]
    assert {line[-1] for line in gets} == {"/hello", "/user", "/canny"}, gets
    assert "also GET with ?url=" in page.text(".operation-line"), page.text(".operation-line")
    # Who looks for the other one finds it, and it has a line while it is open.
    show(page, "getApiFind")
    assert page.run("document.querySelector('.operation-link[aria-current]')?.getAttribute('href')") == "#getApiFind"
    page.press("n")
    page.wait("document.querySelector('h1').textContent === 'Faces made unrecognisable'")
    assert page.count(".operation-link[href='#getApiFind']") == 0


@case
def every_operation_can_be_opened(page):
    show(page)
    links = page.run("[...document.querySelectorAll('.operation-link')].map((one) => one.getAttribute('href'))")
    assert len(links) > 20, links
    for settings in ({}, {"dark": True}, PHONE):
        page.emulate(**settings)
        # A document may change its address only so often in a while.
        show(page)
        for link in links:
            page.run(f"document.querySelector({json.dumps(f'.operation-link[href={json.dumps(link)}]')}).click()")
            page.wait(f"location.hash.split('?')[0] === {link!r}")
            width = page.run("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert width <= 0, (link, settings, width)


def main(cases):
    return run_cases(cases, PICTURES, only=sys.argv[4:])


if __name__ == "__main__":
    sys.exit(main(CASES))
