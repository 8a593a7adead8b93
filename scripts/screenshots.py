"""Pictures of pages of a running demonstration, at a desk and on a telephone.

python scripts/screenshots.py http://127.0.0.1:8000 --be "Therapist" /caseload/ /referrals/
python scripts/screenshots.py http://127.0.0.1:8000 --be "Tessa" --find "Morgan Ellery" --height 860

Writes var/screenshots/NAME-desk.png and NAME-phone.png. Without paths it takes the public pages. The second makes the
picture of the README: see DEVELOPING.md.
"""

import argparse
import shutil
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

SCREENS = {"desk": {"width": 1280, "height": 720}, "phone": {"width": 320, "height": 640}}
PUBLIC = ["/account/sign-in/", "/account/personas/", "/design/", "/accessibility/", "/nowhere/"]
INTO = Path("var/screenshots")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    parser.add_argument("paths", nargs="*", default=PUBLIC)
    parser.add_argument("--be", metavar="ROLE", help="sign in as the first persona whose role or name has these words")
    parser.add_argument("--find", metavar="NAME", help="the page of the first person found by this name")
    parser.add_argument("--height", type=int, help="of the desk's screen, in dots")
    parser.add_argument("--whole", action="store_true", help="the whole page, not only what is seen first")
    chosen = parser.parse_intermixed_args()
    INTO.mkdir(parents=True, exist_ok=True)
    system = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system, args=["--headless", "--no-sandbox"])
        for screen, size in SCREENS.items():
            if chosen.height and screen == "desk":
                size = size | {"height": chosen.height}
            page = browser.new_context(viewport=size, locale="en-GB").new_page()
            _take(page, chosen, screen)
        browser.close()


def _take(page: Page, chosen: argparse.Namespace, screen: str) -> None:
    if chosen.be:
        page.goto(f"{chosen.address}/account/personas/")
        page.get_by_role("button").filter(has_text=chosen.be).first.click()
    if chosen.find:
        page.goto(f"{chosen.address}/people/")
        page.get_by_role("main").get_by_role("searchbox").fill(chosen.find)
        page.get_by_role("main").get_by_role("button", name="Find").click()
        page.get_by_role("link", name=chosen.find).first.click()
        page.wait_for_load_state()
        _keep(page, chosen, f"person-{screen}")
        return
    for path in chosen.paths:
        page.goto(chosen.address + path)
        _keep(page, chosen, f"{path.strip('/').replace('/', '-') or 'home'}-{screen}")


def _keep(page: Page, chosen: argparse.Namespace, name: str) -> None:
    picture = INTO / f"{name}.png"
    page.screenshot(path=picture, full_page=chosen.whole)
    print(picture)


if __name__ == "__main__":
    main()
