import type { Failure } from "../data";
import { exact } from "../decimal";
import { h } from "../dom";
import { readable } from "../time";

/** Before every figure: what they are worth when a strategy stopped on the way. Null = none did. */
export function failuresBanner(failures: Failure[]): HTMLElement | null {
  if (failures.length === 0) return null;
  const heading = failures.length === 1 ? "A strategy failed and was halted" : `${exact(String(failures.length))} strategies failed and were halted`;
  return h("section", { id: "failures", class: "failures", "aria-labelledby": "failures-heading" },
    h("h2", { id: "failures-heading" }, heading),
    h("p", { class: "note" }, "It did nothing more after that; what it held was valued to the end of the data."),
    failures.map((failure) => h("div", { class: "failure" },
      h("div", {}, h("b", {}, failure.strategy), ` in ${failure.callback}, at input ${exact(String(failure.input))}, ${readable(failure.time)} UTC`),
      h("div", { class: "message mono" }, failure.message),
      failure.details ? h("details", {}, h("summary", {}, "Where it came from"), h("pre", { tabindex: 0, "aria-label": "Details of the failure" }, failure.details)) : null)));
}
