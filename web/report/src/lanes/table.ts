import { h, section } from "../dom";
import { moneyColumn, numberColumn, numberText, textColumn } from "../tables/cells";
import type { Column } from "../tables/column";
import { grid } from "../tables/grid";
import { shortKey, shown, type Lane, type LanesData } from "./data";

/** All lanes, to be sorted; a name leads to the lane's own report. */
export function tableSection(data: LanesData): HTMLElement {
  const known = (value: string | null) => value ?? "";
  const columns: Column<Lane>[] = [
    textColumn<Lane>("Lane", (lane) => lane.name, {
      isHeading: true, isLong: true,
      cell: (lane) => h("span", {}, h("a", { href: `${encodeURI(lane.folder)}/report.html` }, lane.name), lane.halted ? h("small", { class: "loss" }, "a strategy was halted") : null),
    }),
    ...data.keys.map((key): Column<Lane> => ({
      label: shortKey(key, data.keys), help: key, isNumber: true,
      cell: (lane) => shown(lane.values[key]) || "—",
      text: (lane) => shown(lane.values[key]),
      sort: (lane) => { const value = shown(lane.values[key]); return value !== "" && Number.isFinite(Number(value)) ? Number(value) : value; },
    })),
    moneyColumn<Lane>(`P&L, ${data.currency}`, (lane) => known(lane.pnl), { isGain: true, help: "equity at the end less equity at the start" }),
    moneyColumn<Lane>("Fees", (lane) => known(lane.fees)),
    { label: "Drawdown", help: "deepest, of the highest equity before", isNumber: true, cell: (lane) => (lane.max_drawdown === null ? "—" : `${numberText(100 * lane.max_drawdown, 3)}%`), sort: (lane) => lane.max_drawdown ?? NaN },
    { label: "Sharpe", help: "of the daily returns, annualized; from three days on", isNumber: true, cell: (lane) => numberText(lane.sharpe, 2), sort: (lane) => lane.sharpe ?? NaN },
    numberColumn<Lane>("Orders", (lane) => String(lane.orders)),
    numberColumn<Lane>("Fills", (lane) => String(lane.fills)),
    numberColumn<Lane>("Traded", (lane) => lane.traded_quantity, { help: "sum of all executed quantities" }),
    { label: "Max position", help: "largest holding of a strategy in an instrument, either way", isNumber: true, cell: (lane) => numberText(lane.position_max, 2), sort: (lane) => lane.position_max ?? NaN },
    numberColumn<Lane>("Refused", (lane) => String(lane.refused), { help: "by risk" }),
    numberColumn<Lane>("Rejected", (lane) => String(lane.rejected), { help: "by the venue" }),
  ];
  return section("lanes", "Lanes", "A heading sorts; a name opens the lane's own report.", grid("lanes", "Lanes", { rows: data.lanes, total: data.lanes.length, file: "lanes.csv" }, columns));
}
