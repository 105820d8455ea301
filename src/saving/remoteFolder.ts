import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../base/errors.ts';
import type { Part } from '../tasks/part.ts';
import { SaveError } from './errors.ts';
import { numbered } from './fileName.ts';
import { sidecarName } from './sidecar.ts';
import { takeName } from './takeName.ts';
import type { ClipName, Target } from './target.ts';

/** Files that only VS Code reaches, by URI. Every method rejects when it fails. */
export interface RemoteFiles {
  /** Whether this window is connected to where a URI leads. */
  isInReach(uri: string): Promise<boolean>;
  /** In bytes; `undefined` where there is no such file. */
  sizeOf(uri: string): Promise<number | undefined>;
  /** The names of what a folder holds. */
  namesIn(uri: string): Promise<string[]>;
  /** As `versionText`; `undefined` where there is no such file. */
  versionOf(uri: string): Promise<string | undefined>;
  makeFolder(uri: string): Promise<void>;
  /** Copies a file of this machine. Never overwrites. */
  upload(path: string, uri: string): Promise<void>;
  /** Never overwrites. */
  rename(from: string, to: string): Promise<void>;
  /** As `rename`, but what is at `to` goes. */
  replace(from: string, to: string): Promise<void>;
  /** Never overwrites. */
  write(uri: string, content: string | Uint8Array): Promise<void>;
  remove(uri: string): Promise<void>;
}

/**
 * A folder of a remote machine or of a virtual file system: a clip comes together on this machine, is checked here, and
 * then goes over under a temporary name.
 */
export class RemoteFolder implements Target {
  readonly workFolder: string;
  readonly folder: string;
  private readonly files: RemoteFiles;

  /** `folder` is a URI. */
  constructor(folder: string, workFolder: string, files: RemoteFiles) {
    // Apart from parts of clips that go to folders here, which are found by their folder.
    this.workFolder = join(workFolder, 'remote');
    this.folder = folder.replace(/\/+$/, '');
    this.files = files;
  }

  async place(part: string, clip: ClipName, intend: (path: string) => Promise<void>): Promise<string> {
    const { files } = this;
    const temporary = this.temporaryOf(part);
    try {
      await this.checkReach();
      await files.makeFolder(this.folder);
      await files.remove(temporary);
      await files.upload(part, temporary);
      const { size } = await stat(part);
      if ((await files.sizeOf(temporary)) !== size) {
        throw new SaveError('folder', `The copy in ${this.folder} is not whole.`);
      }
      const wanted = this.uriOf(numbered(clip.name, 1, clip.ending));
      const replaces = clip.replaces !== null && clip.replaces === (await files.versionOf(wanted));
      const uri = replaces ? wanted : await this.freeName(clip);
      await intend(uri);
      await (replaces ? files.replace(temporary, uri) : files.rename(temporary, uri));
      await rm(part, { force: true });
      return uri;
    } catch (error) {
      throw error instanceof SaveError ? error : new SaveError('folder', messageOf(error), { cause: error });
    }
  }

  /** The temporary file goes when it gets its final name: until then that name is not ours. */
  async wasPlaced({ path, placing, size }: Part): Promise<boolean> {
    // Another folder's host may be gone.
    await this.checkReach();
    const isOurs = placing?.startsWith(`${this.folder}/`) === true;
    const isThere = isOurs && (await this.files.sizeOf(placing)) === size;
    const isPlaced = isThere && (await this.files.sizeOf(this.temporaryOf(path))) === undefined;
    if (isPlaced) {
      await rm(path, { force: true });
    }
    return isPlaced;
  }

  async writeSidecar(clip: string, content: string): Promise<void> {
    await this.files.write(sidecarName(clip), content);
  }

  private async freeName({ name, ending, hasSidecar }: ClipName): Promise<string> {
    const endings = [ending, ...(hasSidecar ? ['json'] : [])] as const;
    const isFree = async (candidate: string): Promise<boolean> => {
      const uri = this.uriOf(candidate);
      const wanted = hasSidecar ? [uri, sidecarName(uri)] : [uri];
      const sizes = await Promise.all(wanted.map(async one => this.files.sizeOf(one)));
      return sizes.every(size => size === undefined);
    };
    return this.uriOf(await takeName(name, endings, async () => this.files.namesIn(this.folder), isFree));
  }

  private async checkReach(): Promise<void> {
    if (!(await this.files.isInReach(this.folder))) {
      throw new SaveError('outOfReach', this.folder);
    }
  }

  private temporaryOf(part: string): string {
    return this.uriOf(part.split(/[\\/]/).at(-1) ?? '');
  }

  private uriOf(name: string): string {
    return `${this.folder}/${encodeURIComponent(name)}`;
  }
}
