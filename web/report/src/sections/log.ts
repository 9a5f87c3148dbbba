import type { LogRow, ReportData } from "../data";
import { exact } from "../decimal";
import { h, section } from "../dom";
import { numberColumn, textColumn, timeColumn } from "../tables/cells";
import type { Column } from "../tables/column";
import { grid } from "../tables/grid";
import { oneDay } from "./oneDay";

const Order = ["debug", "info", "warning", "error"];

/** What strategies logged; null = nothing that is more than for debugging. */
export function logSection(data: ReportData): HTMLElement | null {
  if (!data.log || data.log.rows.length === 0) return null;
  const columns: Column<LogRow>[] = [
    timeColumn("Time", (row) => row.time, oneDay(data)),
    { label: "Level", cell: (row) => h("span", { class: `level ${Order.includes(row.level) ? row.level : "info"}` }, row.level), text: (row) => row.level, sort: (row) => Order.indexOf(row.level) },
    { label: "Message", isLong: true, cell: (row) => h("span", { class: "said" }, row.message || "—"), text: (row) => row.message, sort: (row) => row.message.toLowerCase() },
    { label: "Fields", isLong: true, cell: fields, text: (row) => row.fields.map((field) => `${field.name}=${field.value}`).join(" ") },
    textColumn("Strategy", (row) => row.strategy),
    numberColumn("Input", (row) => String(row.input), { help: "Number of the input in whose step it was written" }),
  ];
  const built = section("log", "Log", `What strategies logged, the newest first; ${data.log.file} has those for debugging too.`, grid("log", "Log", data.log, columns, "newest"));
  built.classList.add("wide");
  return built;
}

const fields = (row: LogRow): Node | string => {
  const leftOut = row.left_out > 0 ? h("li", { class: "soft" }, `${exact(String(row.left_out))} more had no room`) : null;
  if (row.fields.length === 0 && !leftOut) return "—";
  return h("ul", { class: "fields" }, row.fields.map((field) => h("li", {}, h("span", { class: "soft" }, field.name), " ", h("b", {}, field.value || "—"))), leftOut);
};
