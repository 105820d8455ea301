import type { AudioState, ClipSource } from '../player/media/clipSource.ts';

/** What a video element loads for a clip, and the state of its audio. */
export interface Loadable {
  readonly address: string;
  readonly audio: AudioState;
}

/** The clips of a cut as the browser plays them, with audio: some have it converted, in memory. */
export class Addresses {
  private readonly reader: ClipSource;
  private readonly sources: readonly string[];
  private readonly found = new Map<number, Promise<Loadable>>();
  private readonly stop = new AbortController();

  constructor(reader: ClipSource, sources: readonly string[]) {
    this.reader = reader;
    this.sources = sources;
  }

  /** What is loaded for a clip. Never rejects: a clip whose audio cannot be converted plays silently. */
  of(index: number): Promise<Loadable> {
    let found = this.found.get(index);
    if (!found) {
      found = this.find(this.sources[index] ?? '');
      this.found.set(index, found);
    }
    return found;
  }

  /** Releases what is in memory of all other clips. */
  keepOnly(indexes: readonly number[]): void {
    for (const [index, found] of this.found) {
      if (!indexes.includes(index)) {
        this.found.delete(index);
        void found.then(({ address }) => {
          if (address.startsWith('blob:')) {
            URL.revokeObjectURL(address);
          }
        });
      }
    }
  }

  private async find(source: string): Promise<Loadable> {
    try {
      const clip = await this.reader.open(source, this.stop.signal);
      const need = await clip.audioNeed();
      return need === 'conversion'
        ? { address: URL.createObjectURL(await clip.convert()), audio: 'converted' }
        : { address: source, audio: need };
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return { address: source, audio: { failed: 'broken', detail } };
    }
  }
}
