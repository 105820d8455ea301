import { join, resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { build, type Plugin } from 'esbuild';

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
  return outfile;
}

/** A program with an agent: the official client of MCP, and the server that it has started. */
export async function startClient(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Client> {
  const client = new Client({ name: 'a test', version: '1.0.0' });
  const path = process.env.PATH ?? '';
  await client.connect(
    new StdioClientTransport({ command, args: [...args], env: { PATH: path, ...env }, stderr: 'inherit' }),
  );
  return client;
}

/** What a result says, and whether it is an error. */
export function said(result: unknown): string {
  const { content, isError } = result as CallToolResult;
  const texts = content.map(part => (part.type === 'text' ? part.text : part.type));
  return `${isError === true ? 'error: ' : ''}${texts.join(' + ')}`;
}
