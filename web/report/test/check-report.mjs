// node test/check-report.mjs FILE.html SUMMARY.json: opens a run's report without a network and compares it with its summary.
// Exit code 0: nothing differs; 1: something does, and it is printed; 2: called wrongly, or there is no chromium.
import { readFileSync } from "node:fs";
import { chromiumPath, launch, NoChromium, open } from "./browser.mjs";
import { differences } from "./figures.mjs";

const [file, summary] = process.argv.slice(2);
if (!file || !summary || !chromiumPath()) {
  console.error(file && summary ? NoChromium : "usage: node test/check-report.mjs FILE.html SUMMARY.json");
  process.exit(2);
}
const browser = await launch();
try {
  const { page, errors, requests } = await open(browser, file);
  const found = [
    ...errors.map((text) => `console: ${text}`),
    ...requests.map((url) => `asked the network for ${url}`),
    ...await differences(page, readFileSync(summary, "utf8")),
  ];
  for (const line of found) console.log(line);
  console.log(found.length === 0 ? "the report agrees with its summary" : `${found.length} differences`);
  process.exitCode = found.length === 0 ? 0 : 1;
} finally {
  await browser.close();
}
