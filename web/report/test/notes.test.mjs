import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromiumPath, launch, NoChromium, open } from "./browser.mjs";
import { cases } from "./cases.mjs";
import { writeReport } from "./fill.mjs";

/** What strategies wrote: plots, annotations, log. */
const skip = chromiumPath() ? false : NoChromium;
let browser, folder;

before(async () => {
  if (skip) return;
  folder = mkdtempSync(join(tmpdir(), "fathom-notes-"));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  if (folder) rmSync(folder, { recursive: true });
});

const browserTest = (name, data, act) => test(name, { skip }, async () => {
  const { page, errors, requests, close } = await open(browser, writeReport(join(folder, "report.html"), data));
  try {
    await act(page);
    assert.deepEqual([errors, requests], [[], []]);
  } finally {
    await close();
  }
});

browserTest("A run in which no strategy wrote has no empty sections", cases.normal(), async (page) => {
  assert.equal(await page.locator("#plots, #annotations, #log, .marks [aria-label=annotation]").count(), 0);
  assert.ok(!(await page.locator("nav").innerText()).includes("Log"));
});

browserTest("Each part has its place, and the contents name it", cases.notes(), async (page) => {
  const order = ["headline", "equity", "inventory", "prices", "plots", "pnl", "markouts", "queue", "fills", "orders", "annotations", "log", "assumptions", "anomalies", "rerun"];
  assert.deepEqual(await page.$$eval("section", (all) => all.map((one) => one.id)), order);
  for (const name of ["Plots", "Annotations", "Log"]) assert.equal(await page.locator("nav").getByRole("link", { name, exact: true }).count(), 1, name);
});

browserTest("Curves of one name are one chart, a strategy has one colour, and the last chart has the times", cases.notes(), async (page) => {
  const charts = await page.$$eval("#plots .chart", (all) => all.map((one) => [one.querySelector("h3").textContent, ...[...one.querySelectorAll(".legend li")].map((line) => line.firstChild.textContent || line.childNodes[1].textContent)]));
  assert.deepEqual(charts, [["signal", "quoter", "momentum"], ["half spread, ticks", "quoter"], ["(no name)", "momentum"]]);
  const colours = await page.$$eval("#plots .legend line", (all) => all.map((one) => one.getAttribute("stroke")));
  assert.deepEqual(colours, ["var(--series-1)", "var(--series-2)", "var(--series-1)", "var(--series-2)"]);
  const heights = await page.$$eval("#plots canvas", (all) => all.map((one) => one.clientHeight));
  assert.ok(heights[0] === heights[1] && heights[2] > heights[1], String(heights));
});

browserTest("Zooming moves the plots too", cases.notes(), async (page) => {
  const picture = () => page.locator("#plots canvas").first().evaluate((canvas) => canvas.toDataURL());
  const before = await picture();
  await page.getByRole("button", { name: "Zoom in" }).click();
  await page.waitForFunction((old) => document.querySelector("#plots canvas").toDataURL() !== old, before);
});

browserTest("Of many curves the first are drawn, the others when they are asked for", cases.manyNotes(), async (page) => {
  assert.equal(await page.locator("#plots .chart").count(), 12);
  assert.ok((await page.locator("#plots .source").innerText()).includes("5,000 of 12,000 points; all are in plots.csv"));
  await page.getByRole("button", { name: "Show 52 more curves" }).click();
  await page.waitForFunction(() => document.querySelectorAll("#plots canvas").length === 64);
  assert.equal(await page.locator("#plots h3").last().innerText(), "curve 63");
  assert.equal(await page.locator("#plots .more").count(), 0);
});

/** Where a moment is on a chart, left to right in page pixels. */
async function placeOf(page, chart, t) {
  const over = page.locator(`${chart} .u-over`).first();
  await over.scrollIntoViewIfNeeded();
  const box = await over.boundingBox();
  const { first, last } = cases.notes();
  return { box, x: box.x + box.width * (t - Date.parse(first)) / (Date.parse(last) - Date.parse(first)) };
}

/** Moves the cursor down through a moment until it meets a remark; its text, null = there is none. */
async function textAt(page, chart, t) {
  const { box, x } = await placeOf(page, chart, t);
  const tip = page.locator(`${chart} .tip`).first();
  for (let y = box.y + 4; y < box.y + box.height; y += 8) {
    await page.mouse.move(x, y);
    if (await tip.isVisible()) {
      const [seen, plot] = [await tip.boundingBox(), await page.locator(`${chart} .plot`).first().boundingBox()];
      assert.ok(seen.x >= plot.x && seen.x + seen.width <= plot.x + plot.width && seen.y >= plot.y && seen.y + seen.height <= plot.y + plot.height, "nothing of it is cut off");
      return tip.innerText();
    }
  }
  return null;
}

browserTest("An annotation stands in its instrument's chart, one without a chart at the equity, its text under the cursor", cases.notes(), async (page) => {
  const { rows } = cases.notes().annotations;
  assert.equal(rows[0].instrument, "FMH4");
  for (const row of [rows[0], rows[2], rows[7], rows[15]]) assert.ok((await textAt(page, "#prices", row.t)).includes(row.text.slice(0, 100)), row.text);
  assert.deepEqual([rows[5].instrument, rows[6].instrument], ["", "NOT TRADED"]);
  for (const row of [rows[5], rows[6]]) assert.ok((await textAt(page, "#equity", row.t)).includes(row.text), row.text);
  assert.equal(await textAt(page, "#equity", rows[0].t), null, "what a price chart shows is not shown twice");
  await page.mouse.move(1, 1);
  assert.equal(await page.locator(".tip:visible").count(), 0);
  assert.equal(await page.locator(".marks").getByText("annotation").count(), 2);
});

browserTest("The list of annotations has them all, with their mids", cases.notes(), async (page) => {
  const { rows } = cases.notes().annotations;
  const text = (column) => page.$$eval(`#annotations tbody tr td:nth-child(${column})`, (all) => all.map((one) => one.textContent));
  assert.deepEqual(await text(5), rows.map((row) => row.text || "—"));
  assert.deepEqual(await text(4), rows.map((row) => (row.price === null ? "—" : String(row.price))));
});

browserTest("The log says level, message and fields, is found by words and sorted by how much it matters", cases.notes(), async (page) => {
  const { rows } = cases.notes().log;
  const texts = (column) => page.$$eval(`#log tbody tr td:nth-child(${column})`, (all) => all.map((one) => one.textContent));
  assert.deepEqual(await texts(2), rows.slice(0, 50).map((row) => row.level));
  assert.deepEqual(await texts(3), rows.slice(0, 50).map((row) => row.message));
  assert.equal((await texts(4))[1], rows[1].fields.map((field) => `${field.name} ${field.value}`).join(""));
  assert.ok((await texts(4))[2].endsWith("3 more had no room"));
  const level = page.locator("#log thead").getByRole("button", { name: "Level" });
  await level.click();
  await level.click();
  const errors = rows.filter((row) => row.level === "error").length;
  assert.deepEqual((await texts(2)).slice(0, errors + 1), [...Array(errors).fill("error"), "warning"]);
  await page.locator("#log-filter").fill("warning side=buy");
  const found = rows.filter((row) => row.level === "warning" && row.fields.some((field) => field.value === "buy")).length;
  assert.equal(await page.locator("#log tbody tr").count(), found);
});

browserTest("Where there was more, the page says what it shows and where the rest is", cases.manyNotes(), async (page) => {
  assert.equal(await page.locator("#log .state").innerText(), "1–50 of the newest 500 of 100,001; the rest is in log.jsonl");
  assert.equal(await page.locator("#annotations .state").innerText(), "1–50 of the evenly picked 2,000 of 5,321; the rest is in annotations.csv");
});

browserTest("What strategies say stays text", cases.hostile(), async (page) => {
  assert.equal(await page.locator("#annotations .said").innerText(), "<img src=x onerror=alert(1)>");
  assert.equal(await page.locator("#log .said").innerText(), "</script><img src=x>");
  assert.equal(await page.locator("#log .level").innerText(), "<i>");
  assert.equal(await page.locator("#plots h3").innerText(), "<b>plot</b>");
});
