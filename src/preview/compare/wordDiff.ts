import { diffArrays } from 'diff';

/** A piece of a text. */
export interface Piece {
  readonly text: string;
  /** Whether another text does not have it. */
  readonly isOwn: boolean;
}

/** A word or sign, and the space after it. */
interface Token {
  readonly word: string;
  readonly space: string;
}

/** Shorter texts are read at a glance, words and signs. */
const FEWEST_TOKENS = 4;

/** With less in common, nearly everything would be marked. */
const LEAST_IN_COMMON = 0.3;

/** Longer than this, texts are left unmarked, ms. */
const PATIENCE = 200;

/**
 * Takes texts apart word by word: of the first, what any of the others does not have; of the others, what the first does not have.
 * `undefined` for each text that is short, or that has hardly anything in common with the first.
 */
export function markDifferences(
  texts: readonly (string | null)[],
  language: string,
): readonly (readonly Piece[] | undefined)[] {
  const segmenter = new Intl.Segmenter(language, { granularity: 'word' });
  const [first, ...others] = texts.map(text => tokensOf(text ?? '', segmenter));
  if (!first || first.length < FEWEST_TOKENS || isAddress(texts[0] ?? '')) {
    return texts.map(() => undefined);
  }
  const ownOfFirst = new Set<number>();
  const marked = others.map(tokens => {
    const own = tokens.length < FEWEST_TOKENS ? undefined : ownTokens(first, tokens);
    own?.[0].forEach(index => ownOfFirst.add(index));
    return own && piecesOf(tokens, own[1]);
  });
  return [marked.some(one => one !== undefined) ? piecesOf(first, ownOfFirst) : undefined, ...marked];
}

/** The indices of what only one of two texts has, in each; `undefined` where they are hardly the same text. */
function ownTokens(some: readonly Token[], others: readonly Token[]): [Set<number>, Set<number>] | undefined {
  const words = (tokens: readonly Token[]): string[] => tokens.map(({ word }) => word);
  const changes = diffArrays(words(some), words(others), { timeout: PATIENCE });
  const own: [Set<number>, Set<number>] = [new Set(), new Set()];
  let [at, otherAt, common] = [0, 0, 0];
  for (const { count, added, removed } of changes ?? []) {
    if (!added && !removed) {
      common += count;
    }
    for (let left = count; left > 0; left--) {
      if (removed) {
        own[0].add(at);
      } else if (added) {
        own[1].add(otherAt);
      }
      at += added ? 0 : 1;
      otherAt += removed ? 0 : 1;
    }
  }
  return common >= LEAST_IN_COMMON * Math.min(some.length, others.length) ? own : undefined;
}

/** Words in any script; space belongs to what stands before it. */
function tokensOf(text: string, segmenter: Intl.Segmenter): Token[] {
  const tokens: { word: string; space: string }[] = [];
  for (const { segment } of segmenter.segment(text)) {
    const last = tokens.at(-1);
    if (last && segment.trim() === '') {
      last.space += segment;
    } else {
      tokens.push({ word: segment, space: '' });
    }
  }
  return tokens;
}

/** Neighbours of a kind are one piece. The space after a marked one is not marked. */
function piecesOf(tokens: readonly Token[], own: ReadonlySet<number>): Piece[] {
  const pieces: { text: string; isOwn: boolean }[] = [];
  const add = (text: string, isOwn: boolean): void => {
    const last = pieces.at(-1);
    if (last?.isOwn === isOwn) {
      last.text += text;
    } else if (text !== '') {
      pieces.push({ text, isOwn });
    }
  };
  for (const [index, { word, space }] of tokens.entries()) {
    add(word, own.has(index));
    add(space, own.has(index) && own.has(index + 1));
  }
  return pieces;
}

function isAddress(text: string): boolean {
  return /^(?:https?|data|file):/i.test(text);
}
