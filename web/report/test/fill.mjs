import { readFileSync, writeFileSync } from "node:fs";

const Marker = "/*REPORT_DATA*/";

export const template = new URL("../dist/report.html", import.meta.url);

/** The page with a run in it, as the engine makes it: the marker replaced by JSON in which no '<' can end the script. */
export function filled(data) {
  const [before, after, ...more] = readFileSync(template, "utf8").split(Marker);
  if (after === undefined || more.length > 0) throw new Error(`the template holds the marker ${Marker} not exactly once`);
  return before + JSON.stringify(data).replace(/</g, "\\u003c") + after;
}

export function writeReport(path, data) {
  writeFileSync(path, filled(data));
  return path;
}
