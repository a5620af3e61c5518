"""A visitor walks the pages in a real browser, against a real server."""

import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import httpx
import openpyxl
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.ui import Select, WebDriverWait

from pipelines.settings import Places
from tests.serving.homes import NOW, only_published
from tests.serving.running import serving
from tests.serving.test_hostile import poison

BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (BROWSER and DRIVER), reason="chromium and chromedriver are not installed")
WIDTHS = {"phone": 390, "desktop": 1200}
PROFILE = f"/berkas/{NOW}/profil-{NOW}.html"
PAGES = (
    "/",
    "/unduhan",
    "/tabel?tingkat=rt",
    "/tabel?indikator=tpt&tingkat=rw",
    "/indikator/jumlah_penduduk",
    "/indikator/keluarga_menurut_desil",
    "/cara-mengambil",
    PROFILE,
)
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
FAULTS = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ["violations"]}).then((found) => done(found.violations.map(
  (v) => v.id + ": " + v.help + ": " + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)).join(" | "))));
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """Headless chromium that saves what it downloads in its `downloads` folder."""
    options = webdriver.ChromeOptions()
    options.binary_location = str(BROWSER)
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(DRIVER)))
    driver.downloads = tmp_path_factory.mktemp("unduhan")  # type: ignore[attr-defined]
    driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(driver.downloads)})  # type: ignore[attr-defined]
    yield driver
    driver.quit()


def go(browser: webdriver.Chrome, client: httpx.Client, path: str, width: int = WIDTHS["desktop"]) -> None:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    browser.get_log("browser")  # what axe-core was forbidden to do on the page before
    browser.get(str(client.base_url.join(path)))


def accessibility_faults(browser: webdriver.Chrome) -> list[str]:
    """What axe-core finds wrong with the page that is open."""
    browser.execute_script(AXE)
    found: list[str] = browser.execute_async_script(FAULTS)
    return found


def rows(browser: webdriver.Chrome) -> list[list[str]]:
    return [
        [cell.text for cell in row.find_elements(By.CSS_SELECTOR, "th, td")]
        for row in browser.find_elements(By.CSS_SELECTOR, "#tabel tbody tr")
    ]


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_pages_fit_and_hide_nothing_from_who_cannot_see_them(
    browser: webdriver.Chrome, client: httpx.Client, path: str, width: int
) -> None:
    go(browser, client, path, width)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    assert browser.get_log("browser") == []
    assert accessibility_faults(browser) == []


def test_the_check_of_accessibility_finds_faults(browser: webdriver.Chrome, client: httpx.Client) -> None:
    go(browser, client, "/tabel")
    browser.execute_script(
        "document.documentElement.removeAttribute('lang');"
        "document.querySelectorAll('label').forEach((label) => label.remove());"
        "document.querySelector('h1').style.color = '#ddd';"
    )
    found = {fault.partition(":")[0] for fault in accessibility_faults(browser)}
    assert {"html-has-lang", "select-name", "color-contrast"} <= found


def test_a_visitor_picks_a_table_sees_it_sorts_it_and_takes_it_home(
    browser: webdriver.Chrome, client: httpx.Client
) -> None:
    go(browser, client, "/")
    browser.find_element(By.LINK_TEXT, "Tabel").click()
    form = browser.find_element(By.CSS_SELECTOR, "form.pick")
    Select(browser.find_element(By.ID, "indikator")).select_by_visible_text("Jumlah Penduduk")
    Select(browser.find_element(By.ID, "tingkat")).select_by_value("rt")
    Select(browser.find_element(By.ID, "periode")).select_by_visible_text("Triwulan III 2025")
    form.find_element(By.TAG_NAME, "button").send_keys(Keys.ENTER)
    WebDriverWait(browser, 20).until(staleness_of(form))
    cells = client.get(f"/api/cells?indicator=jumlah_penduduk&level=rt&period={NOW}&breakdown=total").json()
    seen = rows(browser)
    assert [row[1] for row in seen] == [cell["area"] for cell in cells]
    assert [row[2] for row in seen] == [f"{cell['value']:,}".replace(",", ".") for cell in cells]
    assert len(browser.find_elements(By.CSS_SELECTOR, "svg .bar")) == len(cells)

    total = browser.find_element(By.XPATH, "//table[@id='tabel']//th[3]/button")
    total.send_keys(Keys.ENTER)
    assert [int(row[2]) for row in rows(browser)] == sorted(cell["value"] for cell in cells)
    assert browser.find_element(By.XPATH, "//table[@id='tabel']//th[3]").get_attribute("aria-sort") == "ascending"

    browser.find_element(By.LINK_TEXT, "Unduh Excel").click()
    folder: Path = browser.downloads  # type: ignore[attr-defined]
    name = f"jumlah_penduduk-rt-{NOW}.xlsx"
    WebDriverWait(browser, 20).until(lambda _: (folder / name).exists())
    sheet = openpyxl.load_workbook(folder / name).worksheets[0]
    (table,) = sheet.tables.values()
    assert [str(row[2].value) for row in sheet[table.ref][1:]] == [row[2] for row in seen]
    assert "Jumlah Penduduk menurut RT" in str(sheet["A1"].value)


def test_a_visitor_takes_the_book_home(browser: webdriver.Chrome, client: httpx.Client, public_home: Path) -> None:
    go(browser, client, "/", WIDTHS["phone"])
    browser.find_element(By.LINK_TEXT, "Unduhan").click()
    browser.find_element(By.LINK_TEXT, "Kelurahan Dalam Angka, buku kerja Excel").click()
    name = f"kelurahan-dalam-angka-{NOW}.xlsx"
    taken = browser.downloads / name  # type: ignore[attr-defined]
    WebDriverWait(browser, 20).until(lambda _: taken.exists())
    assert taken.read_bytes() == (Places(public_home).reports / NOW / name).read_bytes()


def test_without_scripts_the_form_still_works(browser: webdriver.Chrome, client: httpx.Client) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        go(browser, client, "/tabel")
        form = browser.find_element(By.CSS_SELECTOR, "form.pick")
        Select(browser.find_element(By.ID, "tingkat")).select_by_value("kelurahan")
        form.find_element(By.TAG_NAME, "button").click()
        WebDriverWait(browser, 20).until(lambda b: "tingkat=kelurahan" in b.current_url)
        assert len(browser.find_elements(By.CSS_SELECTOR, "#tabel tbody tr")) == 1
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_hostile_names_run_nothing(browser: webdriver.Chrome, office: Path, tmp_path: Path) -> None:
    home = only_published(office, tmp_path / "kantor")
    poison(home)
    with serving(home) as client:
        for path in ("/", "/tabel?tingkat=rt", "/tabel?tingkat=kelurahan", "/indikator/amh"):
            go(browser, client, path)
            assert browser.execute_script("return window.kena") is None
            assert browser.get_log("browser") == []  # the policy would log what it had to stop
            assert browser.current_url.startswith(str(client.base_url))


def test_the_policy_stops_what_would_slip_through(browser: webdriver.Chrome, client: httpx.Client) -> None:
    go(browser, client, "/")
    browser.execute_script(
        "document.querySelector('main').innerHTML = '<img src=x onerror=\"window.kena=1\">';"
        "const s = document.createElement('script'); s.textContent = 'window.kena=2'; document.body.append(s);"
    )
    WebDriverWait(browser, 20).until(lambda b: "Content Security Policy" in str(b.get_log("browser")))
    assert browser.execute_script("return window.kena") is None
