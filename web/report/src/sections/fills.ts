import type { FillRow, ReportData } from "../data";
import { empty, h, section } from "../dom";
import { moneyColumn, numberColumn, numberText, sideColumn, textColumn, timeColumn } from "../tables/cells";
import type { Column } from "../tables/column";
import { grid } from "../tables/grid";
import { oneDay } from "./oneDay";

const Horizons = ["100ms", "1s", "10s", "60s"];

export function fillsSection(data: ReportData): HTMLElement {
  if (data.fills.total === 0) return section("fills", "Fills", null, empty(data.summary.orders === 0 ? "No fills: no order was sent." : "No fills: none of the orders met the other side."));
  const columns: Column<FillRow>[] = [
    timeColumn("Time", (row) => row.time, oneDay(data)),
    textColumn("Strategy", (row) => row.strategy),
    textColumn("Instrument", (row) => row.instrument),
    sideColumn(),
    numberColumn("Price", (row) => row.price),
    numberColumn("Quantity", (row) => row.quantity),
    textColumn("Liquidity", (row) => row.liquidity),
    moneyColumn("Fee", (row) => row.fee, { help: "Below zero: a rebate" }),
    textColumn("Currency", (row) => row.currency),
    numberColumn("Position", (row) => row.position, { help: "After the fill" }),
    numberColumn("Queue ahead", (row) => row.queue_ahead, { help: "Quantity ahead of us when we were filled; — where the venue did not say" }),
    ...Horizons.map((horizon, index): Column<FillRow> => ({
      label: horizon, help: `Mark-out after ${horizon}, basis points; above zero is in our favour`, isNumber: true,
      cell: (row) => markout(row.markouts[index] ?? null), text: () => "", sort: (row) => row.markouts[index] ?? NaN,
    })),
  ];
  const built = section("fills", "Fills", `In the order of time. ${Horizons.join(", ")}: mark-out in basis points.`, grid("fills", "Fills", data.fills, columns));
  built.classList.add("wide");
  return built;
}

const markout = (value: number | null): HTMLElement =>
  h("span", { class: value === null || value === 0 ? null : value > 0 ? "gain" : "loss", title: value === null ? "No quote that long after the fill" : String(value) }, numberText(value, 2, true));
