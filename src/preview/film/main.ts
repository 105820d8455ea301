import type { FilmOrder, FilmWords, ToFilm } from '../filmProtocol.ts';
import { create } from '../player/dom.ts';
import { fetchFile } from '../player/media/clipReader.ts';
import { ClipWorkers } from '../player/media/clipWorker.ts';
import { withClip, type FilmClip, type FilmCodec, type FilmForm } from '../player/media/film/form.ts';
import type { FilmPiece } from '../player/media/messages.ts';
import { host } from './host.ts';

/** Nobody waits longer than this for a film, ms. */
const LIMIT = 24 * 60 * 60 * 1_000;

const workers = new ClipWorkers(document.body.dataset.reader ?? '');
const stop = new AbortController();
let go: (() => void) | undefined;
let written: (() => void) | undefined;

window.addEventListener('message', ({ data }: MessageEvent<ToFilm>) => {
  switch (data.type) {
    case 'start':
      start(data.words, data.order).catch((error: unknown) => {
        host.postMessage({ type: 'failed', reason: error instanceof Error ? error.message : String(error) });
      });
      break;
    case 'go':
      go?.();
      break;
    case 'written':
      written?.();
      break;
  }
});
host.postMessage({ type: 'ready' });

async function start(words: FilmWords, order: FilmOrder): Promise<void> {
  const showFrames = build(words, order);
  const codec = order.isEncoded ? await agreedCodec(order) : null;
  const form: FilmForm = { ...order, codec };
  const clips: FilmClip[] = [];
  for (const { source, start: first, ...place } of order.clips) {
    const file = await withClip(place, async () => fetchFile(source, stop.signal));
    clips.push({ file, place: { ...place, start: first } });
  }
  const { port1: out, port2: pieces } = new MessageChannel();
  pieces.onmessage = ({ data }: MessageEvent<FilmPiece>) => {
    if (data.type === 'frames') {
      showFrames(data.frames);
      return;
    }
    written = () => {
      pieces.postMessage(null);
    };
    host.postMessage(data);
  };
  const options = { limit: LIMIT, signal: stop.signal, transfer: [out] };
  const { audio, silent } = await workers.request('film', { clips, form, out }, options);
  host.postMessage({ type: 'done', audio, silent });
}

/** The codec that can be encoded here, once the person agrees to it. */
async function agreedCodec(order: FilmOrder): Promise<FilmCodec> {
  const form: FilmForm = { ...order, codec: null };
  const codec = await workers.request('filmCodec', { form }, { limit: LIMIT, signal: stop.signal });
  const agreed = new Promise<void>(resolve => {
    go = resolve;
  });
  host.postMessage({ type: 'codec', codec });
  await agreed;
  if (codec === null) {
    throw new Error('No codec.');
  }
  return codec;
}

/** Builds the page; gives what shows how many frames are done. */
function build(words: FilmWords, { clips }: FilmOrder): (frames: number) => void {
  const all = clips.reduce((sum, { duration }) => sum + duration, 0);
  const bar = create('progress', { max: all, value: 0, ariaLabel: words.progress });
  const count = create('p', { className: 'count' });
  const cancel = create('button', { type: 'button', className: 'text', textContent: words.cancel });
  cancel.addEventListener('click', () => {
    stop.abort();
    host.postMessage({ type: 'cancel' });
  });
  document.title = words.title;
  document.body.replaceChildren(
    create(
      'main',
      { className: 'film' },
      create('h1', {}, words.title),
      create('p', { role: 'status' }, words.what),
      bar,
      count,
      create('p', { className: 'hint' }, words.hint),
      cancel,
    ),
  );
  cancel.focus();
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') {
      cancel.click();
    }
  });
  const show = (frames: number): void => {
    bar.value = Math.max(bar.value, frames);
    const number = (value: number): string => value.toLocaleString(document.documentElement.lang);
    count.textContent = words.frames
      .replace('{0}', () => number(bar.value))
      .replace('{1}', () => number(all));
  };
  show(0);
  return show;
}
