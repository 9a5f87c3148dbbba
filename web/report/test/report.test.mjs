import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromiumPath, launch, NoChromium, open } from "./browser.mjs";
import { cases } from "./cases.mjs";
import { differences } from "./figures.mjs";
import { template, writeReport } from "./fill.mjs";

const skip = chromiumPath() ? false : NoChromium;
const looks = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  phone: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true },
};
let browser, folder;

before(async () => {
  if (skip) return;
  folder = mkdtempSync(join(tmpdir(), "fathom-report-"));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  if (folder) rmSync(folder, { recursive: true });
});

/** Opens a case, hands it to the test, and holds the page to silence: no word on the console, no question to the network. */
async function withReport(data, options, act) {
  const path = writeReport(join(folder, "report.html"), data);
  const opened = await open(browser, path, options);
  try {
    await act(opened.page);
    assert.deepEqual(opened.errors, [], "the console stays silent");
    assert.deepEqual(opened.requests, [], "nothing is asked of the network");
  } finally {
    await opened.close();
  }
}

const browserTest = (name, act) => test(name, { skip }, act);

for (const [name, data] of Object.entries(cases))
  for (const [look, options] of Object.entries(looks))
    browserTest(`${name}, ${look}: figures are the summary's, text can be read, nothing sticks out`, () => withReport(data(), options, async (page) => {
      assert.deepEqual(await differences(page, JSON.stringify(data().summary)), []);
      assert.deepEqual(await page.evaluate(faintTexts), []);
      const [inner, wide] = await page.evaluate(() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]);
      assert.ok(wide <= inner, `the page is ${wide} wide in a window of ${inner}`);
      assert.deepEqual(await page.evaluate(unnamed), []);
      assert.ok((await page.evaluate(inkOfCharts)).every((ink) => ink > 50), "every chart has a line");
    }));

browserTest("A figure that differs from the summary is found, whichever it is", () => withReport(cases.normal(), {}, async (page) => {
  const { summary } = cases.normal();
  for (const key of ["equity_end", "fees", "orders", "max_drawdown", "fingerprint", "first", "sharpe"]) {
    const other = { ...summary, [key]: key === "sharpe" ? 1.5 : typeof summary[key] === "number" ? summary[key] * 1.01 : `${summary[key]}1` };
    assert.match((await differences(page, JSON.stringify(other))).join("\n"), new RegExp(`^${key}: `), key);
  }
  assert.notDeepEqual(await differences(page, JSON.stringify({ ...summary, more: 1 })), [], "a figure that the page lacks");
  await page.evaluate(() => { document.querySelector("[data-field=equity_end]").textContent = "1,002,611.33"; });
  assert.equal((await differences(page, JSON.stringify(summary))).length, 1, "a text that is not its value");
}));

browserTest("Everything stands in the order in which it is asked for", () => withReport(cases.halted(), {}, async (page) => {
  const order = ["failures", "headline", "equity", "inventory", "prices", "pnl", "markouts", "queue", "fills", "orders", "assumptions", "anomalies", "rerun"];
  assert.deepEqual(await page.$$eval("section", (all) => all.map((one) => one.id)), order);
  const banner = await page.locator("#failures").innerText();
  for (const words of ["momentum in OnBook, at input 1,284,311, 2024-05-08 13:31:01.234 UTC", "Attempted to divide by zero."]) assert.ok(banner.includes(words), banner);
  await page.getByText("Where it came from").click();
  assert.ok((await page.locator("#failures pre").innerText()).includes("at Momentum.OnBook"));
}));

browserTest("A run without fills says why there is nothing", () => withReport(cases.noFills(), {}, async (page) => {
  for (const [id, words] of Object.entries({ inventory: "nothing was traded", prices: "nothing was traded", pnl: "nothing was traded", markouts: "no fill", queue: "no order rested", fills: "no order was sent", orders: "no strategy asked" }))
    assert.ok((await page.locator(`#${id} .empty`).innerText()).includes(words), id);
  assert.equal(await page.locator("[data-field=fill_rate]").first().innerText(), "—");
  assert.ok((await page.locator("#headline").innerText()).includes("Needs three days or more"));
}));

browserTest("Several currencies without a rate stand in a table, and each has its chart", () => withReport(cases.currencies(), {}, async (page) => {
  assert.equal(await page.locator("#headline [data-field=equity_end]").innerText(), "—");
  assert.equal(await page.locator("[data-field='by_currency.EUR.equity_end']").first().innerText(), "99,677.25");
  assert.deepEqual(await page.$$eval("#equity h3", (all) => all.map((one) => one.textContent)), ["Equity, USD", "Equity, EUR", "Drawdown, % of the peak"]);
}));

browserTest("Names and messages of others stay text", () => withReport(cases.hostile(), {}, async (page) => {
  assert.equal(await page.locator("h1").innerText(), cases.hostile().title);
  assert.equal(await page.locator("#failures b").innerText(), "<i>");
  assert.equal(await page.locator("#report img, #report i, #report script").count(), 0);
  assert.ok((await page.locator("#failures").innerText()).includes("$& $1 <!-- <script>"));
}));

browserTest("A heading sorts its table up, down and back, numbers as numbers", () => withReport(cases.large(), {}, async (page) => {
  const { rows } = cases.large().fills;
  const column = (index) => page.$$eval(`#fills tbody tr td:nth-child(${index})`, (all) => all.map((one) => one.textContent));
  const heading = page.locator("#fills thead th").filter({ hasText: "Fee" });
  const fees = rows.map((row) => Number(row.fee)).sort((one, other) => one - other);
  const written = (fee) => fee.toFixed(2).replace("-", "−");
  await heading.getByRole("button").click();
  assert.equal(await heading.getAttribute("aria-sort"), "ascending");
  assert.deepEqual(await column(8), fees.slice(0, 50).map(written));
  await heading.getByRole("button").press("Enter");
  assert.equal(await heading.getAttribute("aria-sort"), "descending");
  assert.deepEqual(await column(8), fees.reverse().slice(0, 50).map(written));
  await heading.getByRole("button").click();
  assert.equal(await heading.getAttribute("aria-sort"), null);
  assert.deepEqual(await column(6), rows.slice(0, 50).map((row) => row.quantity));
  const queue = page.locator("#fills thead th").filter({ hasText: "Queue ahead" }).getByRole("button");
  for (let clicks = 0; clicks < 2; clicks++) {
    await queue.click();
    assert.ok(!(await column(11)).includes("—"), "what is not known stands at the end either way");
  }
}));

browserTest("A filter keeps the rows that have all of its words", () => withReport(cases.large(), {}, async (page) => {
  const { rows } = cases.large().orders;
  const kept = rows.filter((row) => row.status === "rejected" && row.side === "sell");
  await page.getByLabel("Filter").nth(1).fill("REJECTED sell");
  assert.ok((await page.locator("#orders .state").innerText()).startsWith(`1–50 of ${kept.length.toLocaleString("en-US")} found`));
  assert.deepEqual(await page.$$eval("#orders tbody tr td:nth-child(3)", (all) => all.map((one) => one.textContent)), kept.slice(0, 50).map((row) => row.client_order_id));
  await page.getByLabel("Filter").nth(1).fill("no such words");
  assert.equal(await page.locator("#orders tbody").innerText(), "No row has these words.");
  assert.ok((await page.locator("#orders .state").innerText()).startsWith("none of 0 found"));
}));

browserTest("Five thousand rows come fifty at a time, and the page says where the rest is", () => withReport(cases.large(), {}, async (page) => {
  assert.equal(await page.locator("#orders .state").innerText(), "1–50 of the first 5,000 of 15,000; the rest is in orders.csv");
  assert.equal(await page.locator("#orders tbody tr").count(), 50);
  const next = page.locator("#orders").getByRole("button", { name: "Next page" });
  await next.click();
  assert.ok((await page.locator("#orders .state").innerText()).startsWith("51–100 of"));
  await next.evaluate((button) => { while (!button.disabled) button.click(); });
  assert.ok((await page.locator("#orders .state").innerText()).startsWith("4,951–5,000 of"));
  assert.ok(await next.isDisabled());
  assert.ok((await page.locator("#equity .source").innerText()).includes("20,000 of 60,000 points; all are in equity.csv"));
}));

browserTest("One time range moves all charts: by dragging, by buttons, and back", () => withReport(cases.normal(), {}, async (page) => {
  const shown = page.locator(".range output");
  const whole = await shown.innerText();
  assert.equal(whole, "2024-05-08 13:30:00.000 – 15:30:00.000 UTC", "whatever the reader's zone");
  const prices = page.locator("#prices .plot canvas");
  const before = await prices.evaluate((canvas) => canvas.toDataURL());
  const box = await page.locator("#equity .u-over").first().boundingBox();
  await page.mouse.move(box.x + box.width * 0.25, box.y + 50);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 60, { steps: 4 });
  await page.mouse.up();
  const [from, to] = [...(await shown.innerText()).matchAll(/(\d\d):(\d\d):(\d\d)/g)].map(([, hours, minutes, seconds]) => hours * 60 + Number(minutes) + seconds / 60);
  assert.ok(Math.abs(from - (13 * 60 + 60)) < 1 && Math.abs(to - (13 * 60 + 90)) < 1, `a quarter of two hours: ${await shown.innerText()}`);
  assert.notEqual(await prices.evaluate((canvas) => canvas.toDataURL()), before, "the other charts follow");
  await page.getByRole("button", { name: "Earlier" }).click();
  await page.getByRole("button", { name: "Zoom in" }).click();
  assert.notEqual(await shown.innerText(), whole);
  await page.locator("#inventory .u-over").dblclick();
  assert.equal(await shown.innerText(), whole);
  assert.ok(await page.getByRole("button", { name: "Zoom out" }).isDisabled());
}));

browserTest("Zooming in for ever ends at a stretch that has an axis", () => withReport(cases.normal(), {}, async (page) => {
  for (let step = 0; step < 40; step++) await page.getByRole("button", { name: "Zoom in" }).click();
  assert.equal(await page.locator(".range output").innerText(), "2024-05-08 14:29:59.990 – 14:30:00.010 UTC");
}));

browserTest("The cursor reads the values of its moment", () => withReport(cases.normal(), {}, async (page) => {
  await page.locator("#inventory .u-over").scrollIntoViewIfNeeded();
  const box = await page.locator("#inventory .u-over").boundingBox();
  await page.mouse.move(box.x + 1, box.y + 40);
  assert.deepEqual(await page.$$eval("#inventory .legend output", (all) => all.map((one) => one.textContent)), ["0", "0", "0"]);
  await page.mouse.move(box.x + box.width - 1, box.y + 40);
  assert.deepEqual(await page.$$eval("#inventory .legend output", (all) => all.map((one) => one.textContent)),
    cases.normal().inventory.map((series) => String(series.v.at(-1)).replace("-", "−")));
}));

browserTest("A line can be switched off and on", () => withReport(cases.normal(), {}, async (page) => {
  const canvas = page.locator("#inventory canvas");
  const before = await canvas.evaluate((one) => one.toDataURL());
  const name = page.locator("#inventory .legend").getByRole("button").first();
  await name.click();
  assert.equal(await name.getAttribute("aria-pressed"), "false");
  await page.waitForFunction((old) => document.querySelector("#inventory canvas").toDataURL() !== old, before);
  await name.click();
  await page.waitForFunction((old) => document.querySelector("#inventory canvas").toDataURL() === old, before);
}));

browserTest("Each instrument has its price chart", () => withReport(cases.normal(), {}, async (page) => {
  assert.equal(await page.locator("#prices h3").innerText(), "FMH4, USD");
  await page.getByLabel("Instrument", { exact: true }).selectOption({ label: "FGH4" });
  assert.equal(await page.locator("#prices h3").innerText(), "FGH4, USD");
  await page.locator("#prices canvas").waitFor();
}));

browserTest("The reader's choice of colours wins over the system's, in charts too", () => withReport(cases.normal(), { colorScheme: "dark" }, async (page) => {
  const look = () => page.evaluate(() => [getComputedStyle(document.body).backgroundColor, document.querySelector("#equity canvas").toDataURL()]);
  const [dark, darkChart] = await look();
  await page.getByRole("button", { name: "Change to light colours" }).click();
  await page.waitForFunction((old) => document.querySelector("#equity canvas").toDataURL() !== old, darkChart);
  const [light] = await look();
  assert.notEqual(light, dark);
  await page.emulateMedia({ colorScheme: "light" });
  await page.getByRole("button", { name: "Change to dark colours" }).click();
  await page.waitForFunction((old) => document.querySelector("#equity canvas").toDataURL() === old, darkChart);
  assert.equal((await look())[0], dark);
}));

browserTest("On paper it is light, has its charts and no controls, and its tables are cut", () => withReport(cases.large(), { colorScheme: "dark" }, async (page) => {
  const screenWidth = await page.locator("#equity canvas").first().evaluate((canvas) => canvas.clientWidth);
  await page.emulateMedia({ media: "print" });
  await page.waitForFunction(() => document.querySelector("#equity canvas").clientWidth <= 703); // A4 within its margins
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
  assert.ok((await page.evaluate(inkOfCharts)).every((ink) => ink > 50));
  assert.equal(await page.locator("nav, .masthead button, .range, .tools").filter({ visible: true }).count(), 0);
  assert.equal(await page.locator("#fills tbody tr").filter({ visible: true }).count(), 30);
  assert.equal(await page.locator("#orders .printed").innerText(), "Printed: 30 of 15,000 rows; all of them are in orders.csv.");
  assert.ok((await page.pdf({ preferCSSPageSize: true })).length > 20_000);
  await page.emulateMedia({ media: "screen" });
  await page.waitForFunction((width) => document.querySelector("#equity canvas").clientWidth === width, screenWidth);
}));

test("A page without a run, with one of another layout or a broken one says so", { skip }, async () => {
  const other = writeReport(join(folder, "other.html"), { ...cases.noFills(), version: 2 });
  const broken = writeReport(join(folder, "broken.html"), "x");
  writeFileSync(broken, "");
  for (const [path, words] of [[template.pathname, "no run in it yet"], [other, "it was given layout 2"]]) {
    const { page, errors, close } = await open(browser, path);
    assert.ok((await page.locator("#report .empty").innerText()).includes(words));
    assert.deepEqual(errors, []);
    await close();
  }
});

/** Texts whose contrast is below WCAG's 4.5 : 1. */
function faintTexts() {
  const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const solid = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      const [, , , alpha = 1] = channels(colour);
      if (alpha === 1 && colour !== "transparent") return channels(colour);
    }
    return [255, 255, 255];
  };
  const light = (rgb) => rgb.slice(0, 3).map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)).reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const faint = new Set();
  for (const element of document.querySelectorAll("#report *")) {
    if (!element.checkVisibility() || element.closest(":disabled, svg, [aria-pressed=false]") || ![...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim())) continue;
    const [one, other] = [light(channels(getComputedStyle(element).color)), light(solid(element))].sort((a, b) => b - a);
    const contrast = (one + 0.05) / (other + 0.05);
    if (contrast < 4.5) faint.add(`${element.className || element.tagName} "${element.textContent.slice(0, 20)}": ${contrast.toFixed(2)}`);
  }
  return [...faint];
}

/** Controls, charts and tables that have no name for those who do not see them. */
function unnamed() {
  const isNamed = (one) => one.getAttribute("aria-label") || one.textContent.trim() || one.labels?.length > 0;
  return [
    ...[...document.querySelectorAll("button, a, select, input, [role=img], [role=region]")].filter((one) => !isNamed(one)),
    ...[...document.querySelectorAll("table")].filter((one) => !one.caption?.textContent || [...one.tHead.rows[0].cells].some((cell) => cell.scope !== "col")),
  ].map((one) => one.outerHTML.slice(0, 80));
}

/** Of each chart the pixels that are coloured: its lines, not its grey grid and labels. */
function inkOfCharts() {
  return [...document.querySelectorAll(".plot canvas")].map((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let ink = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at + 3] > 200 && Math.max(data[at], data[at + 1], data[at + 2]) - Math.min(data[at], data[at + 1], data[at + 2]) > 22) ink++;
    return ink;
  });
}
