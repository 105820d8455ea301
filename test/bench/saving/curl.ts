import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Asks curl for these links, all by one process, into files in a folder. Resolves to the files. */
export async function curl(links: readonly string[], folder: string): Promise<string[]> {
  const files = links.map((_link, index) => join(folder, `${index}.mp4`));
  const pairs = links.flatMap((link, index) => ['-o', files[index] ?? '', link]);
  const options = ['-q', '--no-progress-meter', '--fail', ...(links.length > 1 ? ['--parallel'] : [])];
  const child = spawn('curl', [...options, ...pairs], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(child, 'exit').catch((error: unknown) => {
    throw new Error(
      'There is no curl on the PATH to compare with. Install it, such as by: apt-get install curl',
      {
        cause: error,
      },
    );
  })) as [number | null];
  if (code !== 0) {
    throw new Error(`curl ended with ${String(code)}.`);
  }
  return files;
}
