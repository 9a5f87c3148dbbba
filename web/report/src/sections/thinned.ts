import { exact } from "../decimal";
import { h } from "../dom";

/** Says that a chart shows fewer points than there are, and where all of them stand; null = it shows all. */
export function thinned(series: { t: number[]; total: number; file?: string | null }[]): HTMLElement | null {
  const cut = series.filter((one) => one.total > one.t.length);
  if (cut.length === 0) return null;
  const shown = Math.max(...cut.map((one) => one.t.length)), total = Math.max(...cut.map((one) => one.total));
  const files = [...new Set(cut.map((one) => one.file).filter((file) => file))].join(", ");
  return h("p", { class: "source" }, `Drawn with ${exact(String(shown))} of ${exact(String(total))} points${files ? `; all are in ${files}` : ""}.`);
}
