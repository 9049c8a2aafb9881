// Builds the page into the folder that is given: checks the types, bundles, and names each file by its content.
// Installs what package-lock.json says where that is missing. Does nothing when nothing has changed.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

/** What the whole page may take on its way, compressed. */
const BYTES_MAX = 150_000;

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "..", "..", "..", "target", "page");

function modified(path) {
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(found.mtimeMs, ...readdirSync(path).map((each) => modified(join(path, each))));
}

function inputs() {
  return Math.max(...readdirSync(here).filter((each) => each !== "node_modules").map((each) => modified(join(here, each))));
}

function install() {
  const installed = join(here, "node_modules", ".package-lock.json");
  if (existsSync(installed) && modified(installed) >= modified(join(here, "package-lock.json"))) return;
  // On Windows npm is a script, which only a shell starts.
  execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: here, stdio: "inherit", shell: process.platform === "win32" });
  // What was installed is as new as what it was installed for.
  writeFileSync(installed, readFileSync(installed));
}

function named(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
  return name.replace(/(\.[a-z]+)$/, `-${hash}$1`);
}

/** What the authors of all that went into the bundle want to be shipped with it. */
function licences(inputs) {
  const libraries = new Set(Object.keys(inputs).flatMap((each) => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(each)?.[1] ?? []));
  return [...libraries].sort().map(licenceOf).join("\n");
}

function licenceOf(library) {
  const folder = join(here, "node_modules", library);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  if (!file) throw new Error(`${library} has no file with its licence: take it from its authors, or do without it`);
  return `${library} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
}

async function build() {
  install();
  execFileSync(process.execPath, [join(here, "node_modules", "typescript", "bin", "tsc"), "--noEmit", "-p", here], { stdio: "inherit" });
  const { build } = await import("esbuild");
  const bundle = await build({
    entryPoints: { app: join(here, "src", "app.tsx") },
    outdir: out,
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: ["es2021"],
    jsx: "automatic",
    jsxImportSource: "preact",
    loader: { ".svg": "text" },
    // All of them are in licences.txt.
    legalComments: "none",
    metafile: true,
  });
  const files = new Map();
  let html = readFileSync(join(here, "index.html"), "utf8");
  for (const each of bundle.outputFiles) {
    const name = each.path.endsWith(".css") ? "app.css" : "app.js";
    const unique = named(name, each.contents);
    html = html.replace(name, unique);
    files.set(unique, Buffer.from(each.contents));
  }
  const others = { "icon.svg": readFileSync(join(here, "icon.svg")), "licences.txt": Buffer.from(licences(bundle.metafile.inputs)) };
  for (const [name, content] of Object.entries(others)) {
    const unique = named(name, content);
    html = html.replace(name, unique);
    files.set(unique, content);
  }
  files.set("index.html", Buffer.from(html));
  write(files);
}

function write(files) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  let total = 0;
  for (const [name, content] of files) {
    const compressed = gzipSync(content, { level: 9 });
    total += compressed.length;
    writeFileSync(join(out, name), content);
    writeFileSync(join(out, name + ".gz"), compressed);
  }
  if (total > BYTES_MAX) throw new Error(`the page takes ${total} bytes compressed, and may take ${BYTES_MAX}`);
  console.log(`page: ${total} bytes compressed`);
  // Last, so that a build that was broken off is made again.
  writeFileSync(join(out, "files.txt"), [...files.keys()].join("\n") + "\n");
}

const done = join(out, "files.txt");
if (!existsSync(done) || modified(done) < inputs()) await build();
