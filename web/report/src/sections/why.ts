import { h } from "../dom";

/** The command that explains an order or a moment: the run's folder is where this page lies. */
export function whyCommand(what: string): string {
  return `fathom why ${quoted(what)} --run ${quoted(folder())}`;
}

/** The command, cut to what a table has room for, and a button that copies the whole. */
export function whyCell(what: string): HTMLElement {
  const command = whyCommand(what);
  const text = h("code", { title: command }, command);
  const button = h("button", { type: "button", "aria-label": `Copy ${command}`, click: () => void copy(command, text, button) }, "Copy");
  return h("span", { class: "why-command" }, button, text);
}

function folder(): string {
  if (location.protocol !== "file:") return "DIR";
  const path = decodeURIComponent(location.pathname).replace(/\/[^/]*$/, "");
  return /^\/[A-Za-z]:/.test(path) ? path.slice(1) : path;
}

/** As a shell takes it for one word. */
const quoted = (text: string): string => (/^[\w./:+-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`);

/** A page from a file may be kept from the clipboard: then the command is selected, to be copied by hand. */
async function copy(command: string, text: HTMLElement, button: HTMLButtonElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(command);
    button.textContent = "Copied";
  } catch {
    getSelection()?.selectAllChildren(text);
    button.textContent = "Selected";
  }
  setTimeout(() => { button.textContent = "Copy"; }, 1_500);
}
