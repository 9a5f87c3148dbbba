import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const Names = ["chromium", "chromium-browser", "google-chrome"];

/** $CHROMIUM, else the first on PATH; undefined = none. */
export function chromiumPath() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  return (process.env.PATH ?? "").split(delimiter).flatMap((folder) => Names.map((name) => join(folder, name))).find(existsSync);
}

export const NoChromium = "chromium is missing; ./test --install brings it, or CHROMIUM names one";

/** --no-sandbox: containers and CI run as root; the pages are our own. */
export const launch = () => chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox"] });

/** Opens a report from its file and notes whatever it says to the console and asks of the network: both must stay empty. */
export async function open(browser, path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, timezoneId: "America/New_York", locale: "de-DE", ...options });
  const page = await context.newPage();
  const url = pathToFileURL(path).href;
  const errors = [], requests = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) errors.push(message.text()); });
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("request", (request) => { if (request.url() !== url && !request.url().startsWith("data:")) requests.push(request.url()); });
  await page.goto(url);
  await page.waitForFunction(() => [...document.querySelectorAll(".plot")].every((plot) => plot.querySelector("canvas")));
  return { page, errors, requests, close: () => context.close() };
}
