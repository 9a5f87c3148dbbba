import uPlot from "uplot";
import { h } from "../dom";
import { colour } from "../theme";
import { aired, axisLook, AxisWidth, mount } from "./chart";
import { legend } from "./legend";
import { axisValues, readValue } from "./values";

export interface HorizonLine { name: string; v: (number | null)[]; colour: string; dash?: number[] }

/** A line per kind of fill over the horizons, evenly spaced: they grow by factors, and each is one measurement. */
export function horizonChart(label: string, heading: string, unit: string, horizons: string[], lines: HorizonLine[], height: number): HTMLElement {
  const shown = lines.map(() => true);
  const places = horizons.map((_, index) => index);
  const names = legend(lines.map((line) => ({ ...line, t: places })), (index, isShown) => {
    shown[index] = isShown;
    plot.chart()?.setSeries(index + 1, { show: isShown });
  });
  const say = (at: number | null | undefined) => names.show(lines.map((line) => {
    const value = at === null || at === undefined ? null : line.v[at];
    return value === null || value === undefined ? null : `${readValue(Number(value.toFixed(3)))} ${unit}`;
  }));
  const range = (): [number, number] => {
    const values = lines.filter((_, index) => shown[index]).flatMap((line) => line.v.filter((value) => value !== null));
    return aired(Math.min(0, ...values), Math.max(0, ...values));
  };
  const plot = mount(label, height, (width, target) => new uPlot({
    width, height,
    legend: { show: false },
    padding: [8, 12, 0, 0],
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 }, bind: { dblclick: () => () => null } },
    scales: { x: { time: false, range: () => [-0.35, horizons.length - 0.65] }, y: { range } },
    series: [{}, ...lines.map((line): uPlot.Series => ({
      label: line.name, stroke: () => colour(line.colour), width: 1.75, ...(line.dash ? { dash: line.dash } : {}), spanGaps: true,
      points: { show: true, size: 6, fill: () => colour("card") },
    }))],
    axes: [
      { ...axisLook(), size: 32, splits: () => places, values: (_, splits) => splits.map((at) => horizons[at] ?? "") },
      { ...axisLook(), size: AxisWidth, space: 30, values: (_, splits, __, ___, step) => axisValues(splits, step) },
    ],
    hooks: {
      setCursor: [(chart) => say(chart.cursor.left !== undefined && chart.cursor.left >= 0 ? chart.cursor.idx : null)],
      drawAxes: [(chart) => zeroLine(chart)],
    },
  }, [places, ...lines.map((line) => line.v)] as uPlot.AlignedData, target));
  return h("div", { class: "chart" }, h("div", { class: "chart-head" }, h("h3", {}, heading), names.element), plot.element);
}

function zeroLine(chart: uPlot): void {
  const { ctx, bbox } = chart;
  const y = Math.round(chart.valToPos(0, "y", true)) + 0.5;
  ctx.save();
  ctx.strokeStyle = colour("soft");
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}
