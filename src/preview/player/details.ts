import type { Fact, PageWords, Show } from '../protocol.ts';
import { create, filled, icon } from './dom.ts';
import type { MediaFacts } from './media.ts';

/** What is known of a clip: its name, prompt and facts, first those of the task, then those of the file. */
export interface Details {
  readonly element: HTMLElement;
  show(show: Show): void;
  /** `undefined` while the file has not been read, or cannot be. */
  showMedia(media: MediaFacts | undefined): void;
  /** All of it, a line for each fact. */
  text(): string;
}

export function detailsStrip(words: PageWords, onCopy: () => void): Details {
  const title = create('h1');
  const copy = create(
    'button',
    { type: 'button', className: 'icon', ariaLabel: words.copyDetails, title: words.copyDetails },
    icon('copy'),
  );
  const prompt = create('p', { className: 'prompt' });
  const list = create('dl');
  const element = create(
    'aside',
    { className: 'details', ariaLabel: words.details },
    create('header', {}, title, copy),
    prompt,
    list,
  );
  let shown: Show | undefined;
  let media: MediaFacts | undefined;
  copy.addEventListener('click', onCopy);

  const facts = (): readonly Fact[] => [...(media ? mediaRows(media, words) : []), ...(shown?.facts ?? [])];
  const draw = (): void => {
    title.textContent = shown?.name ?? '';
    prompt.textContent = shown?.prompt ?? '';
    prompt.hidden = !shown?.prompt;
    list.replaceChildren(
      ...facts().map(([name, value]) => create('div', {}, create('dt', {}, name), create('dd', {}, value))),
    );
  };
  return {
    element,
    show: show => {
      shown = show;
      document.title = show.name;
      draw();
    },
    showMedia: found => {
      media = found;
      draw();
    },
    text: () =>
      [
        shown?.name ?? '',
        ...(shown?.prompt ? [`${words.prompt}: ${shown.prompt}`] : []),
        ...facts().map(([name, value]) => `${name}: ${value}`),
      ].join('\n'),
  };
}

/** The file's facts in the person's language. */
function mediaRows({ duration, bitRate, video, audio }: MediaFacts, words: PageWords): Fact[] {
  const { lang } = document.documentElement;
  const number = (value: number, digits: number, options: Intl.NumberFormatOptions = {}): string =>
    new Intl.NumberFormat(lang, { maximumFractionDigits: digits, ...options }).format(value);
  const codecs = [video?.codec, audio ? audio.codec : words.noSound];
  return [
    ...(video
      ? [
          [words.picture, `${video.width} × ${video.height}`] as const,
          [words.frameRate, filled(words.framesPerSecond, number(video.frameRate, 3))] as const,
        ]
      : []),
    [words.length, filled(words.seconds, number(duration, 2))],
    [words.codecs, codecs.map(codec => codecName(codec ?? '?')).join(' · ')],
    ...(bitRate === null
      ? []
      : [[words.bitRate, number(bitRate / 1e6, 1, { style: 'unit', unit: 'megabit-per-second' })] as const]),
  ];
}

/** As people write them. */
const CODEC_NAMES: Readonly<Record<string, string>> = {
  avc: 'H.264',
  hevc: 'H.265',
  av1: 'AV1',
  vp8: 'VP8',
  vp9: 'VP9',
  aac: 'AAC',
  mp3: 'MP3',
  opus: 'Opus',
  flac: 'FLAC',
};

function codecName(codec: string): string {
  return CODEC_NAMES[codec] ?? codec;
}
