import "uplot/dist/uPlot.min.css";
import "./style/page.css";
import "./style/charts.css";
import "./style/tables.css";
import "./style/notes.css";
import "./style/risk.css";
import "./style/print.css";
import { rangeBar, TimeRange } from "./charts/timeRange";
import type { ReportData } from "./data";
import { empty, h } from "./dom";
import { annotationsSection } from "./sections/annotations";
import { equitySection } from "./sections/equity";
import { anomaliesSection, assumptionsSection } from "./sections/facts";
import { failuresBanner } from "./sections/failures";
import { fillsSection } from "./sections/fills";
import { headline } from "./sections/headline";
import { inventorySection } from "./sections/inventory";
import { logSection } from "./sections/log";
import { markoutsSection } from "./sections/markouts";
import { ordersSection } from "./sections/orders";
import { plotsSection } from "./sections/plots";
import { priceSection } from "./sections/prices";
import { profitSection } from "./sections/profit";
import { queueSection } from "./sections/queue";
import { rerunSection } from "./sections/rerun";
import { changesSection, riskSection } from "./sections/risk";
import { slippageSection } from "./sections/slippage";
import { contents, masthead, titleBlock } from "./sections/title";
import { watchTheme } from "./theme";

const Version = 1;

function page(data: ReportData): HTMLElement[] {
  const range = new TimeRange(Date.parse(data.first), Date.parse(data.last));
  const charts = [equitySection(data, range), inventorySection(data, range), priceSection(data, range), plotsSection(data, range)].filter((part) => part !== null);
  const parts = [
    profitSection(data), markoutsSection(data), slippageSection(data), queueSection(data), riskSection(data), changesSection(data), fillsSection(data), ordersSection(data), annotationsSection(data),
    logSection(data),
  ].filter((part) => part !== null);
  const ends = [assumptionsSection(data), anomaliesSection(data)];
  const rerun = rerunSection(data);
  const hasCharts = data.equity.length + data.inventory.length + data.prices.length + (data.plots ?? []).length > 0;
  document.title = `${data.title} – Fathom report`;
  return [titleBlock(data), failuresBanner(data.failures), headline(data), contents([...charts, ...parts, ...ends, rerun]),
    h("div", { class: "charts" },
      hasCharts ? rangeBar(range) : null,
      charts),
    ...parts, h("div", { class: "pair" }, ends), rerun,
    h("footer", {}, "Times are UTC. Charts may be drawn with fewer points than there are; figures and tables are exact."),
  ].filter((part) => part !== null);
}

/** The object that the engine put into the page, or a sentence why there is none. */
function read(): ReportData | string {
  const text = document.getElementById("report-data")?.textContent ?? "";
  if (text.startsWith("/*") || text.trim() === "") return "This page has no run in it yet: fathom backtest puts one in.";
  try {
    const data = JSON.parse(text) as ReportData;
    return data.version === Version ? data : `This page shows layout ${Version} of a report's data; it was given layout ${String(data.version)}.`;
  } catch (failure) {
    return `The run's data in this page cannot be read: ${String(failure)}`;
  }
}

const data = read();
watchTheme();
document.getElementById("report")?.replaceChildren(masthead(), ...(typeof data === "string" ? [empty(data)] : [h("main", {}, page(data))]));
