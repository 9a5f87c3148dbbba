import { lastAt } from "../charts/line";
import { drawMarks, markKeys } from "../charts/marks";
import { remarkKey, remarkLayer } from "../charts/remarks";
import { timeChart } from "../charts/timeChart";
import type { TimeRange } from "../charts/timeRange";
import { readValue } from "../charts/values";
import type { Mark, PriceChart, ReportData } from "../data";
import { exact } from "../decimal";
import { empty, h, section } from "../dom";
import { remarksOf } from "./annotations";
import { thinned } from "./thinned";

/** Bid and ask with our fills; one instrument at a time. */
export function priceSection(data: ReportData, range: TimeRange): HTMLElement {
  const prices = data.prices.filter((price) => price.t.length > 0);
  const first = prices[0];
  if (!first) return section("prices", "Price and fills", null, empty("No price: nothing was traded."));
  const place = h("div", {});
  // Charts listen to the time range for good, so each is made once and kept.
  const made = new Map<PriceChart, HTMLElement>();
  const show = (price: PriceChart) => {
    if (!made.has(price)) made.set(price, priceChart(data, price, range));
    place.replaceChildren(made.get(price) as HTMLElement);
  };
  show(first);
  const picker = prices.length === 1 ? null : h("div", { class: "picker" },
    h("label", { for: "instrument" }, "Instrument"),
    h("select", { id: "instrument", change: (event) => show(prices[Number((event.target as HTMLSelectElement).value)] as PriceChart) },
      prices.map((price, index) => h("option", { value: index }, price.instrument))));
  return section("prices", "Price and fills", null, picker, h("div", { class: "card" }, place));
}

function priceChart(data: ReportData, price: PriceChart, range: TimeRange): HTMLElement {
  const remarks = remarksOf(data, price.instrument);
  const layer = remarkLayer(remarks, (row) => row.price ?? middle(price, row.t));
  const buyTimes = price.buys.map((mark) => mark.t), sellTimes = price.sells.map((mark) => mark.t);
  const chart = timeChart({
    label: `Best bid and ask of ${price.instrument} with our ${price.buys.length} buys and ${price.sells.length} sells. The fills stand in the table of fills.`,
    heading: `${price.instrument}, ${price.currency}`,
    height: 300, range, isStepped: true,
    lines: [
      { name: "ask", t: price.t, v: price.ask, colour: "ask", width: 1 },
      { name: "bid", t: price.t, v: price.bid, colour: "bid", width: 1 },
    ],
    band: { upper: 1, lower: 2, colour: "spread" },
    alsoSeen: [points(price.buys, buyTimes), points(price.sells, sellTimes), layer.points],
    drawOver: (plot) => {
      drawMarks(plot, price.buys, buyTimes, true);
      drawMarks(plot, price.sells, sellTimes, false);
      layer.draw(plot);
    },
    note: (time) => [lastFill("bought", price.buys, buyTimes, time, range), lastFill("sold", price.sells, sellTimes, time, range)].filter(Boolean).join(" · ") || null,
  });
  const keys = markKeys();
  if (remarks.length > 0) keys.append(remarkKey());
  return h("div", {}, chart, keys, thinned([price]));
}

/** Between the prices that are drawn at that time; before the first one, at the first. */
function middle(price: PriceChart, time: number): number {
  const index = Math.max(lastAt(price.t, time), 0);
  return ((price.bid[index] as number) + (price.ask[index] as number)) / 2;
}

const points = (marks: Mark[], t: number[]) => ({ t, v: marks.map((mark) => mark.price), isPoints: true as const });

/** The fill next to the cursor, if it is within a hair's breadth of it. */
function lastFill(verb: string, marks: Mark[], times: number[], time: number, range: TimeRange): string | null {
  const near = (range.max - range.min) * 0.006;
  const before = lastAt(times, time);
  const nearest = [before, before + 1].filter((index) => index >= 0 && index < times.length)
    .sort((one, other) => Math.abs((times[one] as number) - time) - Math.abs((times[other] as number) - time))[0];
  if (nearest === undefined || Math.abs((times[nearest] as number) - time) > near) return null;
  const mark = marks[nearest] as Mark;
  return `${verb} ${exact(mark.quantity)} at ${readValue(mark.price)} (${mark.liquidity})`;
}
