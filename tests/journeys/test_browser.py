"""The main job on the chat page, in a real browser, as two people side by side."""

import os
from pathlib import Path

from playwright.async_api import (
    Browser,
    FilePayload,
    Locator,
    Page,
    expect,
)

from tests.browser import NEEDS_CHROMIUM, browser
from tests.journeys.town import Town

# The folder for screenshots, where somebody wants to look at them.
PICTURES = os.environ.get("SCREENSHOTS")

__all__ = ["browser"]
pytestmark = NEEDS_CHROMIUM


def last(pane: Locator, words: str) -> Locator:
    """The newest message with these words."""
    return pane.get_by_test_id("message").filter(has_text=words).last


async def press(pane: Locator, label: str) -> None:
    """Press the newest button with this in its label."""
    await pane.get_by_test_id("button").filter(has_text=label).last.click()


async def write(pane: Locator, words: str) -> None:
    """Type and send."""
    await pane.get_by_test_id("composer").fill(words)
    await pane.get_by_test_id("send").click()


async def picture(page: Page, name: str) -> None:
    """Keep a screenshot where somebody asked for it."""
    if PICTURES:
        await page.screenshot(path=str(Path(PICTURES) / f"{name}.png"))


async def test_a_report_with_photo_and_pin_and_its_answer(
    living_town: Town, browser: Browser, photo: bytes
) -> None:
    town, police = living_town, living_town.chat("police")
    page = await browser.new_page(viewport={"width": 1280, "height": 800})
    url = (
        f"{town.api.url}/?as={town.resident.id}&chat={town.stage.bot}"
        f"&beside={town.officer.id}&chat2={police}"
    )
    await page.goto(url)
    resident = page.get_by_test_id(f"pane-{town.resident.id}")
    officer = page.get_by_test_id(f"pane-{town.officer.id}")

    await press(resident, "Báo tin")
    await expect(last(resident, "Có chuyện gì")).to_be_visible()
    await write(resident, "Có người bẻ khóa xe máy trước cổng chợ")
    await expect(last(resident, "việc gì")).to_be_visible()
    picked = FilePayload(name="xe.jpg", mimeType="image/jpeg", buffer=photo)
    await resident.get_by_test_id("attach-photo").set_input_files(picked)
    await expect(last(resident, "ảnh")).to_be_visible()
    await press(resident, "Trộm cắp")
    await expect(last(resident, "Ở đâu")).to_be_visible()
    await resident.get_by_test_id("attach").click()
    await resident.get_by_test_id("attach-location").click()
    await resident.get_by_test_id("send-location").click()
    await expect(last(resident, "biết tên")).to_be_visible()
    await press(resident, "Không nêu tên")
    await expect(last(resident, "có thể cho biết nhà")).to_be_visible()
    await press(resident, "Vẫn gửi")
    await expect(last(resident, "Xem lại")).to_be_visible()
    await press(resident, "Gửi tin")
    await expect(last(resident, "Đã gửi tới trực ban")).to_be_visible()

    card = last(officer, "bẻ khóa xe máy")
    await expect(card).to_contain_text("CHƯA AI NHẬN")
    await expect(officer.get_by_test_id("message").locator("img").last).to_be_visible()
    await picture(page, "desktop-card")
    await press(officer, "Tôi nhận")
    await expect(last(resident, "đã nhận tin lúc")).to_be_visible()
    await press(officer, "Đã xử lý")
    await press(officer, "Đã đến nơi và giải quyết")
    await expect(last(resident, "Đã xử lý")).to_be_visible()
    if PICTURES:
        await expect(page.get_by_test_id("toast")).to_be_empty(timeout=15_000)
    await picture(page, "desktop")
    await at_phone_width(town, browser)


async def at_phone_width(town: Town, browser: Browser) -> None:
    """The same conversation on a phone of 360 pixels: nothing is cut off at the side."""
    page = await browser.new_page(viewport={"width": 360, "height": 740})
    await page.goto(f"{town.api.url}/?as={town.resident.id}&chat={town.stage.bot}")
    pane = page.get_by_test_id(f"pane-{town.resident.id}")
    await expect(last(pane, "Đã xử lý")).to_be_visible()
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360
    await picture(page, "phone")
    await page.goto(f"{town.api.url}/?as={town.officer.id}&chat={town.chat('police')}")
    await expect(last(page.get_by_test_id(f"pane-{town.officer.id}"), "Mã")).to_be_visible()
    await picture(page, "phone-police")
