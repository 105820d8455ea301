import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { findDoors, readDoor } from '../../../src/mcp/doors.ts';
import { BadLineError, Lines } from '../../../src/mcp/lines.ts';
import type { Door } from '../../../src/mcp/protocol.ts';
import { WindowConnection } from '../../../src/mcp/windowConnection.ts';
import { AgentDoor, type DoorServices } from '../../../src/tools/agentDoor.ts';
import { waitUntil } from '../../vscode/wait.ts';
import { NOON, useFolder } from '../builders.ts';
import { doorServices } from './doorServices.ts';
import { usePrograms } from './builtServer.ts';
import { said } from './mcpClient.ts';

const NONE = new AbortController().signal;

describe('the door for agents of other programs', () => {
  const folder = useFolder();
  const start = usePrograms(folder);
  const doors: AgentDoor[] = [];
  let calls: string[];
  let cancelled: string[];
  /** What a call waits for before its result. */
  let going: Promise<unknown>;

  const open = async (services: Partial<DoorServices> = {}): Promise<AgentDoor> => {
    const own: Partial<DoorServices> = {
      call: async (name, input, signal, report) => {
        calls.push(`${name} ${JSON.stringify(input)}`);
        report('going on');
        await going;
        if (name === 'dailies_wait_for_video') {
          await once(signal, 'abort');
          cancelled.push(name);
          throw new Error('aborted');
        }
        if (name === 'dailies_get_video') {
          throw new Error('There is no video "x".');
        }
        return { text: '{"done":true}', images: [{ data: 'AAAA', mimeType: 'image/jpeg' }] };
      },
    };
    const door = await AgentDoor.open(doorServices(join(folder(), 'agents'), { ...own, ...services }));
    doors.push(door);
    return door;
  };

  const inFolder = (): Record<string, string> => ({ DAILIES_WINDOWS: join(folder(), 'agents') });

  beforeEach(() => {
    calls = [];
    cancelled = [];
    going = Promise.resolve();
  });

  afterEach(() => {
    for (const door of doors.splice(0)) {
      door.dispose();
    }
  });

  it('lets the official client list and call, with images, progress and errors', async () => {
    await open();
    const client = await start(inFolder());
    const { tools } = await client.listTools();
    assert.deepEqual(
      tools.map(({ name, title }) => [name, title]),
      [['dailies_list_videos', 'List Videos']],
    );
    const progress: string[] = [];
    // The client drops progress whose result comes in the same piece.
    const received = Promise.withResolvers<undefined>();
    going = received.promise;
    const result = await client.callTool(
      { name: 'dailies_list_videos', arguments: { limit: 2 } },
      undefined,
      {
        onprogress: ({ message }) => {
          progress.push(message ?? '');
          received.resolve(undefined);
        },
      },
    );
    assert.equal(said(result), '{"done":true} + image');
    assert.deepEqual([calls, progress], [['dailies_list_videos {"limit":2}'], ['going on']]);
    assert.equal(
      said(await client.callTool({ name: 'dailies_get_video', arguments: {} })),
      'error: There is no video "x".',
    );
  });

  it('passes on that a program no longer waits', async () => {
    await open();
    const client = await start(inFolder());
    const abort = new AbortController();
    const waiting = client.callTool({ name: 'dailies_wait_for_video', arguments: {} }, undefined, {
      signal: abort.signal,
    });
    await waitUntil('the call', () => calls.length === 1 || undefined);
    abort.abort();
    await assert.rejects(waiting);
    await waitUntil('the call to end', () => cancelled.length === 1 || undefined);
  });

  it('says so where no window is there, and still describes what costs nothing', async () => {
    const client = await start(inFolder());
    const { tools } = await client.listTools();
    assert.ok(tools.length === 8 && tools.every(({ name }) => name !== 'dailies_make_video'));
    assert.match(
      said(await client.callTool({ name: 'dailies_list_videos', arguments: {} })),
      /^error: Dailies is not reachable, so nothing was done: VS Code is not running/,
    );
  });

  it('says so when the window closes during a call, and finds the next window', async () => {
    const first = await open();
    const client = await start(inFolder());
    const waiting = client.callTool({ name: 'dailies_wait_for_video', arguments: {} });
    await waitUntil('the call', () => calls.length === 1 || undefined);
    first.dispose();
    assert.match(said(await waiting), /^error: The window of VS Code was closed/);
    await waitUntil('the file to be gone', () => !existsSync(first.file) || undefined);
    await open();
    assert.match(said(await client.callTool({ name: 'dailies_list_videos', arguments: {} })), /"done":true/);
  });

  it('belongs to its own window where VS Code has started the server', async () => {
    const door = await open();
    await open();
    const client = await start({ DAILIES_WINDOW: door.file });
    assert.match(said(await client.callTool({ name: 'dailies_list_videos', arguments: {} })), /"done":true/);
    door.dispose();
    await waitUntil('the file to be gone', () => !existsSync(door.file) || undefined);
    assert.match(
      said(await client.callTool({ name: 'dailies_list_videos', arguments: {} })),
      /^error: (Dailies is not reachable|The window of VS Code was closed)/,
    );
  });

  it('is the one of the folder that the server runs in, else the one used last', async () => {
    const far = await open({ folders: () => ['/elsewhere'], now: () => NOON + 1 });
    const near = await open({ folders: () => ['/films/ferry'] });
    const agents = join(folder(), 'agents');
    assert.deepEqual(await findDoors(agents, '/films/ferry/shots'), [near.file, far.file]);
    assert.deepEqual(await findDoors(agents, '/films/ferry-2'), [far.file, near.file]);
  });

  it('keeps its token in a file that only the person can read, and refuses one that others can', async () => {
    const door = await open();
    const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);
    assert.deepEqual([mode(door.file), mode(join(folder(), 'agents'))], ['600', '700']);
    const { address } = await readDoor(door.file);
    assert.equal(mode(join(address, '..')), '700');
    chmodSync(door.file, 0o644);
    await assert.rejects(readDoor(door.file), /can be read by other users/);
    const client = await start({ DAILIES_WINDOW: door.file });
    assert.match(
      said(await client.callTool({ name: 'dailies_list_videos', arguments: {} })),
      /^error: .*can be read by other users of this computer, so it is not used\. Nothing was done\./,
    );
    assert.deepEqual(calls, []);
  });

  it('refuses a wrong token and no token, and does nothing', async () => {
    const door = await open();
    const { address, token } = await readDoor(door.file);
    for (const wrong of ['', 'x', token.slice(1), `${token}x`, randomBytes(32).toString('base64url')]) {
      await assert.rejects(WindowConnection.open({ address, token: wrong }), /refused the connection/);
    }
    const socket = connect(address);
    socket.write('{"type":"call","id":1,"name":"dailies_list_videos","input":{}}\n');
    await endOf(socket);
    assert.deepEqual(calls, []);
    const known = await WindowConnection.open({ address, token });
    assert.equal((await known.request({ type: 'list' }, NONE, () => undefined)).type, 'tools');
    known.close();
  });

  it('stays open for others after 10,000 frames of garbage, with which it does nothing', async () => {
    const door = await open();
    const { address, token } = await readDoor(door.file);
    let sent = 0;
    for (let round = 0; sent < 10_000; round++) {
      const socket = connect(address);
      socket.on('error', () => undefined);
      const closed = endOf(socket);
      await Promise.race([once(socket, 'connect'), closed]);
      if (round % 2 === 1) {
        socket.write(`${JSON.stringify({ type: 'hello', protocol: 1, token, isOwn: false })}\n`);
      }
      for (let index = 0; index < 100; index++) {
        socket.write(garbage(sent));
        sent += 1;
      }
      socket.end();
      await closed;
    }
    assert.deepEqual(calls, []);
    const known = await WindowConnection.open({ address, token });
    await known.request({ type: 'call', name: 'dailies_list_videos', input: {} }, NONE, () => undefined);
    known.close();
    assert.equal(calls.length, 1);
  });

  it('takes no message without end, and no more programs than it can serve', async () => {
    const door = await open();
    const { address, token } = await readDoor(door.file);
    const long = connect(address);
    long.on('error', () => undefined);
    const closed = endOf(long);
    long.write(`${JSON.stringify({ type: 'hello', protocol: 1, token, isOwn: false })}\n`);
    long.write('x'.repeat(3 * 1024 * 1024));
    await closed;
    const many: Socket[] = [];
    for (let index = 0; index < 40; index++) {
      const socket = connect(address);
      socket.on('error', () => undefined);
      many.push(socket);
    }
    await waitUntil('some to be refused', () => many.filter(one => one.closed).length >= 8 || undefined);
    many.forEach(one => one.destroy());
    await waitUntil('room again', async () =>
      WindowConnection.open({ address, token }).then(
        known => {
          known.close();
          return true;
        },
        () => undefined,
      ),
    );
  });

  it('leaves nothing behind', async () => {
    const door = await open();
    const { address } = JSON.parse(readFileSync(door.file, 'utf8')) as Door;
    door.dispose();
    await waitUntil(
      'everything to be gone',
      () => (!existsSync(door.file) && !existsSync(join(address, '..'))) || undefined,
    );
    assert.deepEqual(readdirSync(join(folder(), 'agents')), []);
    mkdirSync(join(folder(), 'agents'), { recursive: true });
  });
});

describe('messages as lines', () => {
  it('are put together from pieces of any size', () => {
    const text = Buffer.from('{"a":"ä"}\n{"b":2}\n{"c":3}');
    for (let size = 1; size <= text.length; size++) {
      const lines = new Lines(100);
      const got: unknown[] = [];
      for (let at = 0; at < text.length; at += size) {
        got.push(...lines.take(text.subarray(at, at + size)));
      }
      assert.deepEqual([...got, ...lines.take(Buffer.from('\n'))], [{ a: 'ä' }, { b: 2 }, { c: 3 }]);
    }
  });

  it('are refused where they are too long, no JSON, or no object', () => {
    for (const line of ['x'.repeat(101), '{', '[]', '1', 'null', '"x"', '', '\u0000']) {
      assert.throws(() => new Lines(100).take(Buffer.from(`${line}\n`)), BadLineError, line);
    }
    assert.throws(() => new Lines(100).take(Buffer.from([0x22, 0xff, 0x22, 0x0a])), BadLineError);
  });
});

/** When a connection is closed, however that happens. */
async function endOf(socket: Socket): Promise<void> {
  return new Promise(done => {
    socket.once('close', () => {
      done();
    });
  });
}

/** Something that no program of ours sends. */
function garbage(index: number): Buffer | string {
  const kinds = [
    () => randomBytes(64),
    () => '\n',
    () => '{}\n',
    () => '{"type":"call"}\n',
    () => '{"type":"call","id":-1,"name":"dailies_make_video"}\n',
    () => '{"type":"call","id":"1","name":"dailies_make_video","input":{}}\n',
    () => '{"type":"hello","protocol":1,"token":7}\n',
    () => '{"type":"__proto__","id":1}\n',
    () => `${'['.repeat(5_000)}\n`,
    () => '{"type":"make","id":1}\n',
  ];
  return kinds[index % kinds.length]?.() ?? '';
}
