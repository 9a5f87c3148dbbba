import { styleOf } from "../charts/line";
import { timeChart } from "../charts/timeChart";
import type { TimeRange } from "../charts/timeRange";
import { empty, h, section } from "../dom";
import { profitOf, type LanesData } from "./data";

/** More lines than this are hidden at first: the best and the worst stay. */
const ShownMax = 12;

/** The equity of all lanes over one another. */
export function equitySection(data: LanesData, range: TimeRange): HTMLElement {
  const lanes = data.lanes.filter((lane) => lane.t.length > 0);
  if (lanes.length === 0) return section("equity", "Equity", null, empty("No lane has equity over time: none of them traded."));
  const ranked = [...lanes].sort((one, other) => (profitOf(other) ?? 0) - (profitOf(one) ?? 0));
  const kept = new Set(lanes.length <= ShownMax ? lanes : [...ranked.slice(0, ShownMax - 3), ...ranked.slice(-3)]);
  const chart = timeChart({
    label: `Equity of ${lanes.length} lanes over time in ${data.currency}. The last values are in the table.`,
    heading: `Equity, ${data.currency}`,
    height: 320, range, isStepped: true,
    lines: lanes.map((lane, index) => ({ name: lane.name, t: lane.t, v: lane.v, ...styleOf(index), isHidden: !kept.has(lane) })),
  });
  const note = kept.size < lanes.length ? `The ${ShownMax - 3} best and the 3 worst lanes are drawn; a click on a name shows or hides it.` : "A click on a name shows or hides it.";
  return section("equity", "Equity over one another", note, h("div", { class: "card" }, chart));
}
