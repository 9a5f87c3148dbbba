type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>;

/** An element. Text goes in as text, never as markup: names in the data are other people's. Functions become listeners; null and false leave an attribute out. */
export function h<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes: Attributes = {}, ...children: (Child | Child[])[]): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  for (const child of children.flat()) if (child !== null && child !== undefined && child !== false) element.append(child);
  return element;
}

/** A part of the page with its heading; `note` says in a line what is seen. */
export function section(id: string, heading: string, note: Child, ...children: (Child | Child[])[]): HTMLElement {
  return h("section", { id, "aria-labelledby": `${id}-heading` },
    h("h2", { id: `${id}-heading` }, heading),
    note ? h("p", { class: "note" }, note) : null,
    ...children);
}

/** What stands where there is nothing to show, and why. */
export const empty = (why: string): HTMLElement => h("p", { class: "empty" }, why);
