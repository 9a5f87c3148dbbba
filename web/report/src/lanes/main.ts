import "uplot/dist/uPlot.min.css";
import "../style/page.css";
import "../style/charts.css";
import "../style/tables.css";
import "../style/print.css";
import "../style/lanes.css";
import { rangeBar, TimeRange } from "../charts/timeRange";
import { empty, h } from "../dom";
import { masthead } from "../sections/title";
import { watchTheme } from "../theme";
import { brief, stretch } from "../time";
import { barsSection } from "./bars";
import type { LanesData } from "./data";
import { equitySection } from "./equity";
import { heatSection } from "./heat";
import { tableSection } from "./table";

const Version = 1;

function page(data: LanesData): HTMLElement[] {
  const range = new TimeRange(Date.parse(data.first), Date.parse(data.last));
  const hasEquity = data.lanes.some((lane) => lane.t.length > 0);
  document.title = `${data.title} – Fathom lanes`;
  const fact = (name: string, value: string) => h("div", {}, h("dt", {}, name), h("dd", {}, value));
  return [
    h("header", { class: "title" }, h("h1", {}, data.title),
      h("dl", {}, fact("Data", data.data), fact("Time", stretch(brief(data.first), brief(data.last))), fact("Events", data.events.toLocaleString("en-US")))),
    tableSection(data),
    heatSection(data),
    barsSection(data),
    h("div", { class: "charts" }, hasEquity ? rangeBar(range) : null, equitySection(data, range)),
    h("footer", {}, "Each lane has its own engine, portfolio and venue and came to what a run of its own comes to: the same fingerprint, the same files. Times are UTC. Charts may be drawn with fewer points than there are; figures in the table are exact."),
  ].filter((part) => part !== null);
}

/** The object that the engine put into the page, or a sentence why there is none. */
function read(): LanesData | string {
  const text = document.getElementById("report-data")?.textContent ?? "";
  if (text.startsWith("/*") || text.trim() === "") return "This page has no lanes in it yet: fathom backtest --vary puts them in.";
  try {
    const data = JSON.parse(text) as LanesData;
    return data.version === Version ? data : `This page shows layout ${Version} of its data; it was given layout ${String(data.version)}.`;
  } catch (failure) {
    return `The data in this page cannot be read: ${String(failure)}`;
  }
}

const data = read();
watchTheme();
document.getElementById("report")?.replaceChildren(masthead(), ...(typeof data === "string" ? [empty(data)] : [h("main", {}, page(data))]));
