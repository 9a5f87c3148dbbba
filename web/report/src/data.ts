/**
 * What a run's report shows: the one JSON object that the engine's side writes into the page, inside
 * <script id="report-data" type="application/json">. The page computes no figure: it shows what stands here.
 * Money and exact quantities are decimal text; numbers are for drawing only. Times are milliseconds since 1970 (fractions allowed); null = not known.
 */
export interface ReportData {
  /** Layout of this object. */
  version: 1;
  title: string;
  /** RFC 3339. */
  first: string;
  last: string;
  /** summary.json, as it is in the run's folder. */
  summary: Summary;
  equity: Series[];          // one per currency; drawn in the account's currency
  drawdown: Series[];        // one per currency, values are fractions of the peak, 0 .. 1
  inventory: Series[];       // one per strategy and instrument that traded
  prices: PriceChart[];      // one per instrument that traded
  pnl: ProfitRow[];
  markouts: MarkoutRow[];
  slippage?: SlippageRow[];  // one per strategy and instrument that had orders
  queue: QueueRow[];
  fills: Table<FillRow>;
  orders: Table<OrderRow>;
  assumptions: Fact[];       // latency, fees, models, instruments without a definition
  anomalies: Fact[];         // of the data and of the orders; counts above zero
  failures: Failure[];
  /** What strategies wrote; absent: none did. */
  plots?: Plot[];
  annotations?: Table<AnnotationRow>;  // at most 2,000, evenly picked
  log?: Table<LogRow>;                 // at most 500, newest first, without those for debugging
  /** What risk did; absent: nothing. */
  risk?: Risk;
  /** The command that repeats the run, without a machine's paths; absent: the page names the run's config.toml. */
  rerun?: string;
}

export interface Summary {
  fingerprint: string;
  events: number;
  seconds: number | null;
  events_per_second: number | null;
  peak_memory_mb: number | null;
  orders: number;
  fills: number;
  /** Quantity filled, of the quantity sent, 0 .. 1; null without orders. Strategies have one too. */
  fill_rate?: number | null;
  currency: string;
  /** null where several currencies have no stated rate; by_currency then has them. */
  fees: string | null;
  realized_pnl: string | null;
  unrealized_pnl: string | null;
  equity_start: string | null;
  equity_end: string | null;
  max_drawdown: number | null;
  sharpe: number | null;
  by_strategy: Record<string, Record<string, unknown>>;
  by_currency?: Record<string, Record<string, unknown>>;
  [more: string]: unknown;
}

/** At most 20,000 points. */
export interface Series {
  name: string;
  unit: string;
  t: number[];
  v: (number | null)[];
  /** Points before thinning; the rest is in `file`. */
  total: number;
  file: string | null;
}

export interface PriceChart {
  instrument: string;
  currency: string;
  t: number[];
  bid: number[];
  ask: number[];
  total: number;
  buys: Mark[];              // our fills
  sells: Mark[];
}

export interface Mark { t: number; price: number; quantity: string; liquidity: "maker" | "taker" }

/** spread + inventory − fees = total: what we earned against the mid at the moment of each fill, what the position gained afterwards, what it cost. */
export interface ProfitRow {
  strategy: string;
  instrument: string;
  currency: string;
  spread: string;
  inventory: string;
  fees: string;
  total: string;
  fills: number;
  traded: string;
  position: string;
}

/** Mean of side × (mid after − fill price), in basis points of the fill price and in money; above zero is in our favour. */
export interface MarkoutRow {
  strategy: string;
  liquidity: "maker" | "taker" | "all";
  horizon: string;           // "100ms", "1s", "10s", "60s"
  count: number;
  mean_bps: number | null;
  mean_money: number | null;
  currency: string;
}

/** Implementation shortfall; above zero is a cost. Basis points of the mid, weighted by what was filled; of all that was ordered for the total. */
export interface SlippageRow {
  strategy: string;
  instrument: string;
  currency: string;
  orders: number;
  unpriced?: number;         // of them: from before the first quote, in no other number
  filled: string;
  decision_bps: number | null;
  arrival_bps: number | null;
  delay: string;
  trading: string;
  opportunity: string;
  fees: string;
  total: string;
  total_bps: number | null;
}

/** Place in the queue: quantity ahead of us, at placement and at fill. Distribution over orders or fills. */
export interface QueueRow {
  strategy: string;
  when: "placement" | "fill";
  count: number;
  mean: number | null;
  p10: number | null;
  p50: number | null;
  p90: number | null;
}

/** At most 5,000 rows; the rest is in `file`. */
export interface Table<Row> { rows: Row[]; total: number; file: string }

export interface FillRow {
  time: string;              // RFC 3339, engine's clock
  strategy: string;
  instrument: string;
  side: "buy" | "sell";
  price: string;
  quantity: string;
  liquidity: string;
  fee: string;
  currency: string;
  position: string;
  queue_ahead: string;       // empty = the venue did not say
  /** Basis points, in the order 100ms, 1s, 10s, 60s. */
  markouts: (number | null)[];
}

/** One row per order, in its last known state. */
export interface OrderRow {
  decided: string;
  ended: string;             // empty while it lives
  client_order_id: string;
  strategy: string;
  instrument: string;
  side: "buy" | "sell";
  type: string;
  time_in_force: string;
  price: string;
  quantity: string;
  filled: string;
  status: string;
  reason: string;
  queue_at_placement: string;
}

export interface Fact { name: string; value: string }

/** A strategy that was halted. */
export interface Failure { strategy: string; time: string; input: number; callback: string; message: string; details: string }

/** Curves of one name; each is called after its strategy and has at most 5,000 points. */
export interface Plot { name: string; curves: Series[] }

export interface AnnotationRow {
  time: string;              // RFC 3339, engine's clock
  t: number;
  strategy: string;
  instrument: string;        // empty = about none
  price: number | null;      // the mid
  text: string;
}

export interface LogRow {
  time: string;
  level: string;             // "info", "warning", "error"
  strategy: string;
  message: string;
  fields: Fact[];
  left_out: number;          // fields that had no room
  input: number;
}

export interface Risk {
  /** When the worst state of all was worse than normal; at most 2,000. */
  bands: RiskBand[];
  events: Table<RiskRow>;    // states, kill switches, liquidation and exit orders; at most 5,000
  changes: Table<RiskRow>;   // refusals and adjustments; at most 5,000
}

export interface RiskBand { from: number; to: number; state: string }

/** Empty text = none. */
export interface RiskRow {
  time: string;              // RFC 3339, engine's clock
  t: number;
  kind: string;              // "state", "kill", "rearm", "liquidation", "exit"; "refusal", "adjustment"
  scope: string;
  strategy: string;          // empty = all
  instrument: string;        // empty = all
  client_order_id: string;
  want: string;              // of an adjustment: "order", "quotes", "target"
  side: string;
  from: string;              // states
  to: string;
  measure: string;
  reason: string;
  threshold: string;
  found: string;
  asked: string;
  granted: string;
  asked_price: string;
  granted_price: string;
  flattens: boolean;
  text: string;
  input: number;
}
