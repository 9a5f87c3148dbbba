import type uPlot from "uplot";
import type { Mark } from "../data";
import { h } from "../dom";
import { colour } from "../theme";
import { shape } from "./legend";
import { lastAt } from "./line";

const Size = 5, SizeMin = 1.4; // half a side, CSS pixels
const FullSizeMax = 150;

/** Our fills in a price chart: up = buy, down = sell; full = maker, hollow = taker. Shape and fill carry the meaning, the colour repeats it. */
export function drawMarks(chart: uPlot, marks: Mark[], times: number[], isBuy: boolean): void {
  const { ctx, bbox } = chart;
  const from = lastAt(times, chart.scales["x"]!.min!) + 1, to = lastAt(times, chart.scales["x"]!.max!);
  // Many at once are drawn small, or the price would vanish under them; zooming in brings them back to size.
  const share = Math.max(Math.min(Math.sqrt(FullSizeMax / Math.max(to - from + 1, 1)), 1), SizeMin / Size);
  const size = Size * share * devicePixelRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.strokeStyle = colour(isBuy ? "buy" : "sell");
  ctx.globalAlpha = 0.5 + share / 2;
  ctx.lineWidth = 1.5 * Math.sqrt(share) * devicePixelRatio;
  for (let index = Math.max(from, 0); index <= to; index++) {
    const mark = marks[index] as Mark;
    triangle(ctx, chart.valToPos(mark.t, "x", true), chart.valToPos(mark.price, "y", true), size, isBuy);
    ctx.fillStyle = colour(mark.liquidity === "taker" ? "card" : isBuy ? "buy" : "sell");
    ctx.fill();
    ctx.stroke();
  }
  ctx.restore();
}

/** The tip stands at the price. */
function triangle(ctx: CanvasRenderingContext2D, x: number, y: number, size: number, isUp: boolean): void {
  const away = isUp ? 1 : -1;
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(x + size, y + away * size * 1.8);
  ctx.lineTo(x - size, y + away * size * 1.8);
  ctx.closePath();
}

export function markKeys(): HTMLElement {
  const key = (isUp: boolean, isFull: boolean, name: string) => {
    const paint = `var(--${isUp ? "buy" : "sell"})`;
    return h("li", {}, shape(14, 12, `<path d="${isUp ? "M7 1 12 10H2z" : "M7 11 12 2H2z"}" stroke="${paint}" stroke-width="1.5" fill="${isFull ? paint : "none"}"/>`), name);
  };
  return h("ul", { class: "marks", "aria-label": "Our fills" },
    key(true, true, "buy, maker"), key(true, false, "buy, taker"), key(false, true, "sell, maker"), key(false, false, "sell, taker"));
}
