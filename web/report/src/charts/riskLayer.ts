import type uPlot from "uplot";
import type { ReportData, RiskBand, RiskRow } from "../data";
import { h } from "../dom";
import { colour } from "../theme";
import { clock } from "../time";
import { shape } from "./legend";
import { faded } from "./chart";

const States = ["warning", "critical", "over_limit"] as const;
const EdgePixels = [2, 4, 6]; // worse is thicker: the colour only repeats it
const Marks: Record<string, { name: string; colour: string; path: string }> = {
  kill: { name: "kill switch on", colour: "state-over_limit", path: "M2 2 12 10M12 2 2 10" },
  rearm: { name: "re-armed", colour: "gain", path: "M2 6 6 10 12 2" },
  liquidation: { name: "liquidation", colour: "remark", path: "M7 1V9M3 6 7 10 11 6" },
};
const Top = 12, Size = 5; // CSS pixels
const NearPixels = 6;

export interface RiskLayer {
  drawUnder(chart: uPlot): void;
  drawOver(chart: uPlot): void;
  /** What happened near a moment, for the line beside the heading. */
  note(time: number, spanPerPixel: number): string | null;
  keys: HTMLElement[];
}

/** States behind a chart over time, and the moments at which risk acted. Null = there were none. */
export function riskLayer(data: ReportData): RiskLayer | null {
  const bands = data.risk?.bands ?? [];
  const moments = (data.risk?.events.rows ?? []).filter((row) => row.kind in Marks);
  if (bands.length === 0 && moments.length === 0) return null;
  return {
    drawUnder: (chart) => clipped(chart, (ctx) => bands.forEach((band) => drawBand(chart, ctx, band))),
    drawOver: (chart) => clipped(chart, (ctx) => drawMoments(chart, ctx, moments)),
    note: (time, spanPerPixel) => {
      const state = bands.find((band) => band.from <= time && time < band.to)?.state;
      const near = moments.filter((row) => Math.abs(row.t - time) <= NearPixels * spanPerPixel);
      return [state ? word(state) : null, ...near.slice(0, 2).map(said), near.length > 2 ? `and ${near.length - 2} more` : null].filter(Boolean).join(" · ") || null;
    },
    keys: [
      ...States.flatMap((state, index) => (bands.some((band) => band.state === state)
        ? [h("li", {}, shape(14, 12, `<rect x="0" y="0" width="14" height="12" fill="var(--state-${state})" opacity=".22"/><rect x="0" y="0" width="14" height="${EdgePixels[index]}" fill="var(--state-${state})"/>`), word(state))] : [])),
      ...Object.entries(Marks).flatMap(([kind, mark]) => (moments.some((row) => row.kind === kind)
        ? [h("li", {}, shape(14, 12, `<path d="${mark.path}" fill="none" stroke="var(--${mark.colour})" stroke-width="2"/>`), mark.name)] : [])),
    ],
  };
}

export const word = (state: string): string => state.replace(/_/g, " ");

const said = (row: RiskRow): string => `${clock(row.t)} ${Marks[row.kind]!.name}${row.strategy ? ` of ${row.strategy}` : ""}${row.text ? `: ${row.text}` : ""}`;

function clipped(chart: uPlot, draw: (ctx: CanvasRenderingContext2D) => void): void {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  draw(ctx);
  ctx.restore();
}

function drawBand(chart: uPlot, ctx: CanvasRenderingContext2D, band: RiskBand): void {
  const { left, top, width, height } = chart.bbox;
  const from = Math.max(chart.valToPos(band.from, "x", true), left), to = Math.min(chart.valToPos(band.to, "x", true), left + width);
  if (to < left || from > left + width) return;
  const wide = Math.max(to - from, devicePixelRatio); // one that is too short to be seen is seen all the same
  const paint = colour(`state-${band.state}`);
  ctx.fillStyle = faded(paint, 0.16);
  ctx.fillRect(from, top, wide, height);
  ctx.fillStyle = paint;
  ctx.fillRect(from, top, wide, EdgePixels[Math.max(States.indexOf(band.state as (typeof States)[number]), 0)]! * devicePixelRatio);
}

function drawMoments(chart: uPlot, ctx: CanvasRenderingContext2D, moments: RiskRow[]): void {
  const { top, height } = chart.bbox, pixel = devicePixelRatio;
  for (const row of moments) {
    if (row.t < chart.scales["x"]!.min! || row.t > chart.scales["x"]!.max!) continue;
    const x = chart.valToPos(row.t, "x", true), mark = Marks[row.kind]!;
    ctx.strokeStyle = colour(mark.colour);
    if (row.kind !== "liquidation") {
      ctx.lineWidth = pixel;
      ctx.setLineDash([4 * pixel, 3 * pixel]);
      ctx.beginPath();
      ctx.moveTo(x, top);
      ctx.lineTo(x, top + height);
      ctx.stroke();
      ctx.setLineDash([]);
    }
    ctx.save();
    ctx.translate(x - 7 * pixel, top + (Top - Size + (row.kind === "liquidation" ? 16 : 0)) * pixel);
    ctx.scale(pixel, pixel);
    ctx.lineWidth = 2;
    ctx.stroke(new Path2D(mark.path));
    ctx.restore();
  }
}
