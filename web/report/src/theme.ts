/** Light or dark: the system's choice until the reader makes one. Canvases do not see style sheets, so charts ask here and are told of changes. */

const Key = "fathom-report-theme";
const root = document.documentElement;
const listeners: (() => void)[] = [];
const colours = new Map<string, string>();
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
const print = matchMedia("print");

let chosen: string | undefined = stored();
let isPrinting = false;

/** The colour that the style sheet gives this name now. */
export function colour(name: string): string {
  let found = colours.get(name);
  if (found === undefined) {
    const probe = document.createElement("span");
    probe.style.color = `var(--${name})`;
    document.body.append(probe);
    found = getComputedStyle(probe).color;
    probe.remove();
    colours.set(name, found);
  }
  return found;
}

/** On paper charts are light and have a width of their own. */
export const printing = (): boolean => isPrinting;

export const onTheme = (listener: () => void): void => void listeners.push(listener);

export const isDark = (): boolean => !isPrinting && (chosen ?? (systemIsDark.matches ? "dark" : "light")) === "dark";

export function toggleTheme(): void {
  chosen = isDark() ? "light" : "dark";
  try { localStorage.setItem(Key, chosen); } catch { /* a page from a file may have no storage */ }
  apply();
}

export function watchTheme(): void {
  systemIsDark.addEventListener("change", apply);
  addEventListener("beforeprint", () => setPrinting(true));
  addEventListener("afterprint", () => setPrinting(print.matches));
  print.addEventListener("change", () => setPrinting(print.matches));
  isPrinting = print.matches;
  apply();
}

function setPrinting(value: boolean): void {
  if (value === isPrinting) return;
  isPrinting = value;
  apply();
}

function apply(): void {
  root.dataset["theme"] = isDark() ? "dark" : "light";
  root.classList.toggle("printing", isPrinting);
  colours.clear();
  for (const listener of listeners) listener();
}

function stored(): string | undefined {
  try {
    const value = localStorage.getItem(Key);
    return value === "light" || value === "dark" ? value : undefined;
  } catch {
    return undefined;
  }
}
