import { styleOf } from "../charts/line";
import { timeChart } from "../charts/timeChart";
import type { TimeRange } from "../charts/timeRange";
import type { ReportData, Series } from "../data";
import { empty, h, section } from "../dom";
import { thinned } from "./thinned";

const LinesMax = 8;

/** What each strategy held of each instrument. */
export function inventorySection(data: ReportData, range: TimeRange): HTMLElement {
  const drawn = data.inventory.filter((series) => series.t.length > 0);
  if (drawn.length === 0) return section("inventory", "Inventory", null, empty("No inventory: nothing was traded."));
  const units = new Map<string, Series[]>();
  for (const series of drawn) units.set(series.unit, [...(units.get(series.unit) ?? []), series]);
  const charts = [...units].map(([unit, group]) => timeChart({
    label: `Position over time in ${unit}: ${group.map((series) => series.name).join(", ")}. The last values stand in the table of P&L.`,
    heading: `Position, ${unit}`,
    height: 190, range, isStepped: true, hasZero: true,
    lines: group.map((series, index) => ({ name: series.name, t: series.t, v: series.v, ...styleOf(index), isHidden: index >= LinesMax })),
  }));
  const note = drawn.length > LinesMax ? `Above zero is long. The first ${LinesMax} are drawn; the names switch lines on and off.` : "Above zero is long.";
  return section("inventory", "Inventory", note, h("div", { class: "card" }, charts, thinned(drawn)));
}
