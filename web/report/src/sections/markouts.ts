import { horizonChart, type HorizonLine } from "../charts/horizonChart";
import type { MarkoutRow, ReportData } from "../data";
import { exact, money, signed } from "../decimal";
import { empty, h, section } from "../dom";
import { numberText } from "../tables/cells";
import type { Column } from "../tables/column";
import { plainTable } from "../tables/plain";

interface Group { strategy: string; liquidity: string; currency: string; byHorizon: Map<string, MarkoutRow> }

const Dashes: Record<string, number[] | undefined> = { all: undefined, maker: [7, 4], taker: [2, 3] };

/** Did the market go our way after our fills? */
export function markoutsSection(data: ReportData): HTMLElement {
  if (data.markouts.length === 0 || data.markouts.every((row) => row.count === 0)) return section("markouts", "Mark-outs", null, empty("No mark-outs: there was no fill with a quote after it."));
  const horizons = [...new Set(data.markouts.map((row) => row.horizon))];
  const groups = grouped(data.markouts);
  const strategies = [...new Set(groups.map((group) => group.strategy))];
  const lines = groups.filter((group) => [...group.byHorizon.values()].some((row) => row.mean_bps !== null)).map((group): HorizonLine => {
    const dash = Dashes[group.liquidity];
    return {
      name: `${group.strategy}, ${group.liquidity}`,
      v: horizons.map((horizon) => group.byHorizon.get(horizon)?.mean_bps ?? null),
      colour: `series-${strategies.indexOf(group.strategy) % 8 + 1}`, ...(dash ? { dash } : {}),
    };
  });
  return section("markouts", "Mark-outs",
    "Mean of side × (mid after the fill − fill price): above zero the market went our way, below zero we were picked off.",
    h("div", { class: "card" },
      horizonChart("Mean mark-out in basis points over the horizons; the table below has the numbers", "Mean mark-out, basis points of the price", "bp", horizons, lines, 180),
      table(horizons, groups)));
}

function grouped(rows: MarkoutRow[]): Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const key = JSON.stringify([row.strategy, row.liquidity, row.currency]);
    const group = groups.get(key) ?? { strategy: row.strategy, liquidity: row.liquidity, currency: row.currency, byHorizon: new Map() };
    group.byHorizon.set(row.horizon, row);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function table(horizons: string[], groups: Group[]): HTMLElement {
  const columns: Column<Group>[] = [
    { label: "Strategy", isHeading: true, cell: (group) => group.strategy },
    { label: "Liquidity", cell: (group) => group.liquidity },
    ...horizons.map((horizon): Column<Group> => ({
      label: `${horizon}, bp`, isNumber: true, help: `Mean after ${horizon} in basis points; below it money per fill and the number of fills`,
      cell: (group) => cell(group.byHorizon.get(horizon)),
    })),
  ];
  return plainTable("Mark-outs by strategy, liquidity and horizon", columns, groups);
}

function cell(row: MarkoutRow | undefined): Node | string {
  if (!row) return "—";
  const { mean_bps: bps, mean_money: amount } = row;
  const tone = bps === null || bps === 0 ? null : bps > 0 ? "gain" : "loss";
  const each = amount === null ? "" : `${signed(String(amount), money)} ${row.currency} · `;
  return h("span", { title: [bps === null ? null : `${bps} bp`, amount === null ? null : `${amount} ${row.currency} per fill`].filter(Boolean).join(", ") || null },
    h("span", { class: tone }, numberText(bps, 2, true)),
    h("small", {}, `${each}${exact(String(row.count))} fills`));
}
