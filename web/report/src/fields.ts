import { exact, isDecimal, money, percent, rounded, sign, signed } from "./decimal";
import { h } from "./dom";
import { readable } from "./time";

/** How the fields of summary.json are called and written. Fields that are not listed show their name and their value as it is. */
interface Field { label: string; format: (raw: string) => string; help?: string; isGain?: boolean }

const text = (raw: string): string => raw;
const gain = (raw: string): string => signed(raw, money);

const fields: Record<string, Field> = {
  equity_start: { label: "Equity, start", format: money },
  equity_end: { label: "Equity, end", format: money },
  realized_pnl: { label: "Realized P&L", format: gain, isGain: true, help: "Before fees" },
  unrealized_pnl: { label: "Unrealized P&L", format: gain, isGain: true, help: "Open positions at the last mark" },
  cash: { label: "Cash", format: money },
  fees: { label: "Fees", format: money, help: "Paid; below zero = earned as rebates" },
  max_drawdown: { label: "Max drawdown", format: (raw) => percent(raw, 3), help: "Deepest fall of equity from its peak" },
  sharpe: { label: "Sharpe ratio", format: (raw) => rounded(raw, 2), help: "Of daily returns" },
  fingerprint: { label: "Fingerprint", format: text },
  orders: { label: "Orders", format: exact, help: "Sent to the venue" },
  fills: { label: "Fills", format: exact },
  fill_rate: { label: "Fill rate", format: percent, help: "Quantity filled, of the quantity sent" },
  events: { label: "Events", format: exact, help: "Market data consumed" },
  events_per_second: { label: "Events/s", format: (raw) => rounded(raw, 0) },
  seconds: { label: "Seconds", format: (raw) => rounded(raw, 2) },
  peak_memory_mb: { label: "Peak memory, MB", format: (raw) => rounded(raw, 0) },
  first: { label: "First", format: readable },
  last: { label: "Last", format: readable },
  refused: { label: "Refused by risk", format: exact },
  rejected: { label: "Rejected by the venue", format: exact },
  live_orders: { label: "Still live", format: exact },
  traded_quantity: { label: "Quantity traded", format: exact },
};

export const labelOf = (key: string): string => fields[key]?.label ?? key.replace(/_/g, " ");

export const helpOf = (key: string): string | undefined => fields[key]?.help;

/** The text that a test compares with summary.json: what a JSON reader in a browser makes of the value. */
export const rawOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value) ?? "null");

/**
 * Shows one value of summary.json. `path` names it ("by_strategy.quoter.fees"); the raw text stays with the element,
 * and full precision is in its tooltip where the display rounds.
 */
export function figure(path: string, value: unknown, options: { whyNull?: string; format?: (raw: string) => string } = {}): HTMLElement {
  const raw = rawOf(value);
  if (value === null || value === undefined)
    return h("span", { class: "figure none", "data-field": path, "data-raw": raw, title: options.whyNull ?? "Not known" }, "—");

  const field = fields[path.slice(path.lastIndexOf(".") + 1)];
  const shown = (options.format ?? field?.format ?? exact)(raw);
  const isRounded = isDecimal(raw) && shown !== exact(raw);
  const direction = field?.isGain && isDecimal(raw) ? ["loss", "flat", "gain"][sign(raw) + 1] : null;
  return h("span", { class: ["figure", direction].filter(Boolean).join(" "), "data-field": path, "data-raw": raw, title: isRounded ? raw : null }, shown);
}
