import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "vite";
import { cases } from "./cases.mjs";
import { filled, template } from "./fill.mjs";

const root = new URL("..", import.meta.url).pathname;
const committed = readFileSync(template, "utf8");

test("The committed page is what its sources build", async () => {
  const out = mkdtempSync(join(tmpdir(), "fathom-report-build-"));
  try {
    await build({ configFile: join(root, "vite.config.js"), logLevel: "error", build: { outDir: out, emptyOutDir: true } });
    assert.ok(readFileSync(join(out, "report.html"), "utf8") === committed, "dist/report.html is not what its sources build; repair with: npm run build");
  } finally {
    rmSync(out, { recursive: true });
  }
});

test("The committed page of lanes is what its sources build, and has one place for its data", async () => {
  const out = mkdtempSync(join(tmpdir(), "fathom-lanes-build-"));
  try {
    const lanes = readFileSync(join(root, "dist/lanes.html"), "utf8");
    await build({ configFile: join(root, "vite.config.js"), mode: "lanes", logLevel: "error", build: { outDir: out, emptyOutDir: true } });
    assert.ok(readFileSync(join(out, "lanes.html"), "utf8") === lanes, "dist/lanes.html is not what its sources build; repair with: npm run build");
    assert.equal(lanes.split("REPORT_DATA").length, 2);
    assert.deepEqual([...lanes.matchAll(/\b(?:src|href)="(?!data:)[^"]*"|url\((?!data:)|@import|\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon/g)].map(String), []);
  } finally {
    rmSync(out, { recursive: true });
  }
});

test("The sources have their types right", () => {
  execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "--noEmit", "-p", root], { stdio: "pipe" });
});

test("The page has one place for the run, and nothing to fetch", () => {
  assert.equal(committed.split('<script id="report-data" type="application/json">/*REPORT_DATA*/</script>').length, 2);
  assert.equal(committed.split("REPORT_DATA").length, 2);
  assert.deepEqual([...committed.matchAll(/\b(?:src|href)="(?!data:)[^"]*"|url\((?!data:)|@import|\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon/g)].map(String), []);
});

test("A run's data cannot end the script that holds it", () => {
  const page = filled(cases.hostile());
  assert.equal(page.split("</script>").length, committed.split("</script>").length);
});

test("Made-up runs are always the same", () => {
  for (const make of Object.values(cases)) assert.deepEqual(make(), make());
});

test("The lock file names no registry", () => {
  assert.doesNotMatch(readFileSync(join(root, "package-lock.json"), "utf8"), /"resolved"|registry/);
});
