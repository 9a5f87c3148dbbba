// node test/screenshot.mjs FILE.html OUT.png|OUT.pdf [--dark] [--width N] [--height N] [--print]: what the report looks like, or its first N pixels.
import { parseArgs } from "node:util";
import { launch, open } from "./browser.mjs";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { dark: { type: "boolean" }, print: { type: "boolean" }, width: { type: "string", default: "1280" }, height: { type: "string" } } });
const [file, out] = positionals;
if (!file || !out) {
  console.error("usage: node test/screenshot.mjs FILE.html OUT.png|OUT.pdf [--dark] [--width N] [--height N] [--print]");
  process.exit(2);
}
const browser = await launch();
try {
  const { page } = await open(browser, file, { colorScheme: values.dark ? "dark" : "light", viewport: { width: Number(values.width), height: 900 } });
  if (values.print) await page.emulateMedia({ media: "print" });
  if (out.endsWith(".pdf")) await page.pdf({ path: out, preferCSSPageSize: true, printBackground: true });
  else await page.screenshot({ path: out, fullPage: true, clip: values.height && { x: 0, y: 0, width: Number(values.width), height: Number(values.height) } });
} finally {
  await browser.close();
}
