// Builds what the browser gets: one style sheet, one script, scripts that only the pages load that need them, one icon sprite.
// Each file bears a digest of its content, so browsers keep it for ever; manifest.json says which is current.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../..");
const modules = join(root, "node_modules");
const out = join(here, "../static/built");

const target = "es2020"; // phones of 2020 and newer

async function styles() {
  const { css } = sass.compile(join(here, "app.scss"), {
    loadPaths: [join(modules, "@tabler/core/scss"), modules],
    // Tabler 1.4 and Bootstrap 5 are written for the Sass of their day.
    silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function", "abs-percent"],
    quietDeps: true,
  });
  return (await transform(css, { loader: "css", minify: true, target })).code;
}

async function script(entry) {
  const result = await build({
    entryPoints: [join(here, entry)], bundle: true, minify: true, write: false, target, format: "iife", logLevel: "error",
  });
  return result.outputFiles[0].text;
}

function sprite() {
  const wanted = readFileSync(join(here, "icons.txt"), "utf8").split("\n").filter((line) => line && !line.startsWith("#"));
  const symbols = wanted.map((line) => {
    const [name, source = name] = line.split(" ");
    const file = join(modules, "@tabler/icons/icons/outline", `${source}.svg`);
    if (!existsSync(file)) throw new Error(`icons.txt: there is no icon called ${source}`);
    const body = readFileSync(file, "utf8").replace(/<!--[\s\S]*?-->/g, "").replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, "");
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" ` +
      `stroke-linecap="round" stroke-linejoin="round">${body.replace(/\s*\n\s*/g, "")}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}

const files = {
  "app.css": await styles(),
  "app.js": await script("app.js"),
  "painter.js": await script("painter.js"),
  "faces.js": await script("faces.js"),
  "planmap.js": await script("planmap.js"),
  "phone.js": await script("phone.js"),
  "polls.js": await script("polls.js"),
  "pollverify.js": await script("pollverify.js"),
  "sw.js": await script("sw.js"),
  "icons.svg": sprite(),
};

// A running server goes on with the files it knows: the last build stays until the next but one, and the manifest changes last.
mkdirSync(out, { recursive: true });
const manifestFile = join(out, "manifest.json");
const before = existsSync(manifestFile) ? Object.values(JSON.parse(readFileSync(manifestFile, "utf8"))) : [];
const manifest = {};
for (const [name, text] of Object.entries(files)) {
  const digest = createHash("sha256").update(text).digest("hex").slice(0, 12);
  const hashed = name.replace(/\.(\w+)$/, `.${digest}.$1`);
  manifest[name] = hashed;
  writeFileSync(join(out, hashed), text);
  writeFileSync(join(out, `${hashed}.gz`), gzipSync(text, { level: 9 }));
  writeFileSync(join(out, `${hashed}.br`), brotliCompressSync(text));
  console.log(`${hashed}  ${(text.length / 1024).toFixed(0)} KB, ${(gzipSync(text).length / 1024).toFixed(0)} KB compressed`);
}
writeFileSync(`${manifestFile}.new`, JSON.stringify(manifest, null, 1));
renameSync(`${manifestFile}.new`, manifestFile);
const kept = new Set(["manifest.json", ".stamp", ...[...before, ...Object.values(manifest)].flatMap((name) => [name, `${name}.gz`, `${name}.br`])]);
for (const name of readdirSync(out)) if (!kept.has(name)) rmSync(join(out, name), { force: true });
