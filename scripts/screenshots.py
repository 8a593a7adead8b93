"""Pictures of pages of a running demonstration, at a desk and on a telephone.

python scripts/screenshots.py http://127.0.0.1:8000 --be "Therapist" /caseload/ /referrals/

Writes var/screenshots/NAME-desk.png and NAME-phone.png. Without paths it takes the public pages.
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
    parser.add_argument("--whole", action="store_true", help="the whole page, not only what is seen first")
    chosen = parser.parse_intermixed_args()
    INTO.mkdir(parents=True, exist_ok=True)
    system = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system, args=["--headless", "--no-sandbox"])
        for screen, size in SCREENS.items():
            page = browser.new_context(viewport=size, locale="en-GB").new_page()
            _take(page, chosen, screen)
        browser.close()


def _take(page: Page, chosen: argparse.Namespace, screen: str) -> None:
    if chosen.be:
        page.goto(f"{chosen.address}/account/personas/")
        page.get_by_role("button").filter(has_text=chosen.be).first.click()
    for path in chosen.paths:
        page.goto(chosen.address + path)
        name = path.strip("/").replace("/", "-") or "home"
        picture = INTO / f"{name}-{screen}.png"
        page.screenshot(path=picture, full_page=chosen.whole)
        print(picture)


if __name__ == "__main__":
    main()
