import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** As many at a time as the saver takes. */
const AT_ONCE = 6;

/** What curl has fetched, and its CPU time, ms. */
export interface Curled {
  readonly files: readonly string[];
  readonly cpuMs: number;
}

/** Asks curl for these links, all by one process, into files in a folder. A shell counts its CPU time. */
export async function curl(links: readonly string[], folder: string): Promise<Curled> {
  const files = links.map((_link, index) => join(folder, `${index}.mp4`));
  const pairs = links.flatMap((link, index) => ['-o', files[index] ?? '', link]);
  const parallel = links.length > 1 ? ['--parallel', '--parallel-max', String(AT_ONCE)] : [];
  const options = ['-q', '--no-progress-meter', '--fail', ...parallel, ...pairs];
  const counted = ['-c', 'curl "$@" && times', 'sh', ...options];
  const { stdout } = await promisify(execFile)('sh', counted).catch((error: unknown) => {
    throw new Error(
      'curl failed. Is it on the PATH, to compare with? Install it, such as by: apt-get install curl',
      { cause: error },
    );
  });
  return { files, cpuMs: cpuOfChildren(stdout) };
}

/** The last line of `times` (POSIX): user and system time of what the shell has run, such as `0m0.05s 0m1.30s`. */
function cpuOfChildren(times: string): number {
  const found =
    times
      .trim()
      .split('\n')
      .at(-1)
      ?.matchAll(/(\d+)m([\d.]+)s/g) ?? [];
  return [...found].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000,
    0,
  );
}
