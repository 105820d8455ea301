import { join, resolve } from 'node:path';
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
