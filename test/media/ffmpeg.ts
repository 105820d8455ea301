import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { installWithApt } from '../vscode/apt.ts';

const run = promisify(execFile);

/** What one of ffmpeg's programs printed. Rejects with its own words where it fails. */
type Program = (...parameters: string[]) => Promise<Buffer>;

let installed: Promise<void> | undefined;

/** Runs ffmpeg, quietly and over whatever stands there. Debian's is installed by apt where there is none. */
export const ffmpeg: Program = (...parameters) => start('ffmpeg', ['-v', 'error', '-y', ...parameters]);

/** Runs ffprobe, which comes with it. */
export const ffprobe: Program = (...parameters) => start('ffprobe', ['-v', 'error', ...parameters]);

async function start(program: string, parameters: readonly string[]): Promise<Buffer> {
  await (installed ??= install());
  const { stdout } = await run(program, parameters, { encoding: 'buffer', maxBuffer: 1024 ** 3 });
  return stdout;
}

async function install(): Promise<void> {
  try {
    await run('ffmpeg', ['-version']);
  } catch (error) {
    if (!(await installWithApt('ffmpeg'))) {
      throw new Error('No ffmpeg found. On Debian and Ubuntu: sudo apt-get install ffmpeg', { cause: error });
    }
  }
}
