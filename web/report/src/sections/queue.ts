import { shape } from "../charts/legend";
import type { QueueRow, ReportData } from "../data";
import { exact } from "../decimal";
import { empty, h, section } from "../dom";
import { numberText } from "../tables/cells";
import type { Column } from "../tables/column";
import { plainTable } from "../tables/plain";
import { recordTable } from "./records";

/** How often orders were filled, and where in the queue they stood. */
export function queueSection(data: ReportData): HTMLElement {
  const { by_strategy: strategies } = data.summary;
  const rates = Object.keys(strategies).length > 0 ? h("div", { class: "card" }, h("h3", {}, "By strategy"), recordTable("Figures by strategy", "by_strategy", "Strategy", strategies)) : null;
  const rows = data.queue.filter((row) => row.count > 0);
  const queue = rows.length === 0
    ? empty("No place in a queue: no order rested where the venue says what is ahead.")
    : h("div", { class: "card" }, h("h3", {}, "Quantity ahead of us"), queueTable(rows));
  return section("queue", "Fill rate and place in the queue",
    "Ahead at placement: when an order came to rest. Ahead at fill: when it was filled. p10, p50, p90: a tenth, half, nine tenths had at most this.", rates, queue);
}

function queueTable(rows: QueueRow[]): HTMLElement {
  const reach = Math.max(...rows.map((row) => row.p90 ?? row.mean ?? 0)) || 1;
  const number = (label: string, value: (row: QueueRow) => number | null): Column<QueueRow> =>
    ({ label, isNumber: true, cell: (row) => h("span", { title: value(row) === null ? null : String(value(row)) }, numberText(value(row), 1)) });
  return plainTable<QueueRow>("Quantity ahead of us, by strategy and moment", [
    { label: "Strategy", isHeading: true, cell: (row) => row.strategy },
    { label: "When", cell: (row) => (row.when === "placement" ? "at placement" : "at fill") },
    { label: "Count", isNumber: true, help: "Orders at placement, fills at fill", cell: (row) => exact(String(row.count)) },
    number("Mean", (row) => row.mean),
    number("p10", (row) => row.p10),
    number("p50", (row) => row.p50),
    number("p90", (row) => row.p90),
    { label: "p10 – p50 – p90", help: "One scale for all rows", cell: (row) => whisker(row, reach) },
  ], rows);
}

const Width = 200;

function whisker(row: QueueRow, reach: number): Node | string {
  if (row.p10 === null || row.p50 === null || row.p90 === null) return "—";
  const at = (value: number) => (2 + Math.max(value, 0) / reach * (Width - 6)).toFixed(2);
  const svg = shape(Width, 14, `<line class="whisker" x1="${at(row.p10)}" x2="${at(row.p90)}" y1="7" y2="7"/><rect class="box" x="${at(row.p50)}" y="1" width="3" height="12"/>`);
  svg.setAttribute("preserveAspectRatio", "none");
  return h("div", { class: "bar" }, svg);
}
