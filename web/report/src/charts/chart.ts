import uPlot from "uplot";
import { h } from "../dom";
import { colour, onTheme, printing } from "../theme";

const PrintWidth = 676; // a card on A4 within its margins, in CSS pixels

/** Room for the labels of values; one width, so that the charts' time axes stand under each other. */
export const AxisWidth = 84;

/** Puts a uPlot chart into the page: its width follows the page, its colours the theme, both the printer. */
export function mount(label: string, height: number, make: (width: number, target: HTMLElement) => uPlot): { element: HTMLElement; chart: () => uPlot | null } {
  const target = h("div", { class: "plot", role: "img", "aria-label": label });
  target.style.minHeight = `${height}px`;
  let chart: uPlot | null = null;
  const fit = () => {
    const width = printing() ? PrintWidth : Math.floor(target.clientWidth);
    if (width === 0) return;
    if (chart === null) chart = make(width, target);
    else if (chart.width !== width) chart.setSize({ width, height });
  };
  new ResizeObserver(fit).observe(target);
  onTheme(() => {
    fit();
    chart?.redraw();
  });
  return { element: target, chart: () => chart };
}

export const font = (): string => `11px ${getComputedStyle(document.body).fontFamily}`;

/** What all axes look like. */
export const axisLook = (): Pick<uPlot.Axis, "stroke" | "font" | "grid" | "ticks"> => ({
  stroke: () => colour("soft"),
  font: font(),
  grid: { stroke: () => colour("grid"), width: 1 },
  ticks: { stroke: () => colour("line"), width: 1, size: 5 },
});

/** A colour, thinner. */
export const faded = (css: string, share: number): string => css.replace(/^rgb\((.*)\)$/, (_, parts: string) => `rgba(${parts}, ${share})`);

/** An axis that fits values between two bounds with air around them; a single value gets a stretch of its own size. */
export function aired(min: number, max: number): [number, number] {
  const air = (max - min) * 0.08 || Math.abs(max) * 0.01 || 1;
  return [min - air, max + air];
}
