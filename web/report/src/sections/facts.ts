import type { Fact, ReportData } from "../data";
import { exact, isDecimal } from "../decimal";
import { empty, h, section } from "../dom";

export const assumptionsSection = (data: ReportData): HTMLElement =>
  section("assumptions", "Assumptions", "What the figures rest on.", facts(data.assumptions, "No assumption was stated."));

export const anomaliesSection = (data: ReportData): HTMLElement =>
  section("anomalies", "Anomalies", "Of the data and of the orders.", facts(data.anomalies, "None: the data were consistent, and every report fitted its order."));

const facts = (all: Fact[], none: string): HTMLElement => (all.length === 0
  ? empty(none)
  : h("div", { class: "card" }, h("dl", { class: "facts" }, all.map((fact) => h("div", {}, h("dt", {}, fact.name), h("dd", {}, isDecimal(fact.value) ? exact(fact.value) : fact.value))))));
