import { h, section } from "../dom";
import { signed } from "./bars";
import { profitOf, shortKey, shown, type Lane, type LanesData } from "./data";

type Measure = { name: string; of(lane: Lane): number | null; read(value: number): string; isLossAbove: boolean };

/** What two varied keys do together: a cell per pair of values. Null unless exactly two keys vary and every lane has both. */
export function heatSection(data: LanesData): HTMLElement | null {
  const [down, across] = data.keys;
  if (data.keys.length !== 2 || down === undefined || across === undefined) return null;
  if (data.lanes.some((lane) => lane.values[down] === undefined || lane.values[across] === undefined)) return null;
  const rows = valuesOf(data, down), columns = valuesOf(data, across);
  if (rows.length < 2 || columns.length < 2) return null;
  const measures: Measure[] = [
    { name: `P&L, ${data.currency}`, of: profitOf, read: (value) => signed(value, 0), isLossAbove: false },
    { name: "Deepest drawdown", of: (lane) => lane.max_drawdown, read: (value) => `${(100 * value).toFixed(2)}%`, isLossAbove: true },
    { name: "Fills", of: (lane) => lane.fills, read: (value) => value.toLocaleString("en-US"), isLossAbove: false },
  ];
  const names = { down: shortKey(down, data.keys), across: shortKey(across, data.keys) };
  return section("heat", `${names.down} by ${names.across}`, `Rows are ${down}, columns ${across}. The stronger the colour, the farther from zero.`,
    h("div", { class: "heats", style: `--heat-width: ${130 + 74 * columns.length}px` }, measures.map((measure) => map(data, measure, down, across, rows, columns, names))));
}

function map(data: LanesData, measure: Measure, down: string, across: string, rows: string[], columns: string[], names: { down: string; across: string }): HTMLElement {
  const largest = Math.max(...data.lanes.map((lane) => Math.abs(measure.of(lane) ?? 0))) || 1;
  const cell = (row: string, column: string) => {
    const lane = data.lanes.find((one) => one.values[down] === row && one.values[across] === column);
    const value = lane ? measure.of(lane) : null;
    if (lane === undefined || value === null) return h("td", { class: "heat" }, "—");
    const share = Math.round(55 * Math.abs(value) / largest), hue = value < 0 || measure.isLossAbove ? "loss" : "gain";
    const found = h("td", { class: "heat", title: lane.name }, h("a", { href: `${encodeURI(lane.folder)}/report.html` }, measure.read(value)));
    found.style.background = `color-mix(in srgb, var(--${hue}) ${share}%, transparent)`;
    return found;
  };
  return h("div", { class: "card" }, h("h3", {}, measure.name),
    h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `${measure.name} by ${names.down} and ${names.across}` }, h("table", { class: "heat" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, h("small", {}, `${names.across} →`), h("small", {}, `${names.down} ↓`)), columns.map((column) => h("th", { scope: "col", class: "number" }, shown(column))))),
      h("tbody", {}, rows.map((row) => h("tr", {}, h("th", { scope: "row" }, shown(row)), columns.map((column) => cell(row, column))))))));
}

/** Numbers in their order, words as they came. */
function valuesOf(data: LanesData, key: string): string[] {
  const values = [...new Set(data.lanes.map((lane) => lane.values[key] as string))];
  return values.every((value) => Number.isFinite(Number(value))) ? values.sort((one, other) => Number(one) - Number(other)) : values;
}
