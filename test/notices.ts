import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(import.meta.dirname, '..');

interface Metafile {
  readonly outputs: Record<string, { readonly inputs: Record<string, { readonly bytesInOutput: number }> }>;
}

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** The packages that the built bundles have code of, by what esbuild says it put in. Needs `dist/` to be built. */
export function bundledPackages(): string[] {
  const { outputs } = JSON.parse(readFileSync(join(root, 'dist/meta.json'), 'utf8')) as Metafile;
  const packages = Object.values(outputs)
    .flatMap(output => Object.entries(output.inputs))
    .filter(([, input]) => input.bytesInOutput > 0)
    .map(([path]) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1])
    .filter(name => name !== undefined);
  return [...new Set(packages)].sort();
}

/** The notices for all bundled packages: name, version, licence and the licence's text. */
export function notices(): string {
  const parts = bundledPackages().map(name => {
    const folder = join(root, 'node_modules', name);
    const { version, license } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    ) as PackageJson;
    // Some have one for their pictures and one for their code.
    const texts = globSync('{LICENSE,LICENCE,license,COPYING}*', { cwd: folder })
      .sort()
      .map(file =>
        readFileSync(join(folder, file), 'utf8')
          .replace(/^\uFEFF/, '')
          .trim(),
      );
    return `${'='.repeat(80)}\n${name} ${version} (${license})\n${'='.repeat(80)}\n\n${texts.join('\n\n')}\n`;
  });
  return `Dailies contains code of the following packages.\n\n${parts.join('\n')}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(join(root, 'THIRD_PARTY_NOTICES'), notices());
}
