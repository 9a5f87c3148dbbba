import { readFileSync } from "node:fs";
import { defineConfig } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

/** The chart library's licence asks to stand in every copy; the minifier drops comments of sources. */
const licence = {
  name: "licence",
  transformIndexHtml: {
    order: "post",
    handler: (html) => html.replace("<head>", () =>
      `<!--\nCharts: uPlot, under this licence:\n\n${readFileSync(new URL("node_modules/uplot/LICENSE", import.meta.url), "utf8").trim()}\n-->\n<head>`),
  },
};

/** Two pages, each a file of its own: report.html for a run, and with --mode lanes lanes.html, which compares the lanes of a run. */
export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  plugins: [viteSingleFile({ removeViteModuleLoader: true }), licence],
  build: {
    target: "es2022",
    cssTarget: ["chrome123", "firefox120", "safari17.5"], // the first with light-dark()
    emptyOutDir: false,
    rollupOptions: { input: `${import.meta.dirname}/${mode === "lanes" ? "lanes" : "report"}.html` },
  },
}));
