import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '../../..');
const source = join(root, 'src');

/** What each room may import besides itself: other rooms, single files, and `vscode`. The rules are design.md's. */
const ALLOWED: Record<string, readonly string[]> = {
  base: [],
  ids: ['base'],
  tasks: ['base'],
  store: ['base', 'tasks'],
  gateway: ['base', 'tasks'],
  making: ['base', 'tasks', 'store', 'gateway'],
  cut: ['base', 'tasks'],
  // The loops over the store know nothing of one another.
  polling: ['base', 'tasks', 'store', 'gateway'],
  saving: ['base', 'tasks', 'store', 'gateway'],
  news: ['base', 'tasks', 'store'],
  // What a folder, a name or a target is stands in saving, what is wrong with a request in making, and host has VS Code for the rest.
  host: ['base', 'ids', 'vscode', 'saving', 'tasks', 'gateway', 'making'],
  views: ['base', 'ids', 'tasks', 'store', 'gateway', 'polling', 'making', 'news', 'host', 'vscode'],
  // Like views and preview, it stands on what is below: none of the three knows the others.
  shots: ['base', 'ids', 'tasks', 'store', 'gateway', 'making', 'host', 'vscode'],
  preview: ['base', 'ids', 'tasks', 'store', 'host', 'vscode'],
  tools: ['base', 'ids', 'tasks', 'store', 'gateway', 'making', 'cut', 'mcp', 'host', 'vscode'],
  // A process of its own, without VS Code: only what it says to the window is known to both.
  mcp: [],
  commands: [
    'base',
    'ids',
    'tasks',
    'store',
    'gateway',
    'polling',
    'saving',
    'making',
    'cut',
    'host',
    'vscode',
    'preview',
    'shots',
    'views',
    'tools',
  ],
  'preview/player': [
    'preview/protocol',
    'preview/decision',
    'preview/thumbnail',
    'preview/pageContext',
    'mediabunny',
    '@audio/decode-aac',
    '@vscode/codicons/dist/codicon.svg',
  ],
  // Several clips are played by what plays one.
  'preview/compare': [
    'preview/protocol',
    'preview/decision',
    'preview/pageContext',
    'preview/compareProtocol',
    'preview/player',
    'diff',
  ],
  'preview/sheet': [
    'preview/sheetProtocol',
    'preview/decision',
    'preview/compareProtocol',
    'preview/pageContext',
    'preview/player',
  ],
  'preview/cut': ['preview/protocol', 'preview/cutProtocol', 'preview/player'],
  'preview/spending': ['preview/spendingProtocol', 'preview/player', 'chartist'],
  'preview/film': ['preview/filmProtocol', 'preview/player'],
  'preview/frame': ['preview/frameProtocol', 'preview/thumbnail', 'preview/player'],
  dailies: ['*'],
  extension: ['base', 'dailies', 'commands/startFailure', 'vscode'],
};

/** What is described for other extensions, outside of the source. */
const INTERFACE = '../dailies.d';

/** Rooms within rooms, which are browser code. */
const PAGES: readonly string[] = [
  'preview/player',
  'preview/compare',
  'preview/sheet',
  'preview/film',
  'preview/frame',
  'preview/cut',
  'preview/spending',
];

interface Import {
  readonly from: string;
  readonly to: string;
}

function importsOf(path: string): Import[] {
  const from = relative(source, path).replace(/\.ts$/, '');
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    const specifier =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : undefined;
    if (specifier && ts.isStringLiteral(specifier)) {
      const to = specifier.text.startsWith('.')
        ? relative(source, resolve(dirname(path), specifier.text)).replace(/\.ts$/, '')
        : specifier.text;
      found.push({ from, to });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest));
  return found;
}

function roomOf(file: string): string {
  return PAGES.find(page => file.startsWith(`${page}/`)) ?? file.split('/')[0] ?? file;
}

function isAllowed({ from, to }: Import, files: ReadonlySet<string>): boolean {
  const room = roomOf(from);
  const allowed = ALLOWED[room] ?? [];
  if (allowed.includes('*')) {
    return true;
  }
  if (to === 'vscode') {
    return allowed.includes('vscode');
  }
  // Packages and Node's modules are free for the host's rooms; the pages have those that they may have.
  if (!files.has(to)) {
    return PAGES.includes(room) ? allowed.includes(to) : !to.startsWith('.') || to === INTERFACE;
  }
  return roomOf(to) === room || allowed.includes(roomOf(to)) || allowed.includes(to);
}

function cyclesIn(imports: readonly Import[]): string[] {
  const graph = Map.groupBy(imports, one => one.from);
  const cycles: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
      return;
    }
    if (!done.has(file)) {
      for (const { to } of graph.get(file) ?? []) {
        walk(to, [...path, file]);
      }
      done.add(file);
    }
  };
  for (const file of graph.keys()) {
    walk(file, []);
  }
  return cycles;
}

describe('the rooms of the source', () => {
  const paths = globSync(join(source, '**/*.ts'));
  const files = new Set(paths.map(path => relative(source, path).replace(/\.ts$/, '')));
  const imports = paths.flatMap(importsOf);

  it('import only what they may', () => {
    assert.ok(imports.length > 100, `only ${imports.length} imports were found`);
    assert.deepEqual(
      imports.filter(one => !isAllowed(one, files)),
      [],
    );
  });

  it('have no import cycles', () => {
    assert.deepEqual(cyclesIn(imports.filter(one => files.has(one.to))), []);
  });

  it('are all known to the rules', () => {
    assert.deepEqual(
      [...new Set([...files].map(roomOf))].filter(room => !(room in ALLOWED)),
      [],
    );
  });
});
