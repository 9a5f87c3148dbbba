import type { ReportData } from "../data";
import { exact } from "../decimal";
import { h, section } from "../dom";
import { figure } from "../fields";
import { plainTable } from "../tables/plain";

/** How to have this run again, and every figure of its summary. */
export function rerunSection(data: ReportData): HTMLElement {
  const fingerprint = figure("fingerprint", data.summary.fingerprint);
  fingerprint.classList.add("mono");
  const all = leaves(data.summary, "");
  return section("rerun", "Fingerprint and how to run it again",
    "The fingerprint covers every input, the effective configuration and every order and fill. Equal fingerprints, equal runs, on any machine.",
    h("div", { class: "card" },
      h("p", {}, fingerprint),
      h("code", { class: "command", tabindex: 0, "aria-label": "Command" }, data.rerun ?? "fathom backtest config.toml --out ANOTHER_FOLDER"),
      data.rerun ? null : h("p", { class: "note" }, "config.toml is the effective configuration, beside this page.")),
    h("details", { class: "card all-figures" }, h("summary", {}, `All ${exact(String(all.length))} figures of summary.json, as they stand there`),
      plainTable<[string, unknown]>("All figures of summary.json", [
        { label: "Field", isHeading: true, cell: ([path]) => path },
        { label: "Value", isLong: true, cell: ([path, value]) => figure(path, value, { format: (raw) => raw, whyNull: "null" }) },
      ], all)));
}

function leaves(value: unknown, path: string): [string, unknown][] {
  if (value === null || typeof value !== "object") return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === "" ? key : `${path}.${key}`));
}
