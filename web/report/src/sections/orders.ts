import type { OrderRow, ReportData } from "../data";
import { empty, section } from "../dom";
import { numberColumn, sideColumn, textColumn, timeColumn } from "../tables/cells";
import { grid } from "../tables/grid";
import { oneDay } from "./oneDay";

export function ordersSection(data: ReportData): HTMLElement {
  if (data.orders.total === 0) return section("orders", "Orders", null, empty("No orders: no strategy asked for one."));
  const day = oneDay(data);
  const built = section("orders", "Orders", "One row per order, in its last known state.", grid<OrderRow>("orders", "Orders", data.orders, [
    timeColumn("Decided", (row) => row.decided, day),
    timeColumn("Ended", (row) => row.ended, day),
    textColumn("Client order id", (row) => row.client_order_id, { sort: (row) => (/^\d+$/.test(row.client_order_id) ? Number(row.client_order_id) : row.client_order_id) }),
    textColumn("Strategy", (row) => row.strategy),
    textColumn("Instrument", (row) => row.instrument),
    sideColumn(),
    textColumn("Type", (row) => row.type),
    textColumn("Time in force", (row) => row.time_in_force),
    numberColumn("Price", (row) => row.price),
    numberColumn("Quantity", (row) => row.quantity),
    numberColumn("Filled", (row) => row.filled),
    textColumn("Status", (row) => row.status),
    textColumn("Reason", (row) => row.reason),
    numberColumn("Queue at placement", (row) => row.queue_at_placement, { help: "Quantity ahead of us when the order came to rest" }),
  ]));
  built.classList.add("wide");
  return built;
}
