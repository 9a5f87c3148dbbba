import { empty, h, section } from "../dom";
import { shape } from "../charts/legend";
import { profitOf, type Lane, type LanesData } from "./data";

const Minus = "\u2212";

interface Measure { name: string; help: string; of(lane: Lane): number | null; read(value: number): string; isLoss?: boolean }

const measures = (currency: string): Measure[] => [
  { name: `P&L, ${currency}`, help: "equity at the end less equity at the start", of: profitOf, read: (value) => signed(value, 2) },
  { name: "Deepest drawdown", help: "of the highest equity before", of: (lane) => lane.max_drawdown, read: (value) => `${(100 * value).toFixed(3)}%`, isLoss: true },
  { name: "Fills", help: "executions", of: (lane) => lane.fills, read: (value) => value.toLocaleString("en-US") },
];

/** One row per lane, a bar per measure; each measure has its own scale, from zero. */
export function barsSection(data: LanesData): HTMLElement {
  if (data.lanes.length === 0) return section("bars", "Lane by lane", null, empty("There is no lane."));
  const all = measures(data.currency);
  const scales = all.map((measure) => {
    const values = data.lanes.map((lane) => measure.of(lane) ?? 0);
    return { low: Math.min(0, ...values), high: Math.max(0, ...values) };
  });
  const rows = data.lanes.map((lane) => h("tr", {},
    h("th", { scope: "row" }, lane.name),
    all.flatMap((measure, index) => {
      const value = measure.of(lane);
      const { low, high } = scales[index] as { low: number; high: number };
      return [
        h("td", { class: "number" }, value === null ? "—" : measure.read(value)),
        h("td", {}, value === null ? null : h("div", { class: "bar" }, bar(value, low, high, measure.isLoss === true || value < 0))),
      ];
    })));
  return section("bars", "Lane by lane", "Each measure has a scale of its own, from zero.",
    h("div", { class: "card" }, h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Measures of the lanes" }, h("table", { class: "bars" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Lane"), all.map((measure) => h("th", { scope: "col", colspan: 2, class: "measure", title: measure.help }, measure.name)))),
      h("tbody", {}, rows)))));
}

function bar(value: number, low: number, high: number, isLoss: boolean): SVGSVGElement {
  const span = high - low || 1, zero = 100 * (0 - low) / span, end = 100 * (value - low) / span;
  const from = Math.min(zero, end), width = Math.max(Math.abs(end - zero), 0.4);
  const drawn = shape(100, 14, `<rect class="${isLoss ? "bar-loss" : "bar-gain"}" x="${from}" y="1" width="${width}" height="12"/><line class="zero" x1="${zero}" x2="${zero}" y1="0" y2="14"/>`);
  drawn.setAttribute("preserveAspectRatio", "none");
  return drawn;
}

export function signed(value: number, decimals: number): string {
  const text = Math.abs(value).toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return value > 0 ? `+${text}` : value < 0 ? `${Minus}${text}` : text;
}
