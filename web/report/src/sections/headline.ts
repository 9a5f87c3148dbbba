import type { ReportData, Summary } from "../data";
import { h } from "../dom";
import { figure, helpOf, labelOf } from "../fields";
import { recordTable } from "./records";

const SharpeWhy = "Needs three days or more";
const CurrencyWhy = "No rate between its currencies: see by currency";

/** What the run was worth, in a dozen figures. */
export function headline(data: ReportData): HTMLElement {
  const { summary } = data;
  const money = (key: string, isMain = false) => tile(summary, key, { unit: summary.currency, whyNull: CurrencyWhy, isMain });
  return h("section", { id: "headline", class: "headline", "aria-label": "Headline figures" },
    tiles("worth", [
      money("equity_start"), money("equity_end", true), money("realized_pnl"), money("unrealized_pnl"), money("fees"),
      tile(summary, "max_drawdown", { whyNull: summary.equity_end === null ? CurrencyWhy : "Equity was never above zero" }),
      tile(summary, "sharpe", { whyNull: SharpeWhy })]),
    tiles("activity", [
      tile(summary, "orders", { note: more(summary, [["rejected", "rejected"], ["refused", "refused by risk"], ["live_orders", "still live"]]) }),
      tile(summary, "fills", { note: more(summary, [["traded_quantity", "traded"]]) }),
      ...("fill_rate" in summary ? [tile(summary, "fill_rate", { whyNull: "No orders" })] : []),
      tile(summary, "events", {}),
      tile(summary, "events_per_second", { whyNull: "Not measured", note: more(summary, [["seconds", "s"], ["peak_memory_mb", "MB at most"]]) })]),
    summary.by_currency && Object.keys(summary.by_currency).length > 0
      ? h("div", { class: "card" }, h("h3", {}, "By currency"), recordTable("Figures by currency", "by_currency", "Currency", summary.by_currency))
      : null);
}

/** A row of figures in one size: the size that its longest needs. */
function tiles(name: string, all: HTMLElement[]): HTMLElement {
  const longest = Math.max(...all.map((one) => one.querySelector(".value")?.textContent?.length ?? 0));
  return h("dl", { class: longest > 14 ? `${name} long` : longest > 10 ? `${name} medium` : name }, all);
}

interface TileOptions { unit?: string; whyNull?: string; isMain?: boolean; note?: Node | null }

function tile(summary: Summary, key: string, options: TileOptions): HTMLElement {
  const value = summary[key] ?? null;
  const shown = figure(key, value, options.whyNull ? { whyNull: options.whyNull } : {});
  // A field that summary.json lacks must not pass as one that it has.
  if (!(key in summary)) shown.removeAttribute("data-field");
  const under = value === null ? options.whyNull ?? "Not known" : options.note;
  return h("div", { class: options.isMain ? "tile main" : "tile" },
    h("dt", { title: helpOf(key) ?? null }, value !== null && options.unit ? `${labelOf(key)} (${options.unit})` : labelOf(key)),
    h("dd", {}, h("div", { class: "value" }, shown), under ? h("div", { class: "why" }, under) : null));
}

/** Lesser figures under a tile's own, where they are there and above zero. */
function more(summary: Summary, parts: [string, string][]): Node | null {
  const line = h("span");
  for (const [key, words] of parts) {
    const value = summary[key];
    if (value === undefined || value === null || Number(value) === 0) continue;
    if (line.childNodes.length > 0) line.append(" · ");
    line.append(figure(key, value), ` ${words}`);
  }
  return line.childNodes.length > 0 ? line : null;
}

