import { OPEN_FOLDER, type Action, type Fact, type PageWords, type Show } from '../protocol.ts';
import { create, filled, icon } from './dom.ts';
import { mergeFacts } from './mergedFacts.ts';
import type { MediaFacts } from './media/facts.ts';

/** What is known of a clip: its name, prompt and facts, first those of the task, then those of the file. */
export interface Details {
  readonly element: HTMLElement;
  show(show: Show): void;
  /** `null` while the file has not been read, or cannot be. */
  showMedia(media: MediaFacts | null): void;
  /** All of it, a line for each fact. */
  text(): string;
}

export function detailsStrip(words: PageWords, onCopy: () => void, act: (action: Action) => void): Details {
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
    { className: 'details', ariaLabel: words.details, tabIndex: -1 },
    create('header', {}, title, copy),
    prompt,
    list,
  );
  let shown: Show | undefined;
  let media: MediaFacts | null = null;
  copy.addEventListener('click', onCopy);

  /** What the file says of itself comes first. */
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

/** What a list of facts holds: a name and a value for each. */
export function factList(facts: readonly Fact[]): HTMLElement[] {
  return facts.map(([name, value]) => create('div', {}, create('dt', {}, name), create('dd', {}, value)));
}

/** The row of a path, which has all the width and leads to the file. */
function pathRow(row: HTMLElement, words: PageWords, act: (action: Action) => void): HTMLElement {
  const value = row.querySelector('dd');
  const link = create('button', { type: 'button', className: 'link', title: words.openFolder });
  // Broken at its folders, and within a name only where that alone is too long.
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

/** The file's facts in the person's language. */
export function mediaRows({ duration, size, video, audio }: MediaFacts, words: PageWords): Fact[] {
  const { lang } = document.documentElement;
  const number = (value: number, digits: number): string =>
    new Intl.NumberFormat(lang, { maximumFractionDigits: digits }).format(value);
  const codecs = [...(video ? [codecName(video.codec)] : []), audio ? codecName(audio.codec) : words.noAudio];
  // Of file and time: what it takes to play it.
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

/** As people write them, by how RFC 6381 writes them. */
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

/** As people write it, by how RFC 6381 writes it. */
export function codecName(codec: string | null): string {
  return CODEC_NAMES.find(([prefix]) => prefix.test(codec ?? ''))?.[1] ?? codec ?? '?';
}
