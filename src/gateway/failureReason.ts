import { isObject, nodesIn, type JsonObject } from './responseTree.ts';
import { isFine, shortened, textOf } from './words.ts';

/** Names of what says why there is no clip, in order of trust. The last stand for filters, whose lists are longer. */
const REASONS: readonly RegExp[] = [
  /^error$/,
  /^(fail|failed|failure|error|err|refusal|reject|rejected) ?(reason|msg|message|info|detail|details|description)s?$/,
  /^(task|job|status) (status )?(msg|message|reason|detail)$|^(failure|errors|refusal|reject reason|block reason|blocked reason)$/,
  /^(fail|failure|err|error) ?code$/,
  /(filtered|filter|moderation|safety|block|blocked|violation|sensitive)( \w+)* (reason|reasons|message|messages|info|result)$/,
];

/** What else says it, where it is known that something went wrong. */
const REMARKS = /^(message|msg|detail|reason|description|remark|comment|info)$/;

/**
 * Why the generation came to nothing, in the gateway's words, wherever the response says so; `null` where it does not. `isSure`: the
 * task is known to have failed, so that an envelope's words are about that.
 */
export function findReason(root: JsonObject, isSure: boolean, id?: string): string | null {
  const found = nodesIn(root, id).flatMap(({ value, path }) => {
    const name = path.at(-1)?.join(' ') ?? '';
    const rank = REASONS.findIndex(names => names.test(name));
    const isRemark = rank === -1 && REMARKS.test(name) && (isSure || path.length > 1);
    const text = rank !== -1 || isRemark ? textOf(value) : undefined;
    const isNothing = /^(https?:)?\/\/|^\d+$/.test(text ?? '');
    const isSaying = text !== undefined && !isFine(text) && !isNothing && !(isRemark && isObject(value));
    return isSaying ? [{ text, rank: rank === -1 ? REASONS.length : rank }] : [];
  });
  const best = Math.min(...found.map(({ rank }) => rank));
  const reason = found.find(({ rank }) => rank === best)?.text;
  return reason === undefined ? null : shortened(reason);
}
