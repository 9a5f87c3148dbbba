import { random } from "./random.mjs";

/** Runs as the engine could report them, made up and always the same: each case is a report's data. */
export const cases = { normal, noFills, currencies, halted, large, extreme, hostile, notes, manyNotes, risk };

const First = Date.UTC(2024, 4, 8, 13, 30);
const Horizons = ["100ms", "1s", "10s", "60s"];

const time = (ms) => new Date(Math.round(ms)).toISOString().replace(/\.?0*Z$/, "Z");

function normal() { return run({ seed: 1, points: 2_000, trades: 320, strategies: ["quoter", "momentum"], instruments: [["FMH4", 100, 0.25], ["FGH4", 2_431.7, 0.1]], minutes: 120 }); }

/** As many points and rows as a report ever has, of more. */
function large() {
  const data = run({ seed: 5, points: 20_000, trades: 5_000, strategies: ["quoter"], instruments: [["FMH4", 100, 0.25]], minutes: 1_440 * 3, total: 3 });
  data.summary.sharpe = 2.1837465;
  return data;
}

function halted() {
  const data = run({ seed: 3, points: 600, trades: 60, strategies: ["quoter", "momentum"], instruments: [["FMH4", 100, 0.25]], minutes: 30 });
  data.failures = [{
    strategy: "momentum", time: time(First + 61_234), input: 1_284_311, callback: "OnBook",
    message: "Attempted to divide by zero.", details: "System.DivideByZeroException: Attempted to divide by zero.\n   at Momentum.OnBook(BookView book, IContext context)\n   at Fathom.Engine.Loop.StrategyRunner.Run()",
  }];
  data.summary.by_strategy.momentum.halted = { input: 1_284_311, time: time(First + 61_234), callback: "OnBook", message: "Attempted to divide by zero." };
  return data;
}

function noFills() {
  const data = run({ seed: 2, points: 2, trades: 0, strategies: ["quoter"], instruments: [["FMH4", 100, 0.25]], minutes: 10 });
  Object.assign(data, { orders: table([], "orders.csv"), prices: [], inventory: [], queue: [], anomalies: [], assumptions: [], pnl: [], markouts: [] });
  Object.assign(data.summary, { orders: 0, fills: 0, fill_rate: null, max_drawdown: 0, events_per_second: null, seconds: null });
  return data;
}

function currencies() {
  const data = run({ seed: 4, points: 500, trades: 80, strategies: ["quoter"], instruments: [["FMH4", 100, 0.25], ["FEH4", 41_870, 5]], minutes: 60 });
  const euro = structuredClone(data.equity[0]);
  Object.assign(euro, { name: "EUR", unit: "EUR" });
  data.equity.push(euro);
  data.drawdown.push({ ...structuredClone(data.drawdown[0]), name: "EUR", unit: "EUR" });
  for (const key of ["fees", "realized_pnl", "unrealized_pnl", "equity_start", "equity_end"]) data.summary[key] = null;
  data.summary.max_drawdown = null;
  data.summary.by_currency = {
    EUR: { cash: "100000", fees: "12.5", realized_pnl: "-310.25", unrealized_pnl: "0", equity_end: "99677.25" },
    USD: { cash: "1000000", fees: "-3.125", realized_pnl: "1512.75", unrealized_pnl: "-12.5", equity_end: "1001503.375" },
  };
  data.pnl[1].currency = "EUR";
  return data;
}

/** Prices below zero, money beyond a number's digits, amounts near nothing. */
function extreme() {
  const data = run({ seed: 6, points: 300, trades: 40, strategies: ["a strategy with a name that is rather longer than a column would like it to be"], instruments: [["CLK0", -37.63, 0.01]], minutes: 5 });
  Object.assign(data.summary, {
    equity_start: "1000000000000000000000000.123456789", equity_end: "79228162514264337593543950335", realized_pnl: "-0.000000001", unrealized_pnl: "-123456789012345678901234.5",
    fees: "0.00000000000000000001", max_drawdown: 0.0000001234, sharpe: -1234567.891, events_per_second: 123456789.987, events: 9007199254740991,
  });
  data.equity[0].v = data.equity[0].v.map((value, index) => 1e24 + index * 1e20);
  data.pnl[0] = { ...data.pnl[0], spread: "123456789012345678901234.567", inventory: "-0.0000001", fees: "-99999999999999999999", total: "123556789012345678901233.567" };
  data.fills.rows[0].price = "-37.630000001";
  data.fills.rows[1].quantity = "9223372036.854775807";
  data.markouts[0].mean_bps = 1e-7;
  data.markouts[1].mean_bps = -123456.789;
  return data;
}

/** Names and messages that would be markup if they were let. */
function hostile() {
  const data = run({ seed: 7, points: 50, trades: 10, strategies: ["<img src=x onerror=alert(1)>", "__proto__.x"], instruments: [["</script><b>", 100, 0.25]], minutes: 1 });
  data.title = "</script><script>alert(1)</script> & 'more'";
  data.plots = [plot("<b>plot</b>", [plotted(random(70), "<i>", 5, 60_000, 0, 1)])];
  data.annotations = table([{ time: time(First + 9), t: First + 9, strategy: "<i>", instrument: "</script><b>", price: 100, text: "<img src=x onerror=alert(1)>" }], "annotations.csv");
  data.log = table([{ time: time(First), level: "<i>", strategy: "<i>", message: "</script><img src=x>", fields: [{ name: "<i>", value: "<img>" }], left_out: 0, input: 1 }], "log.jsonl");
  data.risk = {
    bands: [{ from: First + 5_000, to: First + 20_000, state: "<b>" }],
    events: table([{ ...blankRisk, time: time(First + 9), t: First + 9, kind: "kill", strategy: "<i>", instrument: "</script><b>", measure: "<i>", text: "<img src=x onerror=alert(1)>" }], "risk.csv"),
    changes: table([{ ...blankRisk, time: time(First + 9), t: First + 9, kind: "refusal", client_order_id: "'; rm -rf $(x) <b>", reason: "<i>" }], "risk.csv"),
  };
  data.slippage = [{ strategy: "<i>", instrument: "</script><b>", currency: "<b>", orders: 1, filled: "1", decision_bps: 1, arrival_bps: 1, delay: "1", trading: "1", opportunity: "1", fees: "1", total: "4", total_bps: 1 }];
  data.failures = [{ strategy: "<i>", time: time(First), input: 1, callback: "OnBook", message: "$& $1 <!-- <script>", details: "" }];
  return data;
}

/** Strategies that plot, annotate and log: curves that share a name, fields of all kinds, a remark about no instrument, texts of any length. */
function notes() {
  const data = run({ seed: 8, points: 1_500, trades: 160, strategies: ["quoter", "momentum"], instruments: [["FMH4", 100, 0.25], ["FGH4", 2_431.7, 0.1]], minutes: 90 });
  const next = random(80), span = 90 * 60_000;
  data.plots = [
    plot("signal", [plotted(next, "quoter", 900, span, 0, 0.2), plotted(next, "momentum", 700, span, 0, 0.3)]),
    plot("half spread, ticks", [plotted(next, "quoter", 300, span, 2, 0.4)]),
    plot("", [plotted(next, "momentum", 1, span, 41_000, 10)]),
  ];
  const long = "A remark as long as they come: the market moved through both of our quotes while the answer to the last replacement was still on its way, so the position is twice what was wanted, and the hedge waits for the next book…";
  data.annotations = table(Array.from({ length: 24 }, (_, index) => {
    const at = First + (index + next()) / 24 * span, { t, bid, ask } = data.prices[0];
    const place = Math.max(t.findLastIndex((one) => one <= at), 0);
    const instrument = index % 8 === 5 ? "" : index % 8 === 6 ? "NOT TRADED" : "FMH4";
    return {
      time: time(at), t: at, strategy: index % 3 === 0 ? "momentum" : "quoter", instrument, price: instrument === "FMH4" && index % 8 !== 2 ? (bid[place] + ask[place]) / 2 : null,
      text: index === 7 ? long : index === 8 ? "" : ["entered long", "signal turned", "spread too wide: quotes pulled", "stop moved up"][index % 4],
    };
  }), "annotations.csv");
  data.log = table(Array.from({ length: 75 }, (_, index) => logged(next, index, span)), "log.jsonl");
  data.log.rows[2] = { ...data.log.rows[2], message: long, fields: [{ name: "path", value: "x".repeat(200) }], left_out: 3 };
  return data;
}

/** As much of it as a report ever shows, of more. */
function manyNotes() {
  const data = run({ seed: 9, points: 200, trades: 20, strategies: ["quoter"], instruments: [["FMH4", 100, 0.25]], minutes: 30 });
  const next = random(90), span = 30 * 60_000;
  data.plots = Array.from({ length: 64 }, (_, index) => plot(`curve ${index}`, [{ ...plotted(next, "quoter", 5_000, span, index * 10, 1), total: 12_000 }]));
  data.annotations = table(Array.from({ length: 2_000 }, (_, index) => {
    const at = First + index / 2_000 * span;
    return { time: time(at), t: at, strategy: "quoter", instrument: "FMH4", price: null, text: `remark ${index}` };
  }), "annotations.csv", 5_321);
  data.log = table(Array.from({ length: 500 }, (_, index) => logged(next, index, span)), "log.jsonl", 100_001);
  return data;
}

/** A day that goes through all states, is killed and re-armed, liquidates, and has refusals and changes of every kind. */
function risk() {
  const data = run({ seed: 10, points: 1_500, trades: 160, strategies: ["quoter", "momentum"], instruments: [["FMH4", 100, 0.25], ["FGH4", 2_431.7, 0.1]], minutes: 90 });
  const minute = (minutes) => First + minutes * 60_000;
  const row = (minutes, kind, more) => ({
    time: time(minute(minutes)), t: minute(minutes), kind, scope: "", strategy: "", instrument: "", client_order_id: "", want: "", side: "", from: "", to: "", measure: "", reason: "", threshold: "", found: "",
    asked: "", granted: "", asked_price: "", granted_price: "", flattens: false, text: "", input: Math.round(minutes * 14_000), ...more,
  });
  const state = (minutes, from, to, measure, threshold, found) => row(minutes, "state", { scope: "account", from, to, measure, threshold, found });
  const order = (index) => `7WH5HBEJCS7RW0000000${String(index).padStart(6, "0")}`;
  const liquidations = Array.from({ length: 6 }, (_, index) => row(46 + index * 0.7, "liquidation", {
    strategy: "quoter", instrument: "FMH4", client_order_id: order(900 + index), side: "sell", reason: "liquidation", asked: "2", asked_price: String(99.5 - index * 0.25),
  }));
  data.risk = {
    bands: [
      { from: minute(20), to: minute(31), state: "warning" }, { from: minute(31), to: minute(38), state: "critical" }, { from: minute(38), to: minute(38.2), state: "warning" },
      { from: minute(44), to: minute(50), state: "over_limit" }, { from: minute(50), to: minute(58), state: "critical" }, { from: minute(58), to: minute(63), state: "warning" },
    ],
    events: table([
      state(20, "normal", "warning", "drawdown", "0.02", "0.020417"), state(31, "warning", "critical", "drawdown", "0.04", "0.0402"), state(38, "critical", "warning", "drawdown", "0.036", "0.0351"),
      state(38.2, "warning", "normal", "drawdown", "0.018", "0.0178"),
      row(44, "state", { scope: "strategy_instrument", strategy: "quoter", instrument: "FMH4", from: "normal", to: "over_limit", measure: "position", threshold: "1", found: "1.2" }),
      row(45, "kill", { scope: "account", measure: "drawdown", threshold: "0.05", found: "0.0514", flattens: true, text: "the account fell 5.14 % from its peak, 5 % are allowed" }),
      ...liquidations,
      state(50, "over_limit", "critical", "drawdown", "0.036", "0.03"),
      row(61, "rearm", { scope: "account", measure: "drawdown", text: "checked by hand, positions are flat" }),
      row(70, "exit", { strategy: "momentum", instrument: "FGH4", client_order_id: order(990), side: "buy", reason: "trailing_stop", asked: "3", asked_price: "2432.1" }),
    ], "risk.csv"),
    changes: table([
      row(21, "adjustment", { scope: "strategy_instrument", strategy: "quoter", instrument: "FMH4", client_order_id: order(11), want: "order", side: "buy", to: "warning", reason: "state_warning", threshold: "0.5", found: "0.63", asked: "6", granted: "3", asked_price: "100.25", granted_price: "100" }),
      row(22, "adjustment", { strategy: "quoter", instrument: "FMH4", want: "quotes", side: "sell", to: "warning", reason: "state_warning", threshold: "0.5", found: "0.63", asked: "4", granted: "2" }),
      row(23, "adjustment", { strategy: "momentum", instrument: "FGH4", want: "target", to: "critical", reason: "state_reduces_only", threshold: "0.04", found: "0.0402", asked: "-12", granted: "0" }),
      row(32, "refusal", { scope: "instrument", strategy: "momentum", instrument: "FGH4", client_order_id: order(12), side: "sell", reason: "position_limit", threshold: "10", found: "12", asked: "5", asked_price: "2431.7" }),
      row(46, "refusal", { strategy: "quoter", instrument: "FMH4", client_order_id: order(13), side: "buy", reason: "kill_switch", threshold: "0", found: "1", asked: "1", asked_price: "99" }),
      ...Array.from({ length: 60 }, (_, index) => row(47 + index * 0.1, "refusal", { scope: "account", strategy: "quoter", instrument: "FMH4", client_order_id: order(14 + index), side: index % 2 ? "buy" : "sell", reason: "order_rate_limit", threshold: "100", found: "101", asked: "1", asked_price: "99.25" })),
    ], "risk.csv", 7_031),
  };
  data.slippage = [
    { strategy: "quoter", instrument: "FMH4", currency: "USD", orders: 120, unpriced: 2, filled: "231", decision_bps: -1.2345678, arrival_bps: -0.75, delay: "12.5", trading: "-310.25", opportunity: "42", fees: "-12.3", total: "-268.05", total_bps: -0.81 },
    { strategy: "momentum", instrument: "FMH4", currency: "USD", orders: 0, filled: "0", decision_bps: null, arrival_bps: null, delay: "0", trading: "0", opportunity: "0", fees: "0", total: "0", total_bps: null },
  ];
  return data;
}

const blankRisk = {
  scope: "", strategy: "", instrument: "", client_order_id: "", want: "", side: "", from: "", to: "", measure: "", reason: "", threshold: "", found: "", asked: "", granted: "", asked_price: "", granted_price: "",
  flattens: false, text: "", input: 1,
};

const plot = (name, curves) => ({ name, curves });

function plotted(next, name, points, span, start, step) {
  let value = start;
  const t = [], v = [];
  for (let index = 0; index < points; index++) {
    t.push(First + (index + next()) / points * span);
    v.push(Number((value += (next() - 0.5) * step).toFixed(5)));
  }
  return { name, unit: "", t, v, total: points, file: "plots.csv" };
}

function logged(next, index, span) {
  const level = index % 17 === 4 ? "error" : index % 5 === 1 ? "warning" : "info";
  return {
    time: time(First + span - index * 700), level, strategy: index % 2 ? "quoter" : "momentum", message: { error: "no hedge within the limit", warning: "spread is wide", info: "entered" }[level],
    fields: [{ name: "spread", value: String(Number((next() * 4).toFixed(3))) }, { name: "side", value: next() > 0.5 ? "buy" : "sell" }, ...(index % 3 ? [] : [{ name: "mid", value: "" }])],
    left_out: 0, input: 1_284_311 - index * 97,
  };
}

const table = (rows, file, total = rows.length) => ({ rows, total, file });

function run({ seed, points, trades, strategies, instruments, minutes, total = 1 }) {
  const next = random(seed);
  const span = minutes * 60_000, last = First + span;
  const prices = instruments.map(([instrument, start, tick]) => walk(next, instrument, start, tick, points, span, total));
  const pairs = strategies.flatMap((strategy, index) => prices.filter((_, place) => place === 0 || index === 0).map((price) => ({ strategy, price })));
  const inventory = new Map(pairs.map((pair) => [pair, { position: 0, t: [First], v: [0] }]));
  const fills = [], orders = [];
  for (let index = 0; index < trades; index++) trade(next, index, pairs[Math.floor(next() * pairs.length)], span, trades, inventory, fills, orders);
  const equity = curve(next, points, span, total);
  const fees = money(fills.reduce((sum, fill) => sum + Number(fill.fee), 0));
  const realized = money(equity.v.at(-1) - 1_000_000 + Number(fees) + 41.5);
  const orderTotal = orders.length * total, fillTotal = fills.length * total;
  const rows = pairs.map(({ strategy, price }) => profit(next, strategy, price.instrument, fills, inventory.get(pairs.find((pair) => pair.strategy === strategy && pair.price === price)).position));
  const summary = {
    fingerprint: "6f1c0a52d9e84b7733ab9e10c4d2f586", events: 2_148_332, seconds: 1.2718, events_per_second: 1689205.8499, peak_memory_mb: 143.27, first: time(First), last: time(last),
    orders: orderTotal, fills: fillTotal, fill_rate: orderTotal === 0 ? null : fillTotal / orderTotal, refused: 3, rejected: trades > 100 ? 12 : 0, live_orders: trades > 0 ? 2 : 0,
    currency: "USD", fees, realized_pnl: trades === 0 ? "0" : realized, unrealized_pnl: trades === 0 ? "0" : "-41.5", equity_start: "1000000", equity_end: trades === 0 ? "1000000" : money(equity.v.at(-1)),
    max_drawdown: 0.0009172635, sharpe: null, traded_quantity: String(fills.reduce((sum, fill) => sum + Number(fill.quantity), 0)),
    reasons: { post_only_would_cross: 12, position_limit: 3 },
    by_strategy: byStrategy(strategies, fills, orders, rows),
    instruments: prices.map((price, index) => ({ id: 100 + index, symbol: price.instrument, tick: String(instruments[index][2]), lot: "1", multiplier: "50", kind: "future", currency: "USD", position: "0", assumed: index === 0 ? [] : ["tick"] })),
    anomalies: { crossed_book: 4, unknown_order: 0 }, order_anomalies: { late: 1, overfilled: 0 },
    venue: { resting_orders: 2, pending_commands: 0 },
  };
  return {
    version: 1, title: `${strategies[0]} on ${instruments.map(([name]) => name).join(", ")}`, first: time(First), last: time(last), summary,
    equity: [{ ...equity, name: "USD", unit: "USD" }],
    drawdown: [drawdown(equity)],
    inventory: trades === 0 ? [] : [...inventory].map(([{ strategy, price }, { t, v }]) => ({ name: `${strategy} · ${price.instrument}`, unit: "contracts", t, v, total: t.length, file: "fills.csv" })),
    prices: prices.map((price) => withMarks(price, fills)),
    pnl: rows,
    markouts: trades === 0 ? [] : strategies.flatMap((strategy) => ["all", "maker", "taker"].flatMap((liquidity, kind) => Horizons.map((horizon, place) => ({
      strategy, liquidity, horizon, count: Math.round(trades / (kind + 1)) - place,
      mean_bps: kind === 2 && place === 3 ? null : 0.9 - kind * 0.7 - place * 0.35 + next() * 0.3, mean_money: kind === 2 && place === 3 ? null : 1.1 - kind - place * 0.4, currency: "USD",
    })))),
    queue: trades === 0 ? [] : strategies.flatMap((strategy, index) => [
      { strategy, when: "placement", count: orders.length, mean: 48.31 + index * 9, p10: 4, p50: 39 + index * 6, p90: 112 + index * 20 },
      { strategy, when: "fill", count: fills.length, mean: 3.2 + index, p10: 0, p50: 1 + index, p90: 9 + index * 4 },
    ]),
    fills: table(fills, "fills.csv", fillTotal),
    orders: table(orders, "orders.csv", orderTotal),
    assumptions: [
      { name: "Entry latency", value: "5 ms" }, { name: "Response latency", value: "5 ms" }, { name: "Feed latency", value: "as recorded" },
      { name: "Fees", value: "maker −0.10 USD, taker 0.85 USD per contract" }, { name: "Queue", value: "exact: our orders stand in the recorded queue" },
      { name: "Market impact", value: "none beyond the orders we meet" }, { name: instruments[0][0], value: "without a definition: tick 0.000000001, multiplier 1 assumed" },
    ],
    anomalies: [{ name: "Crossed book", value: "4" }, { name: "Late reports", value: "1" }],
    failures: [],
    rerun: "fathom backtest samples/quickstart.toml --set strategy.params.half_spread=2",
  };
}

const money = (value) => value.toFixed(4).replace(/\.?0+$/, "");

function walk(next, instrument, start, tick, points, span, total) {
  let bid = Math.round(start / tick), gap = 1;
  const price = { instrument, currency: "USD", tick, t: [], bid: [], ask: [], total: points * total };
  for (let index = 0; index < points; index++) {
    bid += Math.floor(next() * 3) - 1;
    gap = Math.max(1, Math.min(4, gap + Math.floor(next() * 3) - 1));
    price.t.push(First + index / points * span + next() * 0.5);
    price.bid.push(round(bid * tick));
    price.ask.push(round((bid + gap) * tick));
  }
  return price;
}

const round = (value) => Number(value.toFixed(9));

function trade(next, index, pair, span, trades, inventory, fills, orders) {
  const { strategy, price } = pair;
  const at = First + (index + next() * 0.9) / trades * span;
  const place = Math.min(price.t.length - 1, Math.floor((at - First) / span * price.t.length));
  const held = inventory.get(pair);
  const isBuy = next() - held.position / 40 > 0.5, isMaker = next() > 0.25;
  const quantity = 1 + Math.floor(next() * 5);
  const isFilled = index % 4 !== 3;
  const ticks = isBuy === isMaker ? price.bid[place] : price.ask[place];
  orders.push({
    decided: time(at - 900 - next() * 4_000), ended: index > trades - 3 ? "" : time(at), client_order_id: String(1_000 + index), strategy, instrument: price.instrument, side: isBuy ? "buy" : "sell",
    type: "limit", time_in_force: isMaker ? "GTC" : "IOC", price: String(ticks), quantity: String(quantity), filled: isFilled ? String(quantity) : "0",
    status: isFilled ? "filled" : index % 8 === 3 ? "rejected" : "canceled", reason: isFilled ? "" : index % 8 === 3 ? "post_only_would_cross" : "", queue_at_placement: isMaker ? String(Math.floor(next() * 120)) : "",
  });
  if (!isFilled) return;
  held.position += isBuy ? quantity : -quantity;
  held.t.push(at);
  held.v.push(held.position);
  fills.push({
    time: time(at), strategy, instrument: price.instrument, side: isBuy ? "buy" : "sell", price: String(ticks), quantity: String(quantity), liquidity: isMaker ? "maker" : "taker",
    fee: money(quantity * (isMaker ? -0.1 : 0.85)), currency: "USD", position: String(held.position), queue_ahead: isMaker ? String(Math.floor(next() * 10)) : "",
    markouts: Horizons.map((_, horizon) => (index > trades - 3 && horizon > 1 ? null : (next() - 0.45) * (horizon + 1) * 1.7)),
  });
}

function curve(next, points, span, total) {
  let value = 1_000_000;
  const t = [], v = [];
  for (let index = 0; index < points; index++) {
    value += (next() - 0.485) * 4_000 / Math.sqrt(points);
    t.push(First + (points === 1 ? 0 : index / (points - 1)) * span);
    v.push(Number(value.toFixed(4)));
  }
  if (points === 2) v[1] = v[0] = 1_000_000;
  return { t, v, total: points * total, file: "equity.csv" };
}

function drawdown(equity) {
  let peak = -Infinity;
  return { name: "USD", unit: "USD", t: equity.t, v: equity.v.map((value) => { peak = Math.max(peak, value); return (peak - value) / peak; }), total: equity.total, file: "equity.csv" };
}

function withMarks({ tick: _, ...price }, fills) {
  const marks = (side) => fills.filter((fill) => fill.instrument === price.instrument && fill.side === side)
    .map((fill) => ({ t: Date.parse(fill.time), price: Number(fill.price), quantity: fill.quantity, liquidity: fill.liquidity }));
  return { ...price, buys: marks("buy"), sells: marks("sell") };
}

function profit(next, strategy, instrument, fills, position) {
  const own = fills.filter((fill) => fill.strategy === strategy && fill.instrument === instrument);
  const spread = Number((own.length * (2 + next())).toFixed(2)), inventory = Number(((next() - 0.6) * own.length * 4).toFixed(2)), fees = Number(own.reduce((sum, fill) => sum + Number(fill.fee), 0).toFixed(2));
  return {
    strategy, instrument, currency: "USD", spread: money(spread), inventory: money(inventory), fees: money(fees), total: money(spread + inventory - fees),
    fills: own.length, traded: String(own.reduce((sum, fill) => sum + Number(fill.quantity), 0)), position: String(position),
  };
}

function byStrategy(strategies, fills, orders, rows) {
  return Object.fromEntries(strategies.map((strategy) => {
    const ordered = orders.filter((order) => order.strategy === strategy).length, filled = fills.filter((fill) => fill.strategy === strategy).length;
    const fees = rows.filter((row) => row.strategy === strategy).reduce((sum, row) => sum + Number(row.fees), 0);
    return [strategy, { orders: ordered, refused: 0, fills: filled, fill_rate: ordered === 0 ? null : filled / ordered, fees: money(fees), realized_pnl: money(filled * 1.37), unrealized_pnl: filled === 0 ? "0" : "-41.5" }];
  }));
}
