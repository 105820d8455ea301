/**
 * `node test/bench/cli.ts [NAME…] [--json]` runs the named benches, or all. A bench is a file in this folder; what
 * they share lies in folders beside. With `--json` the last line is one JSON object: that of the bench, or, for
 * several, one with a field for each.
 */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Bench } from './lib/bench.ts';

const known = readdirSync(import.meta.dirname)
  .filter(file => file.endsWith('.ts') && file !== basename(import.meta.filename))
  .map(file => basename(file, '.ts'))
  .sort();

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
});

async function load(name: string): Promise<Bench> {
  const module = (await import(pathToFileURL(join(import.meta.dirname, `${name}.ts`)).href)) as {
    bench: Bench;
  };
  return module.bench;
}

async function run(names: readonly string[]): Promise<void> {
  const found: [string, object][] = [];
  for (const name of names) {
    const bench = await load(name);
    const start = performance.now();
    const { json, table } = await bench.run();
    found.push([name, json]);
    if (!values.json) {
      const seconds = ((performance.now() - start) / 1000).toFixed(0);
      console.log(`\n${name}: ${bench.title}\n\n${table}\n\n(${seconds} s)`);
    }
  }
  if (values.json) {
    const [only] = found;
    console.log(JSON.stringify(found.length === 1 && only ? only[1] : Object.fromEntries(found)));
  }
}

const unknown = positionals.filter(name => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
  process.exitCode = 1;
} else {
  await run(positionals.length > 0 ? positionals : known);
}
