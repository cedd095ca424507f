"""The report in a real browser: policy, keyboard, filters, links into folded notes, contrast."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal

import pytest

from auditor.audit import Audit
from auditor.report.html import render

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

CONTRAST = """
() => {
  const parse = (c) => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => {
    const f = (v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b);
  };
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const e of document.body.querySelectorAll("*")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || !e.checkVisibility() || e.closest("script, style")) continue;
    const [a, b] = [light(parse(getComputedStyle(e).color)), light(ground(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    found.push([ratio, e.tagName + "." + e.className, e.textContent.trim().slice(0, 40)]);
  }
  return found;
}
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield opened
        opened.close()


class Viewer:
    """Opens audits as pages and gathers what the browser complains about."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser = browser
        self.folder = folder
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self._contexts: list[Any] = []

    def open(
        self,
        audit: Audit,
        *,
        fragment: str = "",
        scheme: Literal["light", "dark"] = "light",
        width: int = 1200,
        script: bool = True,
    ) -> Page:
        path = self.folder / "report.html"
        path.write_text(render(audit), encoding="utf-8")
        context = self.browser.new_context(
            color_scheme=scheme,
            viewport={"width": width, "height": 800},
            java_script_enabled=script,
        )
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(path.as_uri() + fragment)
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture
def viewer(browser: Browser, tmp_path: Path) -> Iterator[Viewer]:
    made = Viewer(browser, tmp_path)
    yield made
    made.close()
    assert made.complaints == []


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.tagName"))


def test_no_complaint_and_no_request(viewer: Viewer, audit: Audit) -> None:
    page = viewer.open(audit)
    page.locator("h1").wait_for()
    assert viewer.complaints == []
    assert len(viewer.requests) == 1
    assert page.evaluate("document.getElementById('theme').hidden") is False


@pytest.mark.parametrize("width", [390, 1200])
def test_the_page_never_scrolls_sideways(viewer: Viewer, audit: Audit, width: int) -> None:
    page = viewer.open(audit, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_keys_walk_through_the_findings(viewer: Viewer, samples: ModuleType) -> None:
    page = viewer.open(samples.realistic())
    seen = []
    for key in "jjjk":
        page.keyboard.press(key)
        seen.append(focused(page))
    assert seen == ["f1", "f2", "f3", "f2"]
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Next").click()
    page.keyboard.press("j")
    assert page.locator("article.finding:focus, summary:focus").count() == 1
    for _ in range(30):
        page.keyboard.press("j")
    assert focused(page) == "SUMMARY"
    page.keyboard.press("Enter")
    page.keyboard.press("j")
    assert focused(page) == "f8"
    page.get_by_label("keys j, k").uncheck()
    page.locator("#f2").focus()
    page.keyboard.press("j")
    assert focused(page) == "f2"


def test_the_first_tab_stop_skips_to_the_findings(viewer: Viewer, samples: ModuleType) -> None:
    page = viewer.open(samples.realistic())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert focused(page) == "findings"


def test_a_filter_hides_its_severity_and_empty_groups(viewer: Viewer, samples: ModuleType) -> None:
    page = viewer.open(samples.realistic())
    page.get_by_role("checkbox", name="Notes").uncheck()
    assert page.locator("article.note:visible").count() == 0
    assert page.locator("article.error:visible").count() == 4
    assert page.locator("section.group:visible").count() == 3
    assert page.locator("#shown").text_content() == "6 of 13 shown"
    page.get_by_role("checkbox", name="Errors").uncheck()
    assert page.locator("article:visible").count() == 2
    page.get_by_role("checkbox", name="Notes").check()
    page.get_by_role("checkbox", name="Errors").check()
    assert page.locator("#shown").text_content() == ""


def test_a_link_opens_folded_and_filtered_findings(viewer: Viewer, samples: ModuleType) -> None:
    page = viewer.open(samples.realistic())
    page.get_by_role("checkbox", name="Notes").uncheck()
    page.locator("#d1-t3-r1-c1 a").click()
    page.wait_for_function("document.activeElement.id === 'f8'")
    page.locator("#f8").wait_for(state="visible")
    page.locator("#f8 .places a").click()
    page.wait_for_function("document.activeElement.id === 'd1-t3-r1-c1'")


def test_a_fragment_in_the_address_opens_its_note(viewer: Viewer, samples: ModuleType) -> None:
    page = viewer.open(samples.realistic(), fragment="#f10")
    page.locator("#f10").wait_for(state="visible")
    assert focused(page) == "f10"


def test_the_theme_button_changes_the_theme_and_names_the_other(
    viewer: Viewer, samples: ModuleType
) -> None:
    page = viewer.open(samples.clean(), scheme="dark")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    dark = page.evaluate(ground)
    page.get_by_role("button", name="Light theme").click()
    light = page.evaluate(ground)
    assert dark != light
    page.get_by_role("button", name="Dark theme").click()
    assert page.evaluate(ground) == dark


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("sample", ["incomplete", "clean", "two_documents", "extract"])
def test_all_text_stands_out_from_its_ground(
    viewer: Viewer,
    audits: dict[str, Callable[[], Audit]],
    scheme: Literal["light", "dark"],
    sample: str,
) -> None:
    page = viewer.open(audits[sample](), scheme=scheme)
    page.evaluate("for (const box of document.querySelectorAll('details')) box.open = true")
    measured = page.evaluate(CONTRAST)
    assert len(measured) > 50
    assert [entry for entry in measured if entry[0] < 4.5] == []


def test_copying_takes_the_text_of_the_review(viewer: Viewer, samples: ModuleType) -> None:
    page = viewer.open(samples.realistic())
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#f6 details summary").click()
    page.locator("#f6 button").click()
    page.locator("#f6 button", has_text="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Table 2, row 'ORR'")
    assert "12 / 31" in copied


def test_without_script_all_is_there_and_no_dead_control(
    viewer: Viewer, samples: ModuleType
) -> None:
    page = viewer.open(samples.realistic(), script=False)
    assert page.locator("article").count() == 13
    assert page.locator("button:visible").count() == 0
    assert page.locator(".toolbar:visible").count() == 0
    page.locator("details.notes > summary").click()
    page.locator("#f8").wait_for(state="visible")


@pytest.mark.parametrize("script", [True, False])
def test_print_shows_folded_notes_and_drops_controls(
    viewer: Viewer, samples: ModuleType, script: bool
) -> None:
    page = viewer.open(samples.realistic(), scheme="dark", script=script)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("#f8").bounding_box()["height"] > 20  # type: ignore[index]
    for control in ("nav", ".toolbar", ".copy"):
        assert page.locator(f"{control}:visible").count() == 0
    assert page.locator("body").evaluate("e => getComputedStyle(e).color") == "rgb(27, 30, 34)"


def test_arms_differ_in_colour_and_in_dash(viewer: Viewer, cohorts: ModuleType) -> None:
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        page = viewer.open(cohorts.extract(), scheme=scheme, script=False)
        lines = page.locator("#km1 .scroll path.line")
        drawn = lines.evaluate_all(
            "all => all.map((e) => getComputedStyle(e)).map((c) => [c.stroke, c.strokeDasharray])"
        )
        assert len(drawn) == 3
        assert len({colour for colour, _ in drawn}) == len({dash for _, dash in drawn}) == 3


def test_numbers_at_risk_stand_under_their_times(viewer: Viewer, cohorts: ModuleType) -> None:
    page = viewer.open(cohorts.extract())
    middles = "all => all.map((e) => { const b = e.getBBox(); return [b.x + b.width / 2, b.y]; })"
    times = page.locator("#km1 .grid text[text-anchor=middle]").evaluate_all(middles)
    numbers = page.locator("#km1 .risk text[text-anchor=middle]").evaluate_all(middles)
    bottom = page.locator("#km1 .grid .axis").evaluate("e => e.getBBox().y + e.getBBox().height")
    assert len(numbers) == 3 * len(times)
    assert all(min(abs(x - time) for time, _ in times) < 0.6 for x, _ in numbers)
    assert all(y > bottom for _, y in numbers)


def test_names_of_arms_do_not_run_into_their_numbers(viewer: Viewer, cohorts: ModuleType) -> None:
    page = viewer.open(cohorts.extract())
    boxes = "all => all.map((e) => { const b = e.getBBox(); return [b.x, b.x + b.width, b.y]; })"
    names = page.locator("#km1 .risk text.head").evaluate_all(boxes)
    numbers = page.locator("#km1 .risk text:not(.head)").evaluate_all(boxes)
    for _, end, y in names:
        assert all(start > end for start, _, at in numbers if abs(at - y) < 3)


def test_a_reported_median_is_drawn_at_its_time(viewer: Viewer, cohorts: ModuleType) -> None:
    page = viewer.open(cohorts.extract())
    label = page.locator("#km1 text", has_text="reported 6.9")
    assert label.count() == 1
    x = page.locator("#km1 .drop.reported").evaluate("e => e.getBBox().x")
    ticks = page.locator("#km1 .grid text[text-anchor=middle]").evaluate_all(
        "all => all.map((e) => [Number(e.textContent), Number(e.getAttribute('x'))])"
    )
    (t0, x0), (t1, x1) = ticks[0], ticks[-1]
    assert x == pytest.approx(x0 + (6.9 - t0) / (t1 - t0) * (x1 - x0), abs=0.2)


def test_the_cohort_is_printed_whole(viewer: Viewer, cohorts: ModuleType) -> None:
    page = viewer.open(cohorts.extract(), width=700)
    page.emulate_media(media="print")
    assert page.locator("#km1 svg[role=img]").bounding_box()["height"] > 100  # type: ignore[index]
    assert page.locator("table.comparisons").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 700


@pytest.mark.parametrize("script", [True, False])
def test_a_number_of_the_text_leads_to_its_cell_and_back(
    viewer: Viewer, texts: ModuleType, script: bool
) -> None:
    page = viewer.open(texts.text(), script=script)
    assert not page.locator("p.prose a", has_text="30% (9/30)").is_visible()
    page.locator("td", has_text="9 (30%)").last.locator("a.text-ref").click()
    number = page.locator("p.prose a", has_text="30% (9/30)")
    number.wait_for(state="visible")
    number.click()
    assert page.locator("td:target").inner_text().startswith("9 (30%)")


@pytest.mark.parametrize("width", [390, 1200])
def test_both_places_fit_the_screen(viewer: Viewer, texts: ModuleType, width: int) -> None:
    page = viewer.open(texts.long_text(), width=width)
    left, right = page.locator("dl.sides").first.locator("> div").all()
    one, other = left.bounding_box(), right.bounding_box()
    assert one is not None
    assert other is not None
    assert (other["x"] > one["x"]) is (width > 1000)
    page.evaluate("for (const box of document.querySelectorAll('details')) box.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
