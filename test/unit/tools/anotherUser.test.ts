import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, chownSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { codeOf } from '../../../src/base/errors.ts';
import { readDoor } from '../../../src/mcp/doors.ts';
import { AgentDoor } from '../../../src/tools/agentDoor.ts';
import { useFolder } from '../builders.ts';
import { doorServices } from './doorServices.ts';
import { builtServer } from './builtServer.ts';

/** What every system calls the user who owns nothing. */
const NOBODY = { uid: 65_534, gid: 65_534 };

const REFUSED =
  'error: The VS Code that Dailies runs in belongs to another user of this computer, and only that user can connect to it. Nothing was done.';

describe('the door for agents, and another user of the computer', () => {
  const folder = useFolder();
  let door: AgentDoor;
  let calls: number;

  const agents = (): string => join(folder(), 'agents');

  beforeEach(async () => {
    calls = 0;
    const call = async (): Promise<{ text: string; images: [] }> => {
      calls += 1;
      return Promise.resolve({ text: '{}', images: [] });
    };
    door = await AgentDoor.open(doorServices(agents(), { call }));
  });

  afterEach(() => {
    door.dispose();
  });

  it('keeps its folder, its token and its socket from all others', async () => {
    const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);
    const { address } = await readDoor(door.file);
    assert.deepEqual([agents(), door.file, dirname(address)].map(mode), ['700', '600', '700']);
  });

  it('is closed to their programs, which get a clear word', async function () {
    if (!canBeAnother()) {
      // Only root can be another; the modes above are what keeps others out.
      return;
    }
    const server = await builtServer(folder());
    const program = await builtProgram(folder());
    chmodSync(folder(), 0o755);
    const run = async (name: string, value: string): Promise<{ tools: string[]; said: string }> => {
      const { stdout } = await promisify(execFile)(process.execPath, [program, server, name, value], {
        ...NOBODY,
        cwd: '/',
      });
      return JSON.parse(stdout) as { tools: string[]; said: string };
    };
    for (const [name, value] of [
      ['DAILIES_WINDOWS', agents()],
      ['DAILIES_WINDOW', door.file],
    ] as const) {
      const got = await run(name, value);
      assert.equal(got.said, REFUSED, name);
      assert.ok(!got.tools.includes('dailies_make_video'));
    }
    // With the very path of the socket they come no further.
    const { address } = await readDoor(door.file);
    const knock = `require('node:net').connect(${JSON.stringify(address)}).on('error', e => console.log(e.code))`;
    assert.equal(
      execFileSync(process.execPath, ['-e', knock], { ...NOBODY, cwd: '/' })
        .toString()
        .trim(),
      'EACCES',
    );
    // Nor is what they put there believed.
    chownSync(door.file, NOBODY.uid, NOBODY.gid);
    await assert.rejects(readDoor(door.file), /belongs to another user/);
    assert.equal(calls, 0);
    await new Promise<void>((done, fail) => {
      connect(address).once('error', fail).once('connect', done);
    });
  });
});

/** Whether this process may start others as another user, who may then run Node. */
function canBeAnother(): boolean {
  if (process.platform === 'win32' || process.getuid?.() !== 0) {
    return false;
  }
  try {
    execFileSync(process.execPath, ['-e', '0'], { ...NOBODY, cwd: '/', stdio: 'ignore' });
    return true;
  } catch (error) {
    assert.ok(codeOf(error) === 'EACCES' || codeOf(error) === 'EPERM', String(error));
    return false;
  }
}

/** The program as one file, as the other user may not read the project. */
async function builtProgram(into: string): Promise<string> {
  const outfile = join(into, 'program.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'programOfUser.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'silent',
  });
  return outfile;
}
