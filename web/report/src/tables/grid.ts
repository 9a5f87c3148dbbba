import type { Table } from "../data";
import { exact } from "../decimal";
import { h } from "../dom";
import type { Column } from "./column";
import { scrolled, tableRow } from "./plain";

const PageRows = 50;
const PrintedRows = 30; // style/print.css cuts there

type Order = "ascending" | "descending" | null;

/** A table of many rows: sorted by a click on a heading, filtered by words, a page at a time, so that only the rows that are seen are in the document. */
export function grid<Row>(id: string, label: string, table: Table<Row>, columns: Column<Row>[], which: "first" | "newest" | "evenly picked" = "first"): HTMLElement {
  let view = table.rows;
  let page = 0;
  let sorted: Column<Row> | null = null;
  let order: Order = null;
  let words: string[] = [];
  let texts: string[] | null = null;

  const body = h("tbody");
  const state = h("output", { class: "state", "aria-live": "polite" });
  const printed = h("p", { class: "printed" });
  const turn = (sign: string, name: string, by: number) => h("button", { type: "button", "aria-label": name, title: name, click: () => { page += by; show(); } }, sign);
  const previous = turn("‹", "Previous page", -1), next = turn("›", "Next page", 1);
  const filter = h("input", {
    type: "search", id: `${id}-filter`, autocomplete: "off", spellcheck: "false", placeholder: "words in a row",
    input: () => { words = filter.value.toLowerCase().split(/\s+/).filter(Boolean); choose(); },
  });

  const headings = columns.map((column) => h("th", { scope: "col", class: column.isNumber ? "number" : null },
    h("button", { type: "button", title: column.help ?? null, click: () => sortBy(column) }, column.label)));

  function sortBy(column: Column<Row>): void {
    order = sorted !== column ? "ascending" : order === "ascending" ? "descending" : null;
    sorted = order === null ? null : column;
    headings.forEach((heading, index) => {
      if (columns[index] === sorted && order) heading.setAttribute("aria-sort", order);
      else heading.removeAttribute("aria-sort");
    });
    choose();
  }

  function choose(): void {
    view = table.rows;
    if (words.length > 0) {
      texts ??= table.rows.map((row) => columns.map((column) => textOf(column, row)).join(" ").toLowerCase());
      const found = texts;
      view = table.rows.filter((_, index) => words.every((word) => (found[index] as string).includes(word)));
    }
    if (sorted) view = sortedBy(view, sorted, order === "descending");
    page = 0;
    show();
  }

  function show(): void {
    const from = page * PageRows, to = Math.min(from + PageRows, view.length);
    body.replaceChildren(...view.slice(from, to).map((row) => tableRow(columns, row)));
    if (view.length === 0) body.append(h("tr", {}, h("td", { colspan: columns.length, class: "soft" }, "No row has these words.")));
    const all = count(table.rows.length);
    const kept = table.total > table.rows.length ? `${which} ${all} of ${count(table.total)}; the rest is in ${table.file}` : all;
    const seen = view.length === 0 ? "none" : `${count(from + 1)}–${count(to)}`;
    state.textContent = words.length > 0 ? `${seen} of ${count(view.length)} found in ${kept}` : table.total > table.rows.length ? `${seen} of the ${kept}` : `${seen} of ${kept}`;
    const onPaper = Math.min(PrintedRows, to - from);
    printed.textContent = onPaper < table.total ? `Printed: ${count(onPaper)} of ${count(table.total)} rows; all of them are in ${table.file}.` : "";
    previous.disabled = page === 0;
    next.disabled = to >= view.length;
  }

  show();
  return h("div", { class: "card grid", id: `${id}-grid` },
    h("div", { class: "tools" },
      h("label", { for: `${id}-filter` }, "Filter", filter),
      state,
      h("div", { class: "pages", role: "group", "aria-label": `Pages of ${label}` }, previous, next)),
    scrolled(label, h("table", {}, h("caption", { class: "visually-hidden" }, `${label}. A heading sorts by its column.`), h("thead", {}, h("tr", {}, headings)), body)),
    printed);
}

const count = (rows: number): string => exact(String(rows));

function textOf<Row>(column: Column<Row>, row: Row): string {
  if (column.text) return column.text(row);
  const cell = column.cell(row);
  return typeof cell === "string" ? cell : cell.textContent ?? "";
}

/** Equal rows keep their order, what has no value stands at the end either way. */
function sortedBy<Row>(rows: Row[], column: Column<Row>, isDown: boolean): Row[] {
  const key = column.sort ?? ((row: Row) => textOf(column, row));
  const down = isDown ? -1 : 1;
  const isMissing = (value: number | string) => value === "" || Number.isNaN(value);
  return rows.map((row) => ({ row, value: key(row) })).sort((one, other) => {
    const missing = Number(isMissing(one.value)) - Number(isMissing(other.value));
    if (missing !== 0 || isMissing(one.value)) return missing;
    return one.value < other.value ? -down : one.value > other.value ? down : 0;
  }).map(({ row }) => row);
}
