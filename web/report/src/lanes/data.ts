/**
 * What the page that compares the lanes of a run shows: lanes.json with each lane's equity, thinned. Money and exact quantities are decimal text; numbers are for drawing only.
 * Times are milliseconds since 1970; null = not known.
 */
export interface LanesData {
  /** Layout of this object. */
  version: 1;
  title: string;
  /** Name of the data file. */
  data: string;
  /** RFC 3339. */
  first: string;
  last: string;
  events: number;
  /** Wall time of all lanes together. */
  seconds: number | null;
  currency: string;
  /** Keys that differ between lanes. */
  keys: string[];
  lanes: Lane[];
}

export interface Lane {
  name: string;
  /** Where its own files are, seen from the page. */
  folder: string;
  /** As TOML literals. */
  values: Record<string, string>;
  fingerprint: string;
  /** null where several currencies have no stated rate. */
  pnl: string | null;
  realized_pnl: string | null;
  unrealized_pnl: string | null;
  fees: string | null;
  equity_start: string | null;
  equity_end: string | null;
  max_drawdown: number | null;
  sharpe: number | null;
  orders: number;
  fills: number;
  traded_quantity: string;
  position_max: number | null;
  refused: number;
  rejected: number;
  halted: boolean;
  /** Equity over time in the account's currency. */
  t: number[];
  v: (number | null)[];
}

/** The last word of a key where it is the only one that ends so. */
export function shortKey(key: string, keys: string[]): string {
  const last = key.slice(key.lastIndexOf(".") + 1);
  return keys.filter((other) => other === last || other.endsWith(`.${last}`)).length === 1 ? last : key;
}

/** A value as it is read: text without its quotes. */
export const shown = (literal: string | undefined): string => (literal ?? "").replace(/^"(.*)"$/, "$1");

export const profitOf = (lane: Lane): number | null => (lane.pnl === null ? null : Number(lane.pnl));
