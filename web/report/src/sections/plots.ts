import { styleOf } from "../charts/line";
import { timeChart } from "../charts/timeChart";
import type { TimeRange } from "../charts/timeRange";
import type { Plot, ReportData } from "../data";
import { exact } from "../decimal";
import { h, section } from "../dom";
import { thinned } from "./thinned";

const ChartsMax = 12; // at first: nobody reads sixty-four at once

/** What strategies plotted: a small chart for each name, under each other; curves of one name together. Null = nothing. */
export function plotsSection(data: ReportData, range: TimeRange): HTMLElement | null {
  const plots = (data.plots ?? []).map((plot) => ({ ...plot, curves: plot.curves.filter((curve) => curve.t.length > 0) })).filter((plot) => plot.curves.length > 0);
  if (plots.length === 0) return null;
  const strategies = [...new Set(plots.flatMap((plot) => plot.curves.map((curve) => curve.name)))];
  const at = h("div", { class: "plots" });
  const add = (some: Plot[], isEnd: boolean) => at.append(...some.map((plot, index) => chart(plot, strategies, range, isEnd && index === some.length - 1)));
  const first = plots.slice(0, ChartsMax), rest = plots.slice(ChartsMax);
  add(first, true);
  const more = rest.length === 0 ? null : h("button", { type: "button", class: "more", click: () => { more?.remove(); add(rest, true); } }, `Show ${exact(String(rest.length))} more curves`);
  return section("plots", "Plots of the strategies", null, h("div", { class: "card" }, at, more, thinned(plots.flatMap((plot) => plot.curves))));
}

/** A strategy has the same colour in all of them. */
const chart = (plot: Plot, strategies: string[], range: TimeRange, isLast: boolean): HTMLElement => timeChart({
  label: `${plot.name || "A curve without a name"} over time, plotted by ${plot.curves.map((curve) => curve.name).join(", ")}`,
  heading: plot.name || "(no name)",
  height: isLast ? 152 : 118,
  range, isStepped: true, hasTimeLabels: isLast, labelSpace: 22,
  lines: plot.curves.map((curve) => ({ name: curve.name, t: curve.t, v: curve.v, ...styleOf(strategies.indexOf(curve.name)) })),
});
