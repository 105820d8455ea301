import { copyFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { build, type Plugin } from 'esbuild';
import { startClient } from './mcpClient.ts';

const root = resolve(import.meta.dirname, '../../..');

/** Builds the MCP server as it is packaged, into a folder; gives its path. */
export async function builtServer(folder: string): Promise<string> {
  const outfile = join(folder, 'dist', 'mcp.mjs');
  const { leftOut } = (await import(`${root}/build/leftOut.js`)) as { readonly leftOut: Plugin };
  await build({
    entryPoints: [join(root, 'src/mcp/main.ts')],
    outfile,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    plugins: [leftOut],
    logLevel: 'silent',
  });
  // As in the package: what it describes when no window is there lies one folder up.
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
  return outfile;
}

/** Starts programs with an agent, each with a server of its own, which end with the test. Call in a `describe`. */
export function usePrograms(folder: () => string): (env: Record<string, string>) => Promise<Client> {
  const clients: Client[] = [];
  let server: Promise<string> | undefined;
  afterEach(async () => {
    server = undefined;
    for (const client of clients.splice(0)) {
      await client.close();
    }
  });
  return async env => {
    server ??= builtServer(folder());
    const client = await startClient(process.execPath, [await server], env);
    clients.push(client);
    return client;
  };
}
