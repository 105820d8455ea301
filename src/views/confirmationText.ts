import { l10n } from 'vscode';
import { HOUR, MINUTE, SECOND } from '../base/clock.ts';
import { grouped } from '../base/grouped.ts';
import { amountText, estimateText, spentText, totalText } from '../host/priceText.ts';
import { requestProblemText } from '../host/requestProblemText.ts';
import type { DayLimit, Plan, PlannedVideo } from '../making/making.ts';
import { firstWords, friendlyModel } from './shortText.ts';

/** One confirmation, with what is known of what it is about. */
export interface Confirmation {
  readonly message: string;
  readonly detail: string;
  readonly button: string;
}

/** Fields of a request that are shown separately from its parameters. */
const NO_PARAMETERS: ReadonlySet<string> = new Set([
  'model',
  'prompt',
  'first_image',
  'last_image',
  'input_reference',
  'image_urls',
]);

/** How much of a prompt, and of a parameter, is shown, characters. */
const PROMPT_LENGTH = 120;
const VALUE_LENGTH = 40;

/** The most different requests that are listed one by one. */
const MOST_REQUESTS = 6;

/** What a person confirms before videos are generated. `note`: what they should know besides. */
export function confirmationOf(
  plan: Plan,
  limit: DayLimit,
  note: string | undefined,
  now: number,
): Confirmation {
  const { videos } = plan;
  const parts = [
    ...requestLines(videos),
    ...imageLine(videos),
    priceLine(plan),
    todayLine(plan, limit),
    l10n.t('Gateway: {0}', new URL(plan.gateway).host),
    ...warningLines(videos),
    ...repeatLine(videos, now),
    ...(note === undefined ? [] : [note]),
  ];
  return {
    message: confirmationFor(videos),
    detail: parts.join('\n'),
    button: videos.length === 1 ? l10n.t('Generate') : l10n.t('Generate {0} Videos', videos.length),
  };
}

function confirmationFor(videos: readonly PlannedVideo[]): string {
  const models = [...new Set(videos.map(({ body }) => friendlyModel(String(body.model))))];
  const model = models.join(', ');
  return videos.length === 1
    ? l10n.t('Generate 1 video with {0}?', model)
    : l10n.t('Generate {0} videos with {1}?', videos.length, model);
}

/** Each request once, with how often it is sent. */
function requestLines(videos: readonly PlannedVideo[]): string[] {
  const groups = [...grouped(videos, ({ hash }) => hash).values()];
  const lines = groups.slice(0, MOST_REQUESTS).flatMap(group => {
    const [video] = group;
    return video ? [requestLine(video, group.length)] : [];
  });
  const left = groups.slice(MOST_REQUESTS).reduce((count, group) => count + group.length, 0);
  return left === 0 ? lines : [...lines, l10n.t('…and {0} more', left)];
}

function requestLine({ wish, body, model }: PlannedVideo, takes: number): string {
  const prompt = l10n.t('“{0}”', firstWords(String(body.prompt), PROMPT_LENGTH));
  const parameters = Object.entries(body)
    .filter(([name]) => !NO_PARAMETERS.has(name))
    .map(([name, value]) => parameterText(name, value));
  // Where it is no parameter, it is the model's own.
  const seconds = 'duration' in body ? null : (model?.seconds ?? null);
  const length = seconds === null ? '' : l10n.t('{0} s', seconds);
  return [wish.label ?? '', prompt, ...parameters, length, takes === 1 ? '' : l10n.t('{0} takes', takes)]
    .filter(part => part !== '')
    .join(' · ');
}

function parameterText(name: string, value: unknown): string {
  if (name === 'resolution' || name === 'aspect_ratio') {
    return firstWords(String(value), VALUE_LENGTH);
  }
  if (name === 'duration' && typeof value === 'number') {
    return l10n.t('{0} s', value);
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `${name}: ${firstWords(text, VALUE_LENGTH)}`;
}

/** How many images are sent, and where they are. */
function imageLine(videos: readonly PlannedVideo[]): string[] {
  const images = new Set(videos.flatMap(({ body }) => imagesOf(body)));
  if (images.size === 0) {
    return [];
  }
  const hosts = [...new Set([...images].map(image => URL.parse(image)?.host ?? ''))].filter(
    host => host !== '',
  );
  const where = hosts.length === 0 ? l10n.t('in the request') : hosts.join(', ');
  return [images.size === 1 ? l10n.t('1 image: {0}', where) : l10n.t('{0} images: {1}', images.size, where)];
}

function imagesOf(body: Readonly<Record<string, unknown>>): string[] {
  return ['first_image', 'last_image', 'input_reference', 'image_urls']
    .flatMap(name => body[name])
    .filter(image => typeof image === 'string');
}

function priceLine({ videos, amount, unpriced }: Plan): string {
  const [first] = videos;
  const isAllAlike = videos.every(
    ({ estimate }) =>
      estimate?.amount === first?.estimate?.amount && estimate?.source === first?.estimate?.source,
  );
  if (first && isAllAlike) {
    const each = estimateText(first.estimate);
    return videos.length === 1 || !first.estimate
      ? l10n.t('Estimate: {0}', each)
      : l10n.t('Estimate: {0}, {1} each', amountText(amount), each);
  }
  return l10n.t('Estimate: {0}', totalText(amount, videos.length, unpriced));
}

function todayLine({ today, videos, amount }: Plan, limit: DayLimit): string {
  const spent = l10n.t('Today so far: {0}', spentText(today));
  const left = [
    limit.count === undefined ? '' : String(limit.count - today.count - videos.length),
    limit.amount === undefined ? '' : amountText(Math.max(0, limit.amount - today.amount - amount)),
  ].filter(part => part !== '');
  return left.length === 0
    ? spent
    : `${spent}\n${l10n.t('Left today after this: {0}', leftText(limit, left))}`;
}

function leftText({ count }: DayLimit, left: readonly string[]): string {
  const [first = '', second] = left;
  if (count === undefined) {
    return first;
  }
  const videos = first === '1' ? l10n.t('1 video') : l10n.t('{0} videos', first);
  return second === undefined ? videos : `${videos} · ${second}`;
}

/** What may go wrong with it, each said once. */
function warningLines(videos: readonly PlannedVideo[]): string[] {
  const texts = videos.flatMap(({ warnings, model, body }) => [
    ...warnings.map(problem => requestProblemText(problem, friendlyModel(String(body.model)))),
    ...(model
      ? []
      : [l10n.t("Dailies doesn't know {0}: its parameters are sent unchecked.", String(body.model))]),
  ]);
  return [...new Set(texts)];
}

function repeatLine(videos: readonly PlannedVideo[], now: number): string[] {
  const moments = videos.flatMap(({ repeats }) => (repeats === undefined ? [] : [repeats]));
  if (moments.length === 0) {
    return [];
  }
  const text = agoText(now - Math.max(...moments));
  return [
    moments.length === videos.length
      ? l10n.t('You sent this {0} ago. Another take?', text)
      : l10n.t('You sent {0} of these {1} ago. Another take?', moments.length, text),
  ];
}

/** How long ago something was, as exactly as matters: `40 s`, `3 min`, `2 h`. */
export function agoText(ms: number): string {
  if (ms < MINUTE) {
    return l10n.t('{0} s', Math.max(0, Math.floor(ms / SECOND)));
  }
  return ms < HOUR ? l10n.t('{0} min', Math.floor(ms / MINUTE)) : l10n.t('{0} h', Math.floor(ms / HOUR));
}
