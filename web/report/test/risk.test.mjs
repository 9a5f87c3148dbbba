import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromiumPath, launch, NoChromium, open } from "./browser.mjs";
import { cases } from "./cases.mjs";
import { writeReport } from "./fill.mjs";

/** What risk did: states behind the charts, marks, tables, commands that say why. */
const skip = chromiumPath() ? false : NoChromium;
let browser, folder;

before(async () => {
  if (skip) return;
  folder = mkdtempSync(join(tmpdir(), "fathom-risk-"));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  if (folder) rmSync(folder, { recursive: true });
});

const browserTest = (name, data, act, place = "") => test(name, { skip }, async () => {
  mkdirSync(join(folder, place), { recursive: true });
  const { page, errors, requests, close } = await open(browser, writeReport(join(folder, place, "report.html"), data));
  try {
    await act(page);
    assert.deepEqual([errors, requests], [[], []]);
  } finally {
    await close();
  }
});

const picture = (page, chart) => page.locator("#equity canvas").nth(chart).evaluate((canvas) => canvas.toDataURL());

browserTest("A run in which risk did nothing has no section of it", cases.normal(), async (page) => {
  assert.equal(await page.locator("#risk, #changes, #slippage").count(), 0);
});

browserTest("The keys name the states and marks that are there, and no others", cases.risk(), async (page) => {
  assert.deepEqual(await page.locator("#equity .marks li").allInnerTexts(), ["warning", "critical", "over limit", "kill switch on", "re-armed", "liquidation"]);
});

for (const [what, change] of Object.entries({
  "a state": (risk) => { risk.bands[1].state = "over_limit"; },
  "a band's end": (risk) => { risk.bands[0].to -= 300_000; },
  "a kill": (risk) => { risk.events.rows = risk.events.rows.filter((row) => row.kind !== "kill"); },
  "a liquidation": (risk) => { risk.events.rows = risk.events.rows.filter((row) => row.kind !== "liquidation"); },
}))
  browserTest(`The picture changes with ${what}`, cases.risk(), async (page) => {
    const other = cases.risk();
    change(other.risk);
    const second = await open(browser, writeReport(join(folder, "other.html"), other));
    assert.notEqual(await picture(page, 0), await picture(second.page, 0));
    await second.close();
  });

browserTest("The cursor says the state and what happened there", cases.risk(), async (page) => {
  const over = page.locator("#equity .u-over").first();
  await over.scrollIntoViewIfNeeded();
  const box = await over.boundingBox();
  await page.mouse.move(box.x + box.width * 45 / 90, box.y + 40);
  await page.waitForFunction(() => document.querySelector("#equity .chart-head > output").textContent.includes("kill"));
  const text = await page.locator("#equity .chart-head > output").first().innerText();
  assert.match(text, /over limit · 14:15:00.000 kill switch on: the account fell 5.14 % from its peak/);
});

browserTest("Refusals and changes say what was asked, what was granted and by which numbers", cases.risk(), async (page) => {
  const rows = await page.$$eval("#changes tbody tr", (all) => all.slice(0, 4).map((row) => [...row.cells].map((cell) => cell.innerText)));
  assert.deepEqual(rows.map((row) => [...row.slice(1, 5), ...row.slice(7)]), [
    ["order changed", "state warning", "0.5", "0.63", "quoter", "FMH4", "▲ buy", "6", "3", "100.25 → 100"],
    ["quotes changed", "state warning", "0.5", "0.63", "quoter", "FMH4", "▼ sell", "4", "2", "—"],
    ["target changed", "state reduces only", "0.04", "0.0402", "momentum", "FGH4", "—", "−12", "0", "—"],
    ["refused", "position limit", "10", "12", "momentum", "FGH4", "▼ sell", "5", "—", "2431.7"],
  ]);
  assert.ok((await page.locator("#changes .state").innerText()).includes("65 of 7,031; the rest is in risk.csv"));
});

browserTest("The command names the order, or the moment, and the folder in which the page lies", cases.risk(), async (page) => {
  const commands = await page.locator("#changes code").evaluateAll((all) => all.slice(0, 2).map((one) => one.textContent));
  const place = join(folder, "run it's");
  const quoted = `'${place.replace("'", "'\\''")}'`;
  assert.deepEqual(commands, [`fathom why 7WH5HBEJCS7RW0000000000011 --run ${quoted}`, `fathom why 2024-05-08T13:52:00Z --run ${quoted}`]);
  const events = await page.locator("#risk tbody tr").evaluateAll((all) => all.map((row) => [row.cells[1].innerText, row.querySelector("code").textContent]));
  assert.equal(events.find(([what]) => what === "kill switch on")[1], `fathom why 2024-05-08T14:15:00Z --run ${quoted}`);
  assert.match(events.find(([what]) => what === "liquidation order")[1], /^fathom why [0-9A-Z]{26} --run /);
}, "run it's");

browserTest("The command is copied, or selected where the page may not copy", cases.risk(), async (page) => {
  await page.evaluate(() => { window.copied = []; Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => { window.copied.push(text); } } }); });
  await page.locator("#changes .why-command button").first().click();
  await page.getByRole("button", { name: /^Copy fathom/ }).filter({ hasText: "Copied" }).waitFor();
  assert.equal((await page.evaluate(() => window.copied))[0], await page.locator("#changes code").first().textContent());

  await page.evaluate(() => { navigator.clipboard.writeText = async () => { throw new Error("no"); }; });
  await page.locator("#changes .why-command button").nth(1).click();
  await page.waitForFunction(() => getSelection().toString().length > 0);
  assert.equal(await page.evaluate(() => getSelection().toString()), await page.locator("#changes code").nth(1).textContent());
});

browserTest("A name that a shell would read is quoted, and markup stays text", cases.hostile(), async (page) => {
  const command = await page.locator("#changes code").first().textContent();
  assert.ok(command.startsWith("fathom why ''\\''; rm -rf $(x) <b>' --run "), command);
  assert.equal(await page.locator("#risk img, #changes img, #slippage b").count(), 0);
});

browserTest("Slippage above zero is a cost, below zero a gain", cases.risk(), async (page) => {
  const cells = await page.$$eval("#slippage tbody tr:first-child td", (all) => all.map((cell) => cell.innerText.split("\n")[0]));
  assert.deepEqual(cells, ["FMH4", "120", "−1.23", "−0.75", "12.50", "−310.25", "42.00", "−12.30", "−268.05"]);
  assert.equal(await page.locator("#slippage tbody tr:first-child .gain").count(), 2);
});
