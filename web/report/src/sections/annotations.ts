import type { AnnotationRow, ReportData } from "../data";
import { h, section } from "../dom";
import { numberColumn, textColumn, timeColumn } from "../tables/cells";
import type { Column } from "../tables/column";
import { grid } from "../tables/grid";
import { oneDay } from "./oneDay";

/** Those that a price chart shows: of its instrument. */
export const remarksOf = (data: ReportData, instrument: string): AnnotationRow[] => rows(data).filter((row) => row.instrument === instrument);

/** Those that no price chart shows. */
export const otherRemarks = (data: ReportData): AnnotationRow[] => {
  const drawn = new Set(data.prices.filter((price) => price.t.length > 0).map((price) => price.instrument));
  return rows(data).filter((row) => !drawn.has(row.instrument));
};

const rows = (data: ReportData): AnnotationRow[] => data.annotations?.rows ?? [];

/** What strategies remarked, as a list; null = nothing. */
export function annotationsSection(data: ReportData): HTMLElement | null {
  if (!data.annotations || data.annotations.rows.length === 0) return null;
  const columns: Column<AnnotationRow>[] = [
    timeColumn("Time", (row) => row.time, oneDay(data)),
    textColumn("Strategy", (row) => row.strategy),
    textColumn("Instrument", (row) => row.instrument),
    numberColumn("Mid", (row) => (row.price === null ? "" : String(row.price)), { help: "Of the instrument at that moment" }),
    { label: "Text", isLong: true, cell: (row) => h("span", { class: "said" }, row.text || "—"), text: (row) => row.text, sort: (row) => row.text.toLowerCase() },
  ];
  return section("annotations", "Annotations", "What strategies remarked, in the order of time; diamonds in the charts of price and equity.",
    grid("annotations", "Annotations", data.annotations, columns, "evenly picked"));
}
