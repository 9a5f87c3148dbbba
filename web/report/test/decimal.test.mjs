import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createServer } from "vite";
import { reads } from "./figures.mjs";
import { random } from "./random.mjs";

let server, decimal, time;

before(async () => {
  server = await createServer({ configFile: false, root: new URL("..", import.meta.url).pathname, server: { middlewareMode: true, ws: false }, appType: "custom", logLevel: "error" });
  decimal = await server.ssrLoadModule("/src/decimal.ts");
  time = await server.ssrLoadModule("/src/time.ts");
});
after(() => server.close());

test("Money has two decimals, more where little of it is there, none of it lost to floating point", () => {
  for (const [raw, shown] of [
    ["0", "0.00"], ["-0.00", "0.00"], ["1234567.891", "1,234,567.89"], ["-999.995", "−1,000.00"], ["0.999", "1.00"], ["0.5", "0.50"], ["0.05", "0.05"], ["0.0532", "0.0532"],
    ["0.00123456", "0.00123"], ["-0.000000001", "−0.000000001"], ["1e-7", "0.0000001"], ["1.5E+3", "1,500.00"], ["1e-20", "1.000e−20"],
    ["79228162514264337593543950335", "79,228,162,514,264,337,593,543,950,335.00"], ["9007199254740993.015", "9,007,199,254,740,993.02"], ["not a number", "not a number"],
  ]) assert.equal(decimal.money(raw), shown, raw);
});

test("Exact text keeps every digit", () => {
  for (const [raw, shown] of [["-37.630000001", "−37.630000001"], ["9223372036.854775807", "9,223,372,036.854775807"], ["100", "100"], ["1000", "1,000"], ["0.0000", "0.0000"], ["1e21", "1,000,000,000,000,000,000,000"]])
    assert.equal(decimal.exact(raw), shown, raw);
});

test("A share is written in per cent, and a small one is not none", () => {
  for (const [raw, shown] of [["0.75", "75.00%"], ["1", "100.00%"], ["0", "0.00%"], ["0.00001", "0.001%"], ["1.234e-7", "0.0000123%"], ["-0.5", "−50.00%"]]) assert.equal(decimal.percent(raw), shown, raw);
});

test("What is shown is what is meant, rounded at its last digit: random amounts", () => {
  const next = random(20240508);
  for (let round = 0; round < 20_000; round++) {
    const digits = () => String(Math.floor(next() * 10 ** Math.floor(next() * 15)));
    const raw = `${next() < 0.4 ? "-" : ""}${digits()}${next() < 0.8 ? `.${"0".repeat(Math.floor(next() * 6))}${digits()}` : ""}`;
    for (const name of ["money", "exact", "percent"]) {
      const shown = decimal[name](raw);
      assert.ok(reads(shown, 1, raw), `${name} of ${raw} is ${shown}`);
    }
  }
});

test("Times sort in the order of time, whatever their fractions", () => {
  const ordered = ["2024-05-08T13:29:59.9Z", "2024-05-08T13:30:00Z", "2024-05-08T13:30:00.25Z", "2024-05-08T13:30:00.3Z", "2024-05-08T13:30:01Z"];
  assert.deepEqual([...ordered].reverse().sort((one, other) => (time.sortable(one) < time.sortable(other) ? -1 : 1)), ordered);
});

test("A heading's time has no zeros at its end", () => {
  for (const [raw, shown] of [["2026-01-05T14:00:00.000000000Z", "2026-01-05 14:00:00"], ["2026-01-05T15:50:13.683836000Z", "2026-01-05 15:50:13.683836"], ["2026-01-05T15:50:10Z", "2026-01-05 15:50:10"]])
    assert.equal(time.brief(raw), shown);
});

test("A time axis names the day where it begins", () => {
  const midnight = Date.UTC(2024, 4, 9);
  assert.deepEqual(time.axisLabels([midnight - 60_000, midnight, midnight + 60_000], 60_000), ["23:59\n2024-05-08", "00:00\n2024-05-09", "00:01"]);
  assert.deepEqual(time.axisLabels([midnight], 86_400_000), ["2024-05-09"]);
  assert.deepEqual(time.axisLabels([midnight + 5], 5), ["00:00:00.005\n2024-05-09"]);
});
