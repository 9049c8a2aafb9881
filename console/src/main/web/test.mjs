// Runs the page's tests: what it computes, without a browser. Bundled first, since Node.js reads no TypeScript.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "wwep-page-"));
try {
  const tests = readdirSync(join(here, "test")).filter((each) => each.endsWith(".test.mjs"));
  await build({
    entryPoints: tests.map((each) => join(here, "test", each)),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "node",
    logLevel: "warning",
  });
  const files = readdirSync(folder).map((each) => join(folder, each));
  process.exitCode = spawnSync(process.execPath, ["--test", ...files], { stdio: "inherit" }).status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}
