"""Each thing that the rig watches for is caught when it is planted."""

import pytest

from tests.journeys.browser import PHONE, Watch, accessibility_faults, sideways


@pytest.fixture
def watch(watched_page, app) -> Watch:
    watched_page.page.goto(app + "/accessibility/")
    return watched_page


pytestmark = pytest.mark.django_db(transaction=True)


def test_a_clean_page_has_no_fault(watch):
    assert not [*watch.faults, *accessibility_faults(watch.page), *sideways(watch.page)]


def test_a_picture_without_words_is_caught(watch):
    watch.page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert any(fault.startswith("image-alt") for fault in accessibility_faults(watch.page))


def test_pale_text_is_caught(watch):
    watch.page.evaluate("document.querySelector('h1').style.color = '#bbb'")
    assert any(fault.startswith("color-contrast") for fault in accessibility_faults(watch.page))


def test_something_too_wide_is_caught_and_the_screen_is_put_back(watch):
    watch.page.evaluate("document.querySelector('h1').style.minWidth = '400px'")
    assert sideways(watch.page)
    assert watch.page.viewport_size != PHONE


def test_inline_script_is_caught(watch):
    watch.page.evaluate(
        "const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s)"
    )
    watch.page.wait_for_timeout(100)
    assert not watch.page.evaluate("window.ran")
    assert any("Content Security Policy" in fault for fault in watch.faults)


def test_asking_somebody_else_is_caught(watch):
    watch.page.evaluate(
        "document.querySelector('main').append(Object.assign(new Image(), {src: 'http://192.0.2.1/x'}))"
    )
    watch.page.wait_for_timeout(100)
    assert watch.faults


def test_a_script_that_fails_is_caught(watch):
    watch.page.evaluate("setTimeout(() => { throw new Error('planted') }, 0)")
    watch.page.wait_for_timeout(100)
    assert any("planted" in fault for fault in watch.faults)


def test_a_missing_file_is_caught(watch):
    watch.page.evaluate("document.querySelector('main').append(Object.assign(new Image(), {src: '/static/none.svg'}))")
    watch.page.wait_for_timeout(300)
    assert any("404" in fault for fault in watch.faults)
