import { commands as vscodeCommands, l10n, Uri, workspace, type Memento } from 'vscode';
import type { Log } from '../base/log.ts';
import { messageOf } from '../base/errors.ts';
import { Kept } from '../host/kept.ts';
import { messages } from '../host/messages.ts';
import { commands } from '../ids.ts';

/** An MP4 that is being made. */
export interface UnfinishedFilm {
  readonly name: string;
  /** The URI of what is there of it: a file, or a folder. */
  readonly part: string;
  /** The URI of the shot file whose cut it is. */
  readonly shotFile: string | null;
}

/** The same with the process that makes it. */
type Entry = UnfinishedFilm & { readonly pid: number };

/** What unfinished files and their folders are called. */
const OURS = /^\.?dailies-[^/]+$/u;

/** How often what another process seems to be at is looked at again, and after how long, ms: that of before a reload ends late. */
const LOOKS = 40;
const LOOK_AFTER = 3_000;

/** The MP4s that this window makes. Closing it ends them: what is left of them is removed when it starts again, with a message. */
export class UnfinishedFilms {
  private readonly kept: Kept<readonly Entry[]>;

  /** `memento`: the one of the window's own folder. */
  constructor(memento: Memento) {
    this.kept = new Kept(memento, 'unfinishedFilms', areEntries, []);
  }

  /** Has something known as unfinished while `make` runs. */
  async during<T>(film: UnfinishedFilm, make: () => Promise<T>): Promise<T> {
    await this.kept.set([...this.kept.get(), { ...film, pid: process.pid }]);
    try {
      return await make();
    } finally {
      await this.kept.set(this.kept.get().filter(({ part }) => part !== film.part));
    }
  }

  /** Removes what windows have left that are closed, and says so. */
  async tidy(log: Log, looks = LOOKS): Promise<void> {
    const all = this.kept.get().filter(({ pid }) => pid !== process.pid);
    const left = all.filter(({ pid }) => !isAlive(pid));
    if (left.length < all.length && looks > 0) {
      setTimeout(() => void this.tidy(log, looks - 1), LOOK_AFTER).unref();
    }
    if (left.length === 0) {
      return;
    }
    await this.kept.set(this.kept.get().filter(one => !left.includes(one)));
    for (const { part, name, shotFile } of left) {
      try {
        const uri = Uri.parse(part);
        if (OURS.test(uri.path.split('/').at(-1) ?? '')) {
          await workspace.fs.delete(uri, { recursive: true });
        }
      } catch (error) {
        log.warn(`What was left of ${name}: ${messageOf(error)}`);
      }
      void offerAgain(name, shotFile);
    }
  }
}

async function offerAgain(name: string, shotFile: string | null): Promise<void> {
  const again = l10n.t('Export Again');
  const message = l10n.t('The window was closed before "{0}" was exported.', name);
  if (
    (await messages.warning(message, ...(shotFile === null ? [] : [again]))) === again &&
    shotFile !== null
  ) {
    await vscodeCommands.executeCommand(commands.exportCut, Uri.parse(shotFile));
  }
}

/** Another window of the same folder may still be at it. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function areEntries(value: unknown): value is readonly Entry[] {
  return Array.isArray(value) && value.every(isEntry);
}

function isEntry(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'part' in value &&
    typeof value.part === 'string' &&
    'shotFile' in value &&
    (value.shotFile === null || typeof value.shotFile === 'string') &&
    'pid' in value &&
    typeof value.pid === 'number'
  );
}
