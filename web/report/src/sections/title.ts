import type { ReportData } from "../data";
import { h } from "../dom";
import { figure } from "../fields";
import { isDark, onTheme, toggleTheme } from "../theme";
import { brief, stretch } from "../time";

export function masthead(): HTMLElement {
  const toggle = h("button", { type: "button", click: toggleTheme });
  const name = () => { toggle.textContent = isDark() ? "Light" : "Dark"; toggle.setAttribute("aria-label", isDark() ? "Change to light colours" : "Change to dark colours"); };
  onTheme(name);
  name();
  return h("div", { class: "masthead" }, h("span", {}, h("b", {}, "Fathom"), h("span", { class: "rule" }, "/"), "backtest report"), toggle);
}

/** What ran, over which time, and the fingerprint that equal runs share. */
export function titleBlock(data: ReportData): HTMLElement {
  const fact = (name: string, value: Node | string) => h("div", {}, h("dt", {}, name), h("dd", {}, value));
  const fingerprint = figure("fingerprint", data.summary.fingerprint);
  fingerprint.classList.add("mono");
  return h("header", { class: "title" },
    h("h1", {}, data.title),
    h("dl", {}, fact("Time", stretch(brief(data.first), brief(data.last))), fact("Fingerprint", fingerprint)));
}

const Names: Record<string, string> = {
  equity: "Equity", inventory: "Inventory", prices: "Price", pnl: "P&L", markouts: "Mark-outs", slippage: "Slippage", queue: "Queue", risk: "Risk", changes: "Refusals", fills: "Fills", orders: "Orders",
  plots: "Plots", annotations: "Annotations", log: "Log",
  assumptions: "Assumptions", anomalies: "Anomalies", rerun: "Run it again",
};

export function contents(sections: HTMLElement[]): HTMLElement {
  return h("nav", { "aria-label": "Contents" }, h("ul", {}, sections.map((part) => h("li", {}, h("a", { href: `#${part.id}` }, Names[part.id] ?? part.id)))));
}
