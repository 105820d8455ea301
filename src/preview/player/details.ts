import { OPEN_FOLDER, type Action, type Fact, type PageWords, type Show } from '../protocol.ts';
import { chainSection, chainText } from './chain.ts';
import { create, filled, icon } from './dom.ts';
import { mergeFacts } from './mergedFacts.ts';
import type { MediaFacts } from './media/facts.ts';

/** The details of a clip: its name, prompt, and the properties of its task and its file. */
export interface Details {
  readonly element: HTMLElement;
  show(show: Show): void;
  /** `null` if the file has not been read yet, or cannot be read. */
  showMedia(media: MediaFacts | null): void;
  /** The details as plain text, one line per property. */
  text(): string;
}

export function detailsStrip(
  words: PageWords,
  onCopy: () => void,
  act: (action: Action) => void,
  open: (key: number) => void,
): Details {
  const title = create('h1');
  const copy = create(
    'button',
    { type: 'button', className: 'icon', ariaLabel: words.copyDetails, title: words.copyDetails },
    icon('copy'),
  );
  const prompt = create('p', { className: 'prompt' });
  const list = create('dl');
  const chain = chainSection(words, open);
  const element = create(
    'aside',
    { className: 'details', ariaLabel: words.details, tabIndex: -1 },
    create('header', {}, title, copy),
    prompt,
    chain.element,
    list,
  );
  let shown: Show | undefined;
  let media: MediaFacts | null = null;
  copy.addEventListener('click', onCopy);

  /** The properties of the file, then the others of the task. */
  const facts = (): readonly Fact[] => {
    const found = media ? mediaRows(media, words) : [];
    const isFound = ([name]: Fact): boolean => found.some(([one]) => one === name);
    const merged = mergeFacts(shown?.facts ?? [], found, words.requested);
    return [
      ...found.flatMap(([name]) => merged.filter(([one]) => one === name)),
      ...merged.filter(fact => !isFound(fact)),
    ];
  };
  const draw = (): void => {
    title.textContent = shown?.name ?? '';
    prompt.textContent = shown?.prompt ?? '';
    prompt.hidden = !shown?.prompt;
    const known = facts();
    const at = known.findIndex(([, value]) => value === shown?.path);
    const rows = factList(known);
    list.replaceChildren(...rows.map((row, index) => (index === at ? pathRow(row, words, act) : row)));
  };
  return {
    element,
    show: show => {
      shown = show;
      document.title = show.name;
      chain.show(show.chain);
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
        ...chainText(shown?.chain ?? null, words),
      ].join('\n'),
  };
}

/** The entries of a `dl` list, one per property. */
export function factList(facts: readonly Fact[]): HTMLElement[] {
  return facts.map(([name, value]) => create('div', {}, create('dt', {}, name), create('dd', {}, value)));
}

/** Turns a row into that of the file's path: full width, with a link that opens the folder. */
function pathRow(row: HTMLElement, words: PageWords, act: (action: Action) => void): HTMLElement {
  const value = row.querySelector('dd');
  const link = create('button', { type: 'button', className: 'link', title: words.openFolder });
  // Wraps at folder separators, and within a name only if that is too long by itself.
  const parts = (value?.textContent ?? '').split(/(?<=[\\/])/);
  link.append(...parts.map(part => create('span', {}, part)));
  link.ariaLabel = value?.textContent ?? '';
  value?.replaceChildren(link);
  link.addEventListener('click', () => {
    act(OPEN_FOLDER);
  });
  row.classList.add('wide');
  return row;
}

/** The properties of the file, with names and numbers in VS Code's display language. */
export function mediaRows({ duration, size, video, audio }: MediaFacts, words: PageWords): Fact[] {
  const { lang } = document.documentElement;
  const number = (value: number, digits: number): string =>
    new Intl.NumberFormat(lang, { maximumFractionDigits: digits }).format(value);
  const codecs = [...(video ? [codecName(video.codec)] : []), audio ? codecName(audio.codec) : words.noAudio];
  // Of the whole file, all tracks together.
  const bitRate = (size * 8) / duration;
  return [
    ...(video
      ? [
          [words.resolution, `${video.width} × ${video.height}`] as const,
          [words.frameRate, filled(words.framesPerSecond, number(video.frameRate, 3))] as const,
        ]
      : []),
    [words.length, filled(words.seconds, number(duration, 2))],
    [words.codecs, codecs.join(' · ')],
    ...(duration > 0 ? [[words.bitRate, filled(words.megabits, number(bitRate / 1e6, 1))] as const] : []),
  ];
}

/** The usual names of codecs, by their RFC 6381 strings. */
const CODEC_NAMES: readonly (readonly [prefix: RegExp, name: string])[] = [
  [/^avc[13]/, 'H.264'],
  [/^(hvc|hev)1/, 'H.265 (HEVC)'],
  [/^av01/, 'AV1'],
  [/^vp0?8/, 'VP8'],
  [/^vp0?9/, 'VP9'],
  // MPEG-1 and MPEG-2 layer III (ISO/IEC 14496-1, object types 6B and 69).
  [/^(mp3$|mp4a\.6[9b])/i, 'MP3'],
  [/^mp4a\.40/, 'AAC'],
  [/^opus/i, 'Opus'],
  [/^flac/i, 'FLAC'],
];

/** The usual name of a codec, given its RFC 6381 string; an unknown one stays as it is. */
export function codecName(codec: string | null): string {
  return CODEC_NAMES.find(([prefix]) => prefix.test(codec ?? ''))?.[1] ?? codec ?? '?';
}
