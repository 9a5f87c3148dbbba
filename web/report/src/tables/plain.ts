import { h } from "../dom";
import type { Column } from "./column";

/** A table of a few rows, in the order in which they come. */
export function plainTable<Row>(label: string, columns: Column<Row>[], rows: Row[]): HTMLElement {
  return scrolled(label, h("table", {},
    h("caption", { class: "visually-hidden" }, label),
    h("thead", {}, h("tr", {}, columns.map((column) => h("th", { scope: "col", class: column.isNumber ? "number" : null, title: column.help ?? null }, column.label)))),
    h("tbody", {}, rows.map((row) => tableRow(columns, row)))));
}

export function tableRow<Row>(columns: Column<Row>[], row: Row): HTMLTableRowElement {
  return h("tr", {}, columns.map((column) => column.isHeading
    ? h("th", { scope: "row" }, column.cell(row))
    : h("td", { class: column.isNumber ? "number" : column.isLong ? "wrap" : null }, column.cell(row))));
}

/** Wide tables move inside their own frame; a keyboard can move them too. */
export const scrolled = (label: string, table: HTMLTableElement): HTMLElement => h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": label }, table);
