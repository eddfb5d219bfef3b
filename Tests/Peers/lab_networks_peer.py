# SPDX-FileCopyrightText: 2026 The Retort authors
# SPDX-License-Identifier: Apache-2.0
"""Uses what networks see on the page of the lab, in a real browser: photographs in, classes, boxes, texts and masks out.

    lab_networks_peer.py http://127.0.0.1:8000 PHOTOS [PICTURES [CASE...]]

As lab_console_peer.py, whose helpers it uses. Each case is seen in light and dark colours and on a phone.
"""

import json
import sys
import urllib.request

from lab_console_peer import BASE, PHONE, PHOTOS, answered, call, drop, is_drawn, keep, main, press, settle, show

CASES = []


def case(function):
    CASES.append(function)
    return function


def everywhere(page, name, to=None):
    """Looks at the page in all clothes; nothing may hang over its edge."""
    for suffix, settings in (("", {}), ("-dark", {"dark": True}), ("-phone", PHONE), ("-phone-dark", {**PHONE, "dark": True})):
        page.emulate(**settings)
        settle(page)
        width = page.run("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert width <= 0, (name, suffix, width)
        keep(page, name + suffix)
        if to:
            keep(page, f"{name}{suffix}-answer", to)
    page.emulate()
    settle(page)


def texts(page, selector):
    return page.run(f"[...document.querySelectorAll({json.dumps(selector)})].map((one) => one.innerText)")


def spot(page, x, y):
    """Where a pixel of the picture is on the screen."""
    page.run("document.querySelector('.viewer-box').scrollIntoView({ block: 'center' })")
    settle(page)
    return page.run(
        f"""(() => {{ const box = document.querySelector('.viewer-box').getBoundingClientRect();
        const image = document.querySelector('.stage img.original'); const scale = box.width / image.naturalWidth;
        return [box.left + {x} * scale, box.top + {y} * scale]; }})()""")


def ink(page, x, y, width):
    """How opaque the drawing is exactly at a pixel of the picture, 0 to 255."""
    return page.run(
        f"""(() => {{ const canvas = document.querySelector('canvas.overlay'); const scale = canvas.width / {width};
        const copy = Object.assign(document.createElement('canvas'), {{ width: 1, height: 1 }}).getContext('2d');
        copy.drawImage(canvas, -Math.round({x} * scale), -Math.round({y} * scale));
        return copy.getImageData(0, 0, 1, 1).data[3]; }})()""")


@case
def a_photograph_is_classified(page):
    show(page, "postApiClassify")
    drop(page, "coffee.png")
    answered(page)
    page.wait("document.querySelectorAll('.bar').length === 5")
    assert page.text(".bar-label") == "espresso", page.text(".bar-label")
    assert int(page.text(".bar-value").split()[0]) > 80, page.text(".bar-value")
    everywhere(page, "classes", ".answer")


@case
def objects_have_boxes_where_they_are(page):
    show(page, "postApiObjects")
    drop(page, "coffee.png")
    answered(page)
    page.wait("document.querySelectorAll('.finding').length > 0")
    assert any(text.startswith("cup") for text in texts(page, ".finding")), texts(page, ".finding")
    found = {one["label"]: one["box"] for one in call("/api/objects", "coffee.png")["detections"]}
    left, top, right, bottom = found["cup"]
    # The cup stands in the middle of the photograph, of 600 × 400 pixels.
    assert left < 230 and top < 120 and 370 < right < 600 and 230 < bottom <= 400, found["cup"]
    for x, y in ((left, (top + bottom) / 2), (right - 1, (top + bottom) / 2), ((left + right) / 2, bottom - 1)):
        assert is_drawn(page, x, y, 600), (x, y, found)
    everywhere(page, "objects")
    drop(page, "chelsea.png")
    page.wait("[...document.querySelectorAll('.finding')].some((one) => one.innerText.startsWith('cat'))", what="the cat")


@case
def a_page_is_read(page):
    show(page, "postApiText")
    drop(page, "page.png")
    answered(page)
    page.wait("document.querySelectorAll('.finding').length >= 6", what="the lines of the page")
    read = " ".join(texts(page, ".finding"))
    for words in ("Region-based segmentation", "markers", "histogram"):
        assert words in read, read
    everywhere(page, "text")


@case
def two_photographs_of_one_person_are_told_from_others(page):
    for other, verdict in (("face-a-2.jpg", "yes"), ("face-b-1.jpg", "no")):
        show(page, "postApiSameFace")
        drop(page, "face-a-1.jpg")
        page.wait("document.querySelector('.run-status').textContent.includes('at least 2 pictures')", what="the wish for a second picture")
        drop(page, other)
        answered(page)
        page.wait(f"document.querySelector('.verdict dd.{verdict}')?.innerText === {verdict!r}", what=f"the verdict {verdict}")
        assert "Is same" in page.text(".verdict"), page.text(".verdict")
        assert page.count(".film-picture") == 2 and page.count(".finding") == 1
        before = page.text(".finding")
        page.click(".film:first-child .film-picture")
        page.wait(f"document.querySelector('.finding').innerText !== {before!r}", what="the face of the other picture")
        everywhere(page, f"same-face-{verdict}", ".answer")


@case
def a_click_cuts_out_what_is_there(page):
    show(page, "postApiClick")
    drop(page, "chelsea.png")
    page.wait("document.querySelector('.run-status').textContent.includes('what you want')", what="the invitation to click")
    assert page.text(".answer .status") is None, page.text(".answer")
    page.click_at(*spot(page, 220, 120))
    answered(page)
    page.wait("document.querySelector('.verdict') && document.querySelectorAll('.marker.inside').length === 1")
    page.run("new Promise((done) => setTimeout(done, 300))")
    assert ink(page, 250, 160, 451) > 60 and ink(page, 300, 160, 451) > 60
    assert ink(page, 10, 40, 451) == 0 and ink(page, 430, 100, 451) == 0
    assert [page.run(f"document.querySelector('.place-row input:nth-of-type({n})').value") for n in (1, 2)] == ["220", "120"]
    everywhere(page, "click", ".answer")
    # A click with the other meaning, by the switch above the picture.
    before = page.text(".verdict")
    page.run("document.querySelector('.places-bar input[value=\"outside\"]').click()")
    page.click_at(*spot(page, 390, 250))
    page.wait(f"document.querySelectorAll('.marker.outside').length === 1 && document.querySelector('.verdict').innerText !== {before!r}", what="another mask")
    everywhere(page, "click-two")
    # A marker goes when it is clicked, and the last one takes the answer with it.
    page.click(".marker.outside")
    page.wait("document.querySelectorAll('.marker').length === 1")
    page.click(".marker")
    page.wait("document.querySelectorAll('.marker').length === 0 && document.querySelector('.run-status').textContent.includes('what you want')")
    assert page.run("document.querySelector('canvas.overlay').hidden")


@case
def places_can_be_set_without_a_pointer(page):
    show(page, "postApiClick")
    drop(page, "chelsea.png")
    page.wait("document.querySelector('.run-status').textContent.includes('what you want')")
    nodes = page.accessible_nodes()
    assert any("Add to inside" in str(node) for node in nodes), nodes
    page.run("document.querySelector('.places-field .button.small').focus()")
    page.press("Enter")
    page.wait("document.activeElement.matches('.place-row input')")
    for value in ("220", "120"):
        page.run("document.activeElement.select()")
        page.type(value)
        page.press("Tab")
    answered(page)
    page.wait("document.querySelector('.marker')?.getAttribute('aria-label').includes('220, 120')")
    # On the picture itself, arrows move a marker, and the numbers follow.
    press(page, ".marker", "ArrowRight", 3)
    page.wait("document.querySelector('.place-row input').value === '223'")
    assert page.run("document.activeElement.matches('.marker')")


@case
def a_box_can_be_drawn(page):
    show(page, "postApiClick")
    drop(page, "coffee.png")
    page.wait("document.querySelector('.run-status').textContent.includes('what you want')")
    page.run("document.querySelector('.places-bar input[value=\"box\"]').click()")
    page.drag(spot(page, 130, 40), spot(page, 480, 300))
    answered(page)
    page.wait("document.querySelector('.verdict') && !document.querySelector('.place-box').hidden")
    edges = [int(value) for value in page.run("[...document.querySelectorAll('.box-field input')].map((one) => one.value)")]
    assert all(abs(one - other) <= 3 for one, other in zip(edges, (130, 40, 480, 300))), edges
    page.run("new Promise((done) => setTimeout(done, 300))")
    assert ink(page, 290, 200, 600) > 60 and ink(page, 60, 380, 600) == 0
    everywhere(page, "click-box")


@case
def pictures_that_look_alike_are_found(page):
    show(page, "postApiGallerySimilar")
    drop(page, "chelsea.png")
    answered(page)
    page.wait("document.querySelectorAll('.picture-card').length >= 4", what="pictures of the gallery")
    cards = texts(page, ".picture-card")
    assert cards[0].split() == ["Cat", "100", "%"], cards
    page.wait("[...document.querySelectorAll('.picture-card img')].every((one) => one.naturalWidth > 60)", what="small copies")
    everywhere(page, "similar", ".answer")
    # One of the neighbours is the next question.
    page.click(".picture-grid li:nth-child(2) .picture-card")
    name = cards[1].splitlines()[0]
    page.wait(f"document.querySelector('.picture-card')?.innerText.startsWith({name!r})", what=f"the neighbours of {name}")


@case
def pictures_are_added_and_removed(page):
    show(page, "postApiGallery")
    drop(page, "face-b-2.jpg")
    answered(page, "201 Created")
    number = page.run("[...document.querySelectorAll('.verdict-row')].find((one) => one.innerText.startsWith('Id')).querySelector('dd').innerText")
    show(page, "getApiGallery")
    page.click(".run")
    answered(page)
    page.wait("document.querySelectorAll('.picture-card').length >= 9")
    assert texts(page, ".picture-card")[0].startswith("face-b-2.jpg"), texts(page, ".picture-card")
    page.wait("[...document.querySelectorAll('.picture-card img')].every((one) => one.naturalWidth > 60)")
    everywhere(page, "gallery", ".answer")
    show(page, "postApiGallerySimilar")
    drop(page, "face-b-1.jpg")
    answered(page)
    page.wait("[...document.querySelectorAll('.picture-card')].some((one) => one.innerText.startsWith('face-b-2.jpg'))")
    with urllib.request.urlopen(urllib.request.Request(f"{BASE}/api/gallery/{number}", method="DELETE")) as answer:
        assert answer.status == 204
    page.click(".run")
    page.wait("document.querySelector('.picture-card') && ![...document.querySelectorAll('.picture-card')].some((one) => one.innerText.startsWith('face-b-2.jpg'))")


if __name__ == "__main__":
    sys.exit(main(CASES))
