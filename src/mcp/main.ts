// The MCP server: a process that programs start, and that only forwards to a window of VS Code. It has no key, and knows no gateway.
import { readFileSync } from 'node:fs';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { forwarder, PAID } from './forwarder.ts';
import { describedIn } from './protocol.ts';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
/** A window's own file, where VS Code has started this; else the folder of all. */
const { DAILIES_WINDOW: window, DAILIES_WINDOWS: folder } = process.env;
const windows = forwarder({
  window,
  folder,
  workingFolder: process.cwd(),
  onToolsChanged: () => {
    server.sendToolListChanged().catch(() => undefined);
  },
});

// Its tools are described by a window, as JSON schemas, which the SDK's other class does not take.
// eslint-disable-next-line @typescript-eslint/no-deprecated -- that is what it is kept for
const server = new Server(
  { name: 'dailies', title: 'Dailies', version: manifest.version },
  { capabilities: { tools: { listChanged: true } } },
);

server.setRequestHandler(ListToolsRequestSchema, async (_request, { signal }) => {
  // Without a window, what costs something is not offered.
  const tools = await windows.list(signal).catch(() => describedIn(manifest, name => name !== PAID));
  return {
    tools: tools.map(tool => ({ ...tool, inputSchema: { ...tool.inputSchema, type: 'object' as const } })),
  };
});

server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal, sendNotification }) => {
  const { name, arguments: input = {}, _meta: meta } = params;
  let progress = 0;
  /** In order, and all of them before the result. */
  let sent: Promise<unknown> = Promise.resolve();
  const report = (message: string): void => {
    const progressToken = meta?.progressToken;
    if (progressToken !== undefined) {
      progress += 1;
      const params = { progressToken, progress, message };
      sent = sent
        .then(async () => sendNotification({ method: 'notifications/progress', params }))
        .catch(() => undefined);
    }
  };
  try {
    const { text, images } = await windows.call(name, input, signal, report);
    await sent;
    return {
      content: [
        { type: 'text' as const, text },
        ...images.map(image => ({ type: 'image' as const, ...image })),
      ],
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { isError: true, content: [{ type: 'text' as const, text: message }] };
  }
});

process.stdin.on('close', () => {
  windows.close();
});
await server.connect(new StdioServerTransport());
