import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { readDoor } from '../../../src/mcp/doors.ts';
import { LONGEST_RESULT } from '../../../src/mcp/protocol.ts';
import { WindowConnection } from '../../../src/mcp/windowConnection.ts';
import { AgentDoor, type DoorServices } from '../../../src/tools/agentDoor.ts';
import { newAddress, removeAddress } from '../../../src/tools/doorAddress.ts';
import { waitUntil } from '../../vscode/wait.ts';
import { ListLog, NOON, useFolder } from '../builders.ts';
import { describedTool, doorServices } from './doorServices.ts';
import { usePrograms } from './builtServer.ts';
import { said } from './mcpClient.ts';

const NONE = new AbortController().signal;

describe('the door for agents, when something is not as usual', () => {
  const folder = useFolder();
  const start = usePrograms(folder);
  const doors: AgentDoor[] = [];

  const agents = (): string => join(folder(), 'agents');

  const open = async (services: Partial<DoorServices> = {}): Promise<AgentDoor> => {
    const door = await AgentDoor.open(doorServices(agents(), services));
    doors.push(door);
    return door;
  };

  afterEach(() => {
    for (const door of doors.splice(0)) {
      door.dispose();
    }
  });

  it('has programs list again when its tools change: at the setting, at the end of the window, and in the next one', async () => {
    let names = ['dailies_list_videos'];
    const tools = (): ReturnType<DoorServices['tools']> => names.map(describedTool);
    const own: boolean[] = [];
    const first = await open({ tools });
    const client = await start({ DAILIES_WINDOWS: agents() });
    let changes = 0;
    client.setNotificationHandler(ToolListChangedNotificationSchema, () => {
      changes += 1;
    });
    const listed = async (): Promise<string[]> => (await client.listTools()).tools.map(({ name }) => name);
    assert.deepEqual(await listed(), ['dailies_list_videos']);
    names = ['dailies_list_videos', 'dailies_make_video'];
    first.announceTools();
    await waitUntil('the change', () => changes === 1 || undefined);
    assert.deepEqual(await listed(), names);
    first.dispose();
    await waitUntil('the change at the end', () => changes === 2 || undefined);
    const without = await listed();
    assert.ok(without.length > 2 && !without.includes('dailies_make_video'));
    const second = await open({ tools, onOwn: isThere => own.push(isThere) });
    await client.callTool({ name: 'dailies_list_videos', arguments: {} });
    await waitUntil('the change of the next window', () => changes === 3 || undefined);
    assert.deepEqual(await listed(), names);
    // It belongs to no window in particular.
    assert.deepEqual(own, []);
    second.dispose();
  });

  it('knows the server that its own VS Code has started, until that ends', async () => {
    const own: boolean[] = [];
    const door = await open({ onOwn: isThere => own.push(isThere) });
    const client = await start({ DAILIES_WINDOW: door.file });
    await client.listTools();
    assert.deepEqual(own, [true]);
    await client.close();
    await waitUntil('the end of the server', () => own.length === 2 || undefined);
    assert.deepEqual(own, [true, false]);
  });

  it('says that it is closed to a program with a wrong token', async () => {
    let calls = 0;
    const door = await open({
      call: async () => {
        calls += 1;
        return Promise.resolve({ text: '{}', images: [] });
      },
    });
    const right = await readDoor(door.file);
    const copy = join(folder(), 'copy.door.json');
    writeFileSync(copy, JSON.stringify({ ...right, token: `${right.token}x` }), { mode: 0o600 });
    const client = await start({ DAILIES_WINDOW: copy });
    assert.equal(
      said(await client.callTool({ name: 'dailies_list_videos', arguments: {} })),
      'error: The window refused the connection. Nothing was done.',
    );
    assert.equal(calls, 0);
  });

  it('says which input is too long, and stays open', async () => {
    await open();
    const client = await start({ DAILIES_WINDOWS: agents() });
    const prompt = 'x'.repeat(2 * 1024 * 1024);
    const long = await client.callTool({
      name: 'dailies_make_video',
      arguments: { request: { prompt }, request_key: 'a long one' },
    });
    assert.equal(said(long), 'error: Nothing was done: the input is longer than 2 MB.');
    const short = await client.callTool({ name: 'dailies_list_videos', arguments: {} });
    assert.equal(said(short), '{"done":true}');
  });

  it('closes to a program that does not read what it is sent', async () => {
    const log = new ListLog();
    const text = 'x'.repeat(LONGEST_RESULT - 1_000);
    const door = await open({ log, call: async () => Promise.resolve({ text, images: [] }) });
    const { address, token } = await readDoor(door.file);
    const socket = connect(address);
    socket.on('error', () => undefined);
    socket.pause();
    await once(socket, 'connect');
    const lines = [
      { type: 'hello', protocol: 1, token, isOwn: false },
      ...Array.from({ length: 10 }, (_, id) => ({
        type: 'call',
        id,
        name: 'dailies_list_videos',
        input: {},
      })),
    ];
    socket.write(lines.map(line => `${JSON.stringify(line)}\n`).join(''));
    await waitUntil(
      'it to be closed',
      () => log.lines.some(line => line.includes('is not read')) || undefined,
    );
    socket.destroy();
    const other = await WindowConnection.open({ address, token });
    assert.equal((await other.request({ type: 'list' }, NONE, () => undefined)).type, 'tools');
    other.close();
  });

  it('clears away what windows have left that ended at once, and nothing of those that are there', async () => {
    const living = await open();
    const dead = await newAddress();
    // A process that is killed leaves its socket behind.
    writeFileSync(dead, '');
    const left = join(agents(), 'dead.door.json');
    const door = { protocol: 1, address: dead, token: 'x', folders: [], at: NOON + 1 };
    writeFileSync(left, JSON.stringify(door), { mode: 0o600 });
    writeFileSync(join(agents(), 'half.door.json'), '{"protocol":', { mode: 0o600 });
    const client = await start({ DAILIES_WINDOWS: agents() });
    assert.equal(
      said(await client.callTool({ name: 'dailies_list_videos', arguments: {} })),
      '{"done":true}',
    );
    await open();
    assert.deepEqual(
      [existsSync(left), existsSync(dirname(dead)), existsSync(living.file)],
      [false, false, true],
    );
  });

  it('has another socket where the folder for temporary files was cleared', async () => {
    const door = await open();
    const before = await readDoor(door.file);
    rmSync(dirname(before.address), { recursive: true });
    await door.announce();
    const { address, token } = await readDoor(door.file);
    assert.notEqual(address, before.address);
    const connection = await WindowConnection.open({ address, token });
    connection.close();
  });

  it('has a socket that every system takes, however long the folder for temporary files is called', async () => {
    const long = join(folder(), 'x'.repeat(90));
    mkdirSync(long);
    const address = await newAddress(long, 'linux');
    assert.ok(Buffer.byteLength(address) <= 103 && !address.startsWith(long), address);
    const server = createServer().listen(address);
    await once(server, 'listening');
    server.close();
    await removeAddress(address);
    assert.equal(existsSync(dirname(address)), false);
    const short = await newAddress(folder(), 'linux');
    assert.ok(short.startsWith(folder()), short);
    assert.match(await newAddress(long, 'win32'), /^\\\\\.\\pipe\\dailies-[0-9a-f]{32}$/);
    await removeAddress('\\\\.\\pipe\\dailies-0');
  });
});
