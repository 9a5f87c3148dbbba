import { approximate, exact, money, rounded, sign, signed } from "../decimal";
import { h } from "../dom";
import { dayOf, readable, sortable, timeOfDay } from "../time";
import type { Column } from "./column";

/** Columns of the kinds that the tables share. */
export function textColumn<Row>(label: string, value: (row: Row) => string, more: Partial<Column<Row>> = {}): Column<Row> {
  return { label, cell: (row) => (value(row).length > 32 ? h("span", { title: value(row) }, value(row)) : value(row) || "—"), text: value, sort: (row) => value(row).toLowerCase(), ...more };
}

/** Exact digits; empty text is not known. */
export function numberColumn<Row>(label: string, value: (row: Row) => string, more: Partial<Column<Row>> = {}): Column<Row> {
  return { label, isNumber: true, cell: (row) => (value(row) === "" ? "—" : exact(value(row))), text: (row) => `${value(row)} ${exact(value(row))}`, sort: (row) => approximate(value(row)), ...more };
}

/** Rounded for the eyes, exact in the tooltip. */
export function moneyColumn<Row>(label: string, value: (row: Row) => string, more: Partial<Column<Row>> & { isGain?: boolean } = {}): Column<Row> {
  return {
    label, isNumber: true,
    cell: (row) => moneyCell(value(row), more.isGain ?? false),
    text: value, sort: (row) => approximate(value(row)), ...more,
  };
}

export function moneyCell(raw: string, isGain: boolean): HTMLElement {
  const shown = isGain ? signed(raw, money) : money(raw);
  return h("span", { class: isGain ? tone(raw) : null, title: shown.replace(/^\+/, "") === exact(raw) ? null : raw }, shown);
}

export const tone = (raw: string): string | null => [null, "loss", null, "gain"][sign(raw) + 2] ?? null;

/** A number of the data that is for reading, not for booking. */
export const numberText = (value: number | null, decimals: number, hasSign = false): string => {
  if (value === null) return "—";
  const text = String(value);
  return hasSign ? signed(text, (raw) => rounded(raw, decimals)) : rounded(text, decimals);
};

/** Times of a run within one day show the time of day. */
export function timeColumn<Row>(label: string, value: (row: Row) => string, day: string | null): Column<Row> {
  const write = (time: string) => (time === "" ? "—" : day !== null && dayOf(time) === day ? timeOfDay(time) : readable(time));
  return {
    label: `${label}, UTC`, help: day === null ? "UTC" : `UTC, on ${day}`,
    cell: (row) => h("span", { class: "time" }, write(value(row))), text: value, sort: (row) => sortable(value(row)),
  };
}

export function sideColumn<Row extends { side: "buy" | "sell" }>(): Column<Row> {
  return { label: "Side", cell: (row) => h("span", { class: `side ${row.side}` }, row.side === "buy" ? "▲ buy" : "▼ sell"), text: (row) => row.side, sort: (row) => row.side };
}
