import { h } from "../dom";
import type { Line } from "./line";

/** The line as it is drawn, small. */
export function sample(line: Pick<Line, "colour" | "dash" | "width">): SVGSVGElement {
  const svg = shape(22, 10, `<line x1="1" y1="5" x2="21" y2="5" stroke-width="${(line.width ?? 1.5) + 0.5}" stroke="var(--${line.colour})" stroke-dasharray="${(line.dash ?? []).join(" ")}"/>`);
  return svg;
}

/** `markup` is ours, never of the data. */
export function shape(width: number, height: number, markup: string): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", String(height));
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("aria-hidden", "true");
  svg.innerHTML = markup;
  return svg;
}

export interface Legend { element: HTMLElement; show(values: (string | null)[]): void }

/** Names the lines and says their values under the cursor; several can be switched on and off. */
export function legend(lines: Line[], onToggle: (index: number, isShown: boolean) => void): Legend {
  const outputs = lines.map(() => h("output"));
  const items = lines.map((line, index) => {
    if (lines.length === 1) return h("li", {}, sample(line), line.name, outputs[index]);
    const button = h("button", {
      type: "button", "aria-pressed": line.isHidden ? "false" : "true", title: "Show or hide",
      click: () => {
        const isShown = button.getAttribute("aria-pressed") !== "true";
        button.setAttribute("aria-pressed", String(isShown));
        onToggle(index, isShown);
      },
    }, sample(line), line.name);
    return h("li", {}, button, outputs[index]);
  });
  return {
    element: h("ul", { class: "legend" }, items),
    show: (values) => values.forEach((value, index) => { (outputs[index] as HTMLOutputElement).textContent = value ?? ""; }),
  };
}
