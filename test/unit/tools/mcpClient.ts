import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';

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
