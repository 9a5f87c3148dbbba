import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createServer } from "vite";

let server, values;

before(async () => {
  server = await createServer({ configFile: false, root: new URL("..", import.meta.url).pathname, server: { middlewareMode: true, ws: false }, appType: "custom", logLevel: "error" });
  values = await server.ssrLoadModule("/src/charts/values.ts");
});
after(() => server.close());

test("Labels along an axis are the values that they stand at", () => {
  for (const [step, labels] of [
    [2.5, ["−7.5", "−5.0", "−2.5", "0.0", "2.5"]], [0.25, ["0.00", "0.25", "0.50"]], [25, ["0", "25", "50"]], [1, ["−1", "0"]], [0.1, ["0.1", "0.2", "0.3"]], [0.001, ["0.001"]], [5000, ["5,000"]],
  ]) {
    const splits = labels.map((label) => Number(label.replace("−", "-").replace(",", "")));
    assert.deepEqual(values.axisValues(splits, step), labels, `step ${step}`);
  }
  assert.deepEqual(values.axisValues([0.1 + 0.2], 0.1), ["0.3"]);
});
