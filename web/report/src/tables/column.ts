/** One column of a table over rows of one kind. */
export interface Column<Row> {
  label: string;
  /** What the number is, for a tooltip of the heading. */
  help?: string;
  isNumber?: boolean;
  /** May break into lines. */
  isLong?: boolean;
  /** Heads its row for a reader who hears the table. */
  isHeading?: boolean;
  cell(row: Row): Node | string;
  /** Numbers sort as numbers, NaN last. */
  sort?(row: Row): number | string;
  /** What the filter finds; without it, what the cell's text would be. */
  text?(row: Row): string;
}
