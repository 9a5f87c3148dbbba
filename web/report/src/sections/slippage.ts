import type { ReportData, SlippageRow } from "../data";
import { exact } from "../decimal";
import { h, section } from "../dom";
import { moneyCell, numberText } from "../tables/cells";
import type { Column } from "../tables/column";
import { plainTable } from "../tables/plain";

/** What it cost that orders were not filled at once and in full at the mid; null = no order left. */
export function slippageSection(data: ReportData): HTMLElement | null {
  const rows = data.slippage ?? [];
  if (rows.length === 0) return null;
  const bps = (label: string, value: (row: SlippageRow) => number | null, help: string): Column<SlippageRow> => ({ label, isNumber: true, help, cell: (row) => {
    const number = value(row);
    return h("span", { title: number === null ? null : `${number} bp`, class: number === null || number === 0 ? null : number > 0 ? "loss" : "gain" }, numberText(number, 2, true));
  } });
  const cost = (label: string, value: (row: SlippageRow) => string, help: string): Column<SlippageRow> => ({ label, isNumber: true, help, cell: (row) => moneyCell(value(row), false) });
  return section("slippage", "Slippage",
    "Implementation shortfall: what it cost that orders were not filled at once, in full, at the mid at which they were decided. Above zero is a cost; money is in the currency of the instrument.",
    h("div", { class: "card" }, plainTable<SlippageRow>("Slippage by strategy and instrument", [
      { label: "Strategy", isHeading: true, cell: (row) => row.strategy },
      { label: "Instrument", cell: (row) => row.instrument },
      { label: "Orders", isNumber: true, help: "That left for the venue", cell: (row) => h("span", {}, exact(String(row.orders)), row.unpriced ? h("small", {}, `${exact(String(row.unpriced))} before the first quote`) : null) },
      bps("From decision, bp", (row) => row.decision_bps, "Average price against the mid at the decision; mean over orders, weighted by what was filled"),
      bps("From arrival, bp", (row) => row.arrival_bps, "Average price against the mid when the venue's first answer came"),
      cost("Delay", (row) => row.delay, "Filled × (arrival − decision)"),
      cost("Trading", (row) => row.trading, "Filled × (average price − arrival)"),
      cost("Opportunity", (row) => row.opportunity, "Unfilled × (mid at the order's end − decision)"),
      cost("Fees", (row) => row.fees, "Paid; below zero = earned as rebates"),
      { label: "Total", isNumber: true, cell: (row) => h("span", {}, moneyCell(row.total, false), h("small", {}, `${row.total_bps === null ? "" : `${numberText(row.total_bps, 2, true)} bp of all that was ordered · `}${row.currency}`)) },
    ], rows)));
}
