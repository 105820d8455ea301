import { globSync } from 'node:fs';
import { changedSources } from './changed.ts';

/** One thing to check: programs of the project, with their parameters, which must all be content. */
export interface Stage {
  readonly name: string;
  readonly programs: readonly (readonly string[])[];
  /** Whether it needs nothing that `prepare` installs, and so can run beside it. */
  readonly isPlain?: boolean;
}

/** What is run, in this order: the build; then what others need and `together`, some at a time; then what needs the machine for itself. */
export interface Plan {
  readonly build: Stage;
  readonly prepare: Stage;
  readonly together: readonly Stage[];
  readonly alone: readonly Stage[];
}

const mocha = ['node_modules/mocha/bin/mocha.js', '--exit', '--reporter', 'dot'];
const eslint = 'node_modules/eslint/bin/eslint.js';
const prettier = ['node_modules/prettier/bin/prettier.cjs', '--check'];

const build: Stage = { name: 'build', programs: [['esbuild.js', '--production']] };
const prepare: Stage = { name: 'VS Code, a browser and ffmpeg', programs: [['test/vscode/prepare.ts']] };
const types: Stage = {
  name: 'types',
  isPlain: true,
  programs: ['.', 'src/preview', 'test'].map(project => [
    'node_modules/typescript/bin/tsc',
    '--project',
    project,
  ]),
};

/** Downloads that VS Code where it is not there yet. */
const oldest: Stage = {
  name: 'the main job in the oldest VS Code',
  programs: [['test/vscode/cli.ts', '--vscode', 'oldest']],
};

/** Unit tests that take many seconds each: processes that are killed, windows beside one another, long histories, large files. */
const SLOW = [
  'saving/clipChecker',
  'saving/resume',
  'saving/savingWindows',
  'polling/poller',
  'store/windows',
  'store/windowsKill',
].map(name => `test/unit/${name}.test.ts`);

const HOST_PARTS = 4;

/** Everything that must hold, on request also in the oldest VS Code. The longest of what runs together comes first. */
export function wholePlan(root: string, withOldest: boolean): Plan {
  const hostFiles = globSync('test/host/**/*.test.ts', { cwd: root }).sort();
  // Some take a minute and more: in several parts, no one waits long for the other.
  const host = Array.from({ length: HOST_PARTS }, (_, part): Stage => {
    const files = hostFiles.filter((__, index) => index % HOST_PARTS === part);
    return {
      name: `tests in VS Code, part ${part + 1} of ${HOST_PARTS}`,
      programs: [['test/vscode/cli.ts', ...files]],
    };
  });
  return {
    build,
    prepare,
    together: [
      ...host,
      unitTests('unit tests', 'test/unit/!(preview)/**/*.test.ts'),
      ...(withOldest ? [oldest] : []),
      unitTests('pages in a browser', 'test/unit/preview/!(playback|compareSync).test.ts'),
      { name: 'the journey', programs: [['test/start/cli.ts', '--check']] },
      { name: 'lint', isPlain: true, programs: [[eslint]] },
      types,
      { name: 'format', isPlain: true, programs: [[...prettier, '.']] },
    ],
    alone: [
      unitTests(
        'pictures and sound in time',
        'test/unit/preview/playback.test.ts',
        'test/unit/preview/compareSync.test.ts',
      ),
    ],
  };
}

/** What is worth running after each change: no slow unit test, no page in a browser, the main job in VS Code. */
export function quickPlan(root: string): Plan {
  const changed = changedSources(root);
  const files = globSync('test/unit/!(preview)/**/*.test.ts', { cwd: root })
    .filter(file => !SLOW.includes(file.replaceAll('\\', '/')))
    .sort();
  const half = (first: 0 | 1): readonly string[] => files.filter((_, index) => index % 2 === first);
  return {
    build,
    prepare,
    together: [
      unitTests('unit tests but the slow ones, first half', ...half(0)),
      unitTests('unit tests but the slow ones, second half', ...half(1)),
      types,
      {
        name: 'the main job in VS Code',
        programs: [
          ['test/vscode/cli.ts', '--grep', 'saves a finished clip and plays it', 'test/host/tasks.test.ts'],
        ],
      },
      ...(changed.length === 0
        ? []
        : [
            {
              name: 'lint and format of what changed',
              isPlain: true,
              programs: [
                [eslint, ...changed],
                [...prettier, ...changed],
              ],
            },
          ]),
    ],
    alone: [],
  };
}

function unitTests(name: string, ...files: readonly string[]): Stage {
  return { name, programs: [[...mocha, ...files]] };
}
