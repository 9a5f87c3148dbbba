import { figure, labelOf, helpOf, rawOf } from "../fields";
import { isDecimal } from "../decimal";
import type { Column } from "../tables/column";
import { plainTable } from "../tables/plain";

type Records = Record<string, Record<string, unknown>>;

/** A group of summary.json (by_strategy, by_currency) as a table: a row per name, a column per figure that any of them has. */
export function recordTable(label: string, path: string, heading: string, records: Records): HTMLElement {
  const keys = [...new Set(Object.values(records).flatMap((record) => Object.keys(record).filter((key) => isScalar(record[key]))))];
  const columns: Column<[string, Record<string, unknown>]>[] = [
    { label: heading, isHeading: true, cell: ([name]) => name },
    ...keys.map((key): Column<[string, Record<string, unknown>]> => ({
      label: labelOf(key), ...(helpOf(key) ? { help: helpOf(key) as string } : {}),
      isNumber: Object.values(records).every((record) => !(key in record) || record[key] === null || isDecimal(rawOf(record[key]))),
      cell: ([name, record]) => (key in record ? figure(`${path}.${name}.${key}`, record[key]) : "—"),
    })),
  ];
  return plainTable(label, columns, Object.entries(records));
}

const isScalar = (value: unknown): boolean => value === null || typeof value !== "object";
