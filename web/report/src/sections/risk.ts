import { word } from "../charts/riskLayer";
import type { ReportData, RiskRow } from "../data";
import { exact, isDecimal } from "../decimal";
import { h, section } from "../dom";
import { numberColumn, textColumn, timeColumn } from "../tables/cells";
import type { Column } from "../tables/column";
import { grid } from "../tables/grid";
import { oneDay } from "./oneDay";
import { whyCell, whyCommand } from "./why";

const Scopes: Record<string, string> = { order: "order", strategy_instrument: "position", instrument: "instrument", product: "product", group: "group", strategy: "strategy", account: "account" };
const Kinds: Record<string, string> = { state: "state", kill: "kill switch on", rearm: "re-armed", liquidation: "liquidation order", exit: "exit order" };

/** States, kill switches, and what risk sent by itself; null = nothing. */
export function riskSection(data: ReportData): HTMLElement | null {
  if (!data.risk || data.risk.events.rows.length === 0) return null;
  const built = section("risk", "Risk events", "Changes of states, kill switches, and the orders that risk and exits sent by themselves, in the order of time. States are drawn behind the equity: the worst of all.",
    grid("risk", "Risk events", data.risk.events, [
      timeColumn("Time", (row) => row.time, oneDay(data)),
      { label: "What", cell: (row) => h("span", { class: `level ${toneOf(row)}` }, what(row)), text: what, sort: what },
      scopeColumn(),
      ...whoColumns("all"),
      textColumn("By", (row) => word(row.measure || row.reason), { help: "The measure that decided; who or what turned a kill switch on; why an order left" }),
      valueColumn("Found", (row) => row.found, "A state's measure is a ratio"),
      valueColumn("Threshold", (row) => row.threshold, "What it was held to"),
      { label: "Words", isLong: true, cell: (row) => h("span", { class: "said" }, words(row) || "—"), text: words },
      whyColumn(),
    ] satisfies Column<RiskRow>[]));
  built.classList.add("wide");
  return built;
}

/** What risk refused or made smaller; null = nothing. */
export function changesSection(data: ReportData): HTMLElement | null {
  if (!data.risk || data.risk.changes.rows.length === 0) return null;
  const built = section("changes", "Refused and changed orders", "What risk refused, and what it made smaller or more cautious. The command says why, rule by rule, with the book of that moment.",
    grid("changes", "Refused and changed orders", data.risk.changes, [
      timeColumn("Time", (row) => row.time, oneDay(data)),
      { label: "What", cell: (row) => h("span", { class: `level ${row.kind === "refusal" ? "error" : "warning"}` }, changed(row)), text: changed, sort: changed },
      textColumn("Reason", (row) => word(row.reason)),
      valueColumn("Limit", (row) => row.threshold, "In the unit of its rule"),
      valueColumn("Found", (row) => row.found, "What it would have been"),
      whyColumn(),
      scopeColumn(),
      ...whoColumns(""),
      { label: "Side", cell: (row) => (row.side === "" ? "—" : h("span", { class: `side ${row.side}` }, row.side === "buy" ? "▲ buy" : "▼ sell")), text: (row) => row.side, sort: (row) => row.side },
      numberColumn("Asked", (row) => row.asked),
      numberColumn("Granted", (row) => (row.kind === "refusal" ? "" : row.granted)),
      { label: "Price", isNumber: true, cell: prices, text: (row) => `${row.asked_price} ${row.granted_price}` },
    ] satisfies Column<RiskRow>[]));
  built.classList.add("wide");
  return built;
}

/** An order by its name, anything else by its moment. */
const subject = (row: RiskRow): string => row.client_order_id || row.time;

const what = (row: RiskRow): string => (row.kind === "state" ? `${word(row.from)} → ${word(row.to)}` : Kinds[row.kind] ?? row.kind);

const changed = (row: RiskRow): string => (row.kind === "refusal" ? "refused" : `${row.want || "want"} changed`);

const words = (row: RiskRow): string =>
  row.text + (row.flattens ? `${row.text ? "; " : ""}positions are closed` : "") + (row.asked ? `${row.side} ${exact(row.asked)}${row.asked_price ? ` at ${row.asked_price}` : ""}` : "");

const toneOf = (row: RiskRow): string => {
  if (row.kind === "kill" || row.to === "over_limit") return "error";
  if (row.kind === "liquidation" || row.to === "critical" || row.to === "warning") return "warning";
  return "info";
};

const prices = (row: RiskRow): string => (row.granted_price !== "" && row.granted_price !== row.asked_price ? `${row.asked_price || "—"} → ${row.granted_price}` : row.asked_price || "—");

const whyColumn = (): Column<RiskRow> => ({ label: "Why", help: "A command for a terminal", cell: (row) => whyCell(subject(row)), text: (row) => whyCommand(subject(row)) });

const scopeColumn = (): Column<RiskRow> => textColumn("Of", (row) => Scopes[row.scope] ?? row.scope, { help: "What the state or the limit is that of" });

/** `none` is what no name means: all of them, or that it is not known. */
const whoColumns = (none: string): Column<RiskRow>[] => [textColumn("Strategy", (row) => row.strategy || none), textColumn("Instrument", (row) => row.instrument || none)];

/** Numbers of many units, some of them times. */
const valueColumn = (label: string, value: (row: RiskRow) => string, help: string): Column<RiskRow> =>
  ({ label, isNumber: true, help, cell: (row) => (value(row) === "" ? "—" : isDecimal(value(row)) ? exact(value(row)) : value(row)), text: value, sort: (row) => (isDecimal(value(row)) ? Number(value(row)) : value(row)) });
