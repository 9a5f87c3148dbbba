import { axisValues } from "../charts/values";
import { lastAt, styleOf, type Line } from "../charts/line";
import { remarkKey, remarkLayer } from "../charts/remarks";
import { riskLayer } from "../charts/riskLayer";
import { timeChart } from "../charts/timeChart";
import type { TimeRange } from "../charts/timeRange";
import type { ReportData, Series } from "../data";
import { empty, h, section } from "../dom";
import { otherRemarks } from "./annotations";
import { thinned } from "./thinned";

const Minus = "\u2212";

/** Equity above, drawdown below, on one time axis. Currencies have no common scale: each gets a chart. */
export function equitySection(data: ReportData, range: TimeRange): HTMLElement {
  const drawn = data.equity.filter((series) => series.t.length > 0);
  const falls = data.drawdown.filter((series) => series.t.length > 0);
  if (drawn.length === 0) return section("equity", "Equity and drawdown", null, empty("No equity over time: the run had no moment to value."));
  const line = (series: Series, index: number, more: Partial<Line>): Line => ({ name: series.name, t: series.t, v: series.v, ...styleOf(index), ...more });
  const remarks = otherRemarks(data), [first] = drawn as [Series];
  const layer = remarkLayer(remarks, (row) => first.v[Math.max(lastAt(first.t, row.t), 0)] ?? null);
  const risk = riskLayer(data);
  const under = risk ? { drawUnder: risk.drawUnder, note: risk.note } : {};
  const charts = drawn.map((series, index) => timeChart({
    label: `Equity over time in ${series.unit}, ${series.t.length} points. The first and last values stand under the headline figures.`,
    heading: `Equity, ${series.unit}`,
    height: drawn.length > 1 ? 170 : 230,
    range, isStepped: true, hasTimeLabels: false,
    lines: [line(series, index, drawn.length === 1 ? { name: "equity" } : {})],
    ...under,
    ...(remarks.length > 0 || risk ? { drawOver: (chart) => { risk?.drawOver(chart); if (index === 0) layer.draw(chart); } } : {}),
  }));
  const drawdown = falls.length === 0 ? null : timeChart({
    label: "Drawdown over time, in per cent of the highest equity before",
    heading: "Drawdown, % of the peak",
    height: 140, range, isStepped: true, isBelowZero: true, ...under,
    lines: falls.map((series, index) => ({
      ...line(series, Math.max(drawn.findIndex((other) => other.unit === series.unit), index), { isFilled: falls.length === 1 }),
      ...(falls.length === 1 ? { name: "drawdown", colour: "series-8" } : {}),
      v: series.v.map((value) => (value === null ? null : -100 * value)),
    })),
    read: (value) => `${value <= -0.0005 ? Minus : ""}${Math.abs(value).toFixed(3)}%`,
    axis: (splits, step) => axisValues(splits, step).map((label) => `${label}%`),
  });
  const keys = [...(risk?.keys ?? []), ...(remarks.length > 0 ? [remarkKey()] : [])];
  return section("equity", "Equity and drawdown", null, h("div", { class: "card" }, charts, keys.length > 0 ? h("ul", { class: "marks", "aria-label": "Marks in the chart of equity" }, keys) : null, drawdown, thinned([...drawn, ...falls])));
}
