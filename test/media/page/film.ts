import { fetchFile } from '../../../src/preview/player/media/clipReader.ts';
import { ClipWorkers } from '../../../src/preview/player/media/clipWorker.ts';
import type { FilmForm, FilmPlace, FilmResult } from '../../../src/preview/player/media/film/form.ts';
import type { FilmPiece } from '../../../src/preview/player/media/messages.ts';

/** What a film is made of, and where it is sent to. */
interface Order {
  readonly clips: readonly { readonly source: string; readonly place: FilmPlace }[];
  readonly form: Omit<FilmForm, 'codec'>;
  readonly isEncoded: boolean;
  readonly target: string;
}

/** Makes a film as the page of the export does, and sends it to an address. */
export async function film({ clips, form, isEncoded, target }: Order): Promise<FilmResult> {
  const workers = new ClipWorkers(document.body.dataset.reader ?? '');
  const { signal } = new AbortController();
  const options = { limit: 120_000, signal };
  const codec = isEncoded
    ? await workers.request('filmCodec', { form: { ...form, codec: null } }, options)
    : null;
  if (isEncoded && codec === null) {
    throw new Error('There is no encoder.');
  }
  const files = await Promise.all(
    clips.map(async ({ source, place }) => ({ file: await fetchFile(source, signal), place })),
  );
  const { port1: out, port2: pieces } = new MessageChannel();
  let content = new Uint8Array();
  pieces.onmessage = ({ data }: MessageEvent<FilmPiece>) => {
    if (data.type === 'write') {
      const end = data.position + data.bytes.length;
      if (end > content.length) {
        const grown = new Uint8Array(end);
        grown.set(content);
        content = grown;
      }
      content.set(data.bytes, data.position);
      pieces.postMessage(null);
    }
  };
  const result = await workers.request(
    'film',
    { clips: files, form: { ...form, codec }, out },
    { ...options, transfer: [out] },
  );
  await fetch(target, { method: 'POST', body: new Blob([content], { type: 'text/plain' }) });
  return result;
}
