import { shape } from "../charts/legend";
import type { ProfitRow, ReportData } from "../data";
import { approximate } from "../decimal";
import { empty, h, section } from "../dom";
import { moneyColumn, numberColumn, textColumn } from "../tables/cells";
import { plainTable } from "../tables/plain";

interface Part { name: string; amount: number }

/** Where the money came from, by strategy and instrument. */
export function profitSection(data: ReportData): HTMLElement {
  if (data.pnl.length === 0) return section("pnl", "P&L by strategy and instrument", null, empty("No P&L to split: nothing was traded."));
  const reach = new Map<string, number>();
  for (const row of data.pnl) reach.set(row.currency, Math.max(reach.get(row.currency) ?? 0, ...ends(parts(row)).map(Math.abs)));
  const table = plainTable<ProfitRow>("P&L by strategy and instrument", [
    textColumn("Strategy", (row) => row.strategy, { isHeading: true }),
    textColumn("Instrument", (row) => row.instrument),
    numberColumn("Fills", (row) => String(row.fills)),
    numberColumn("Traded", (row) => row.traded),
    numberColumn("Position", (row) => row.position, { help: "At the end" }),
    moneyColumn("Spread", (row) => row.spread, { isGain: true, help: "Against the mid at the moment of each fill" }),
    moneyColumn("Inventory", (row) => row.inventory, { isGain: true, help: "What the position gained afterwards" }),
    moneyColumn("Fees", (row) => row.fees, { help: "Paid; below zero = rebates" }),
    moneyColumn("Total", (row) => row.total, { isGain: true, help: "Spread + inventory − fees" }),
    textColumn("Currency", (row) => row.currency),
    { label: "Parts", help: "Left of the line costs, right of it earns; one scale per currency", cell: (row) => bar(row, reach.get(row.currency) || 1) },
  ], data.pnl);
  return section("pnl", "P&L by strategy and instrument",
    "Spread: earned against the mid at the moment of each fill. Inventory: what the position gained afterwards. Spread + inventory − fees = total.",
    h("div", { class: "card" }, keys(), table));
}

const parts = (row: ProfitRow): Part[] => [
  { name: "spread", amount: approximate(row.spread) },
  { name: "inventory", amount: approximate(row.inventory) },
  { name: "fees", amount: -approximate(row.fees) },
].filter((part) => Number.isFinite(part.amount));

const sum = (amounts: number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** How far the parts reach to the left and to the right of zero. */
const ends = (all: Part[]): [number, number] => [sum(all.map((part) => Math.min(part.amount, 0))), sum(all.map((part) => Math.max(part.amount, 0)))];

const Half = 100;

/** Gains stack to the right of zero, costs to the left. */
function bar(row: ProfitRow, reach: number): HTMLElement {
  let left = 0, right = 0;
  const boxes = parts(row).map((part) => {
    const width = Math.abs(part.amount) / reach * Half;
    const x = part.amount < 0 ? Half - (left += width) : Half + (right += width) - width;
    return `<rect class="part-${part.name}" x="${x.toFixed(2)}" y="2" width="${width.toFixed(2)}" height="10"/>`;
  });
  const svg = shape(2 * Half, 14, `${boxes.join("")}<line class="zero" x1="${Half}" x2="${Half}" y1="0" y2="14"/>`);
  svg.setAttribute("preserveAspectRatio", "none");
  return h("div", { class: "bar" }, svg);
}

function keys(): HTMLElement {
  return h("ul", { class: "keys", "aria-label": "Parts of the bars" }, ["spread", "inventory", "fees"].map((name) =>
    h("li", {}, shape(12, 10, `<rect class="part-${name}" width="12" height="10" rx="1.5"/>`), name)));
}

