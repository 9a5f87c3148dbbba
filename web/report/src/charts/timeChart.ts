import uPlot from "uplot";
import { h } from "../dom";
import { colour } from "../theme";
import { axisLabels, moment } from "../time";
import { aired, axisLook, AxisWidth, faded, mount } from "./chart";
import { legend } from "./legend";
import { extent, lastAt, type Line } from "./line";
import type { TimeRange } from "./timeRange";
import { axisValues, readValue } from "./values";

export interface TimeChartOptions {
  /** What a reader who does not see it is told. */
  label: string;
  heading?: string;
  height: number;
  range: TimeRange;
  lines: Line[];
  /** A value stands until the next one. */
  isStepped: boolean;
  /** False where the chart below shows the same axis. */
  hasTimeLabels?: boolean;
  read?: (value: number) => string;
  axis?: (splits: number[], step: number) => string[];
  /** Least distance of two labels along the axis of values, CSS pixels. */
  labelSpace?: number;
  /** Values to be seen besides the lines. */
  alsoSeen?: { t: number[]; v: number[]; isPoints: true }[];
  /** Keeps zero in sight. */
  hasZero?: boolean;
  /** Values are zero or below; zero is the upper edge. */
  isBelowZero?: boolean;
  band?: { upper: number; lower: number; colour: string };
  drawOver?: (chart: uPlot) => void;
  /** Behind the grid and the lines. */
  drawUnder?: (chart: uPlot) => void;
  /** Further words for the moment under the cursor. */
  note?: (time: number, spanPerPixel: number) => string | null;
}

/** A chart over the run's time: drag to zoom, double-click for the whole; a cursor moves through all of them together. */
export function timeChart(options: TimeChartOptions): HTMLElement {
  const { range, lines, isStepped } = options;
  const read = options.read ?? readValue;
  const shown = lines.map((line) => !line.isHidden);
  const at = h("output", { class: "soft" });

  const names = legend(lines, (index, isShown) => {
    shown[index] = isShown;
    plot.chart()?.setSeries(index + 1, { show: isShown });
  });
  const say = (time: number | null) => {
    names.show(lines.map((line) => {
      const index = time === null ? line.t.length - 1 : lastAt(line.t, time);
      const value = line.v[index];
      return value === null || value === undefined ? null : read(value);
    }));
    const note = time === null ? null : options.note?.(time, (range.max - range.min) / Math.max(plot.chart()?.over.clientWidth ?? 1, 1));
    at.textContent = time === null ? "" : `${moment(time)}${note ? ` · ${note}` : ""}`;
  };

  const visible = () => [...lines.filter((_, index) => shown[index]), ...(options.alsoSeen ?? [])];
  const valueRange = (): [number, number] => {
    let [min, max] = extent(visible(), range.min, range.max) ?? [0, 0];
    if (options.isBelowZero) return [Math.min(min * 1.08, -1e-6), 0];
    if (options.hasZero) [min, max] = [Math.min(min, 0), Math.max(max, 0)];
    return aired(min, max);
  };
  const path = isStepped ? uPlot.paths.stepped!({ align: 1 }) : uPlot.paths.linear!();

  const plot = mount(options.label, options.height, (width, target) => new uPlot({
    width,
    height: options.height,
    ms: 1,
    tzDate: (time) => uPlot.tzDate(new Date(time), "Etc/UTC"),
    legend: { show: false },
    padding: [8, 28, options.hasTimeLabels === false ? 8 : 0, 0],
    cursor: {
      y: false,
      points: { size: 6 },
      drag: { x: true, y: false, setScale: false },
      sync: { key: "time", scales: ["x", null], setSeries: false, filters: { pub: (type) => type !== "mousedown" && type !== "mouseup" && type !== "dblclick" } },
      bind: { dblclick: () => () => { range.reset(); return null; } },
    },
    scales: {
      x: { time: true, range: () => [range.min, range.max] },
      y: { range: valueRange },
    },
    series: [{}, ...lines.map((line): uPlot.Series => ({
      label: line.name,
      show: !line.isHidden,
      stroke: () => colour(line.colour),
      width: line.width ?? 1.5,
      ...(line.dash ? { dash: line.dash } : {}),
      ...(line.isFilled ? { fill: () => faded(colour(line.colour), 0.14), fillTo: 0 } : {}),
      paths: path,
      points: { show: line.t.length === 1 },
    }))],
    ...(options.band ? { bands: [{ series: [options.band.upper, options.band.lower] as [number, number], fill: () => colour(options.band!.colour) }] } : {}),
    axes: [
      options.hasTimeLabels === false
        ? { ...axisLook(), size: 0, values: (_, splits) => splits.map(() => "") }
        : { ...axisLook(), size: 42, space: 84, values: (_, splits, __, ___, step) => axisLabels(splits, step) },
      { ...axisLook(), size: AxisWidth, space: options.labelSpace ?? 34, values: (_, splits, __, ___, step) => (options.axis ?? axisValues)(splits, step) },
    ],
    hooks: {
      setCursor: [(chart) => say(chart.cursor.left !== undefined && chart.cursor.left !== null && chart.cursor.left >= 0 ? chart.posToVal(chart.cursor.left, "x") : null)],
      setSelect: [(chart) => {
        const { left, width: selected } = chart.select;
        if (selected < 4) return;
        chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        range.set(chart.posToVal(left, "x"), chart.posToVal(left + selected, "x"));
      }],
      ...(options.drawUnder ? { drawClear: [options.drawUnder] } : {}),
      ...(options.drawOver ? { draw: [options.drawOver] } : {}),
    },
  }, aligned(lines, isStepped, range), target));

  range.onChange(() => plot.chart()?.setScale("x", { min: range.min, max: range.max }));
  say(null);
  return h("div", { class: "chart" },
    h("div", { class: "chart-head" }, options.heading ? h("h3", {}, options.heading) : null, names.element, at),
    plot.element);
}

/** uPlot wants one time column. A stepped line goes on to the end of the run with its last value. */
function aligned(lines: Line[], isStepped: boolean, range: TimeRange): uPlot.AlignedData {
  const first = lines[0] as Line;
  const isOpen = (line: Line) => isStepped && (line.t.at(-1) as number) < range.max;
  const open = <Value>(values: Value[], end: Value) => [...values, end];
  if (lines.every((line) => line.t === first.t))
    return (isOpen(first) ? [open(first.t, range.max), ...lines.map((line) => open(line.v, line.v.at(-1) ?? null))] : [first.t, ...lines.map((line) => line.v)]) as uPlot.AlignedData;
  return uPlot.join(lines.map((line): uPlot.AlignedData => (isOpen(line) ? [open(line.t, range.max), open(line.v, line.v.at(-1) ?? null)] : [line.t, line.v])));
}
