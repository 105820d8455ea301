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

/**
 * The files that the built bundles have something of, from the root, by what esbuild says it put in. Needs `dist/` to be built.
 * What the build puts in place of a file (build/leftOut.js) is not the file's.
 */
export function bundledFiles(): string[] {
  const { outputs } = JSON.parse(readFileSync(join(root, 'dist/meta.json'), 'utf8')) as Metafile;
  const files = Object.values(outputs)
    .flatMap(output => Object.entries(output.inputs))
    .filter(([, input]) => input.bytesInOutput > 0)
    .map(([path]) => path.replace(/\?.*/, ''));
  return [...new Set(files)].sort();
}

/** The package that a file is of; undefined for Dailies' own. */
export function packageOf(file: string): string | undefined {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
}

/** The packages that the built bundles have code of. */
export function bundledPackages(): string[] {
  return [...new Set(bundledFiles().map(packageOf))].filter(name => name !== undefined).sort();
}

/** What a package's own texts leave unsaid, and must be said of it. */
const REMARKS: Readonly<Record<string, string>> = {
  '@audio/decode-aac': `The package contains FAAD2 as WebAssembly, and says GPL-2.0 without "or later". FAAD2 itself is published under the
GPL, version 2 or (at your option) any later version, and asks for these words: Code from FAAD2 is copyright (c) Nero AG,
www.nero.com. The package's decoder of Apple Lossless (Apache License 2.0) is not part of Dailies.`,
  '@vscode/codicons': `Dailies contains drawings of some of the icons, unchanged, and none of the code. Copyright (c) Microsoft Corporation,
https://github.com/microsoft/vscode-codicons. Creative Commons Attribution 4.0 International Public License:
https://creativecommons.org/licenses/by/4.0/legalcode`,
};

/** Packages whose licence may be given as a link (CC BY 4.0, section 3(a)(1)(C)), and is in its remark. */
const LINKED: ReadonlySet<string> = new Set(['@vscode/codicons']);

/** The notices for all bundled packages: name, version, licence and the licence's text. */
export function notices(): string {
  const parts = bundledPackages().map(name => {
    const folder = join(root, 'node_modules', name);
    const { version, license } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    ) as PackageJson;
    // Some have one for their pictures and one for their code.
    const files = LINKED.has(name) ? [] : globSync('{LICENSE,LICENCE,license,COPYING}*', { cwd: folder });
    const texts = files.sort().map(file =>
      readFileSync(join(folder, file), 'utf8')
        .replace(/^\uFEFF/, '')
        .trim(),
    );
    const remark = REMARKS[name];
    if (remark !== undefined) texts.unshift(remark);
    return `${'='.repeat(80)}\n${name} ${version} (${license})\n${'='.repeat(80)}\n\n${texts.join('\n\n')}\n`;
  });
  return `Dailies contains code of the following packages.\n\n${parts.join('\n')}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(join(root, 'THIRD_PARTY_NOTICES'), notices());
}
