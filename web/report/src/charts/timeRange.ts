import { h } from "../dom";
import { moment, stretch } from "../time";

const SpanMsMin = 20;

/** The stretch of time that every chart shows. Charts change it and are told of changes; none keeps its own. */
export class TimeRange {
  readonly #listeners: (() => void)[] = [];
  readonly #full: readonly [number, number];
  min: number;
  max: number;

  constructor(first: number, last: number) {
    const middle = (first + last) / 2;
    const half = Math.max(last - first, SpanMsMin) / 2;
    this.#full = [middle - half, middle + half];
    [this.min, this.max] = this.#full;
  }

  get isFull(): boolean { return this.min === this.#full[0] && this.max === this.#full[1]; }

  onChange(listener: () => void): void { this.#listeners.push(listener); }

  /** Kept inside the run and wide enough to have an axis. */
  set(min: number, max: number): void {
    const [first, last] = this.#full;
    const span = Math.min(Math.max(max - min, SpanMsMin), last - first);
    const start = Math.min(Math.max((min + max - span) / 2, first), last - span);
    if (start === this.min && start + span === this.max) return;
    [this.min, this.max] = span === last - first ? this.#full : [start, start + span];
    for (const listener of this.#listeners) listener();
  }

  zoom(factor: number): void {
    const middle = (this.min + this.max) / 2;
    const half = (this.max - this.min) * factor / 2;
    this.set(middle - half, middle + half);
  }

  /** By a share of what is seen. */
  move(share: number): void {
    const by = (this.max - this.min) * share;
    const [first, last] = this.#full;
    const bounded = Math.min(Math.max(by, first - this.min), last - this.max);
    this.set(this.min + bounded, this.max + bounded);
  }

  reset(): void { this.set(...this.#full); }
}

/** Zooming without a mouse: buttons, and in words what is seen. */
export function rangeBar(range: TimeRange): HTMLElement {
  const shown = h("output", { class: "soft", "aria-live": "polite" });
  const button = (sign: string, name: string, act: () => void) => h("button", { type: "button", "aria-label": name, title: name, click: act }, sign);
  const back = button("◀", "Earlier", () => range.move(-0.5));
  const out = button("−", "Zoom out", () => range.zoom(2));
  const into = button("+", "Zoom in", () => range.zoom(0.5));
  const forth = button("▶", "Later", () => range.move(0.5));
  const all = button("Whole run", "Show the whole run", () => range.reset());
  const update = () => {
    shown.textContent = stretch(moment(range.min), moment(range.max));
    for (const part of [back, out, forth, all]) part.disabled = range.isFull;
  };
  range.onChange(update);
  update();
  return h("div", { class: "range", role: "group", "aria-label": "Time shown in the charts" },
    h("div", { class: "buttons" }, back, out, into, forth, all), shown,
    h("span", { class: "hint" }, "Drag across a chart to zoom all of them; double-click for the whole run."));
}
