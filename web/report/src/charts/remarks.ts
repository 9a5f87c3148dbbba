import type uPlot from "uplot";
import type { AnnotationRow } from "../data";
import { h } from "../dom";
import { colour } from "../theme";
import { clock } from "../time";
import { shape } from "./legend";
import { lastAt } from "./line";

const Size = 5, SizeMin = 2.4; // half a diagonal, CSS pixels
const FullSizeMax = 60;
const NearPixels = 14;
const Gap = 12;
const ShownMax = 4;

/** A strategy's remarks on a chart: a diamond each, and their text beside the cursor. `valueAt` says where one stands. */
export function remarkLayer(rows: AnnotationRow[], valueAt: (row: AnnotationRow) => number | null): { draw: (chart: uPlot) => void; points: { t: number[]; v: number[]; isPoints: true } } {
  const all = rows.flatMap((row) => { const value = valueAt(row); return value === null ? [] : [{ row, value }]; });
  const times = all.map(({ row }) => row.t);
  const seen = (chart: uPlot): [number, number] => [lastAt(times, chart.scales["x"]!.min! - 1e-9) + 1, lastAt(times, chart.scales["x"]!.max!)];
  const tip = h("div", { class: "tip", role: "tooltip", hidden: true });

  function draw(chart: uPlot): void {
    if (tip.parentElement !== chart.over) watch(chart);
    const { ctx, bbox } = chart;
    const [from, to] = seen(chart);
    const share = Math.max(Math.min(Math.sqrt(FullSizeMax / Math.max(to - from + 1, 1)), 1), SizeMin / Size);
    const size = Size * share * devicePixelRatio;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.fillStyle = colour("remark");
    ctx.strokeStyle = colour("card");
    ctx.lineWidth = 1.5 * devicePixelRatio;
    for (let index = from; index <= to; index++) {
      const { row, value } = all[index]!;
      const x = chart.valToPos(row.t, "x", true), y = chart.valToPos(value, "y", true);
      ctx.beginPath();
      ctx.moveTo(x, y - size);
      ctx.lineTo(x + size, y);
      ctx.lineTo(x, y + size);
      ctx.lineTo(x - size, y);
      ctx.closePath();
      ctx.stroke();
      ctx.fill();
    }
    ctx.restore();
  }

  function watch(chart: uPlot): void {
    chart.over.append(tip);
    chart.over.addEventListener("mousemove", (event) => show(chart, event));
    chart.over.addEventListener("mouseleave", () => { tip.hidden = true; });
  }

  function show(chart: uPlot, event: MouseEvent): void {
    const { left, top, width, height } = chart.over.getBoundingClientRect();
    const x = event.clientX - left, y = event.clientY - top;
    const [from, to] = seen(chart);
    const near = [];
    for (let index = from; index <= to; index++) {
      const { row, value } = all[index]!;
      const away = Math.hypot(chart.valToPos(row.t, "x") - x, chart.valToPos(value, "y") - y);
      if (away <= NearPixels) near.push({ row, away });
    }
    tip.hidden = near.length === 0;
    if (near.length === 0) return;
    near.sort((one, other) => one.away - other.away);
    const shown = near.slice(0, ShownMax).sort((one, other) => one.row.t - other.row.t);
    tip.replaceChildren(
      ...shown.map(({ row }) => h("p", {}, h("span", { class: "soft" }, `${clock(row.t)} ${row.strategy}`), h("br"), row.text || "(no text)")),
      ...(near.length > ShownMax ? [h("p", { class: "soft" }, `and ${near.length - ShownMax} more here: zoom in`)] : []));
    // Beside the cursor, on the side that has the room; the plot cuts off what would stand out of it.
    tip.style.maxWidth = `${Math.max(Math.min(340, Math.max(x, width - x) - 2 * Gap), 120)}px`;
    tip.style.left = `${x < width / 2 ? x + Gap : Math.max(x - Gap - tip.offsetWidth, 0)}px`;
    tip.style.top = `${Math.max(Math.min(y - tip.offsetHeight / 2, height - tip.offsetHeight - 2), 2)}px`;
  }

  return { draw, points: { t: times, v: all.map(({ value }) => value), isPoints: true } };
}

/** What the diamond means, for a chart that has one. */
export const remarkKey = (): HTMLElement =>
  h("li", {}, shape(14, 12, `<path d="M7 1 12 6 7 11 2 6z" fill="var(--remark)"/>`), "annotation");
