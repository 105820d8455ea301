import { isSafeId, MOST_IDS } from './taskInput.ts';

/** What a `vscode://dailies.dailies/track?id=…` address wants, or why it is refused. */
export type TrackUri =
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  | { readonly kind: 'problem'; readonly problem: TrackUriProblem; readonly text: string };

export type TrackUriProblem =
  /** Another path than `/track`. */
  | 'otherVerb'
  /** Something besides IDs: a key or a gateway address must never come this way. */
  | 'otherParameter'
  | 'noId'
  | 'badId'
  | 'tooMany';

/** The longest query that is read, characters. */
const LONGEST = 50_000;

/** Reads the path and the query of an address that came from outside, a web page for example. All or nothing. */
export function readTrackUri(path: string, query: string): TrackUri {
  const refused = (problem: TrackUriProblem, text = ''): TrackUri => ({ kind: 'problem', problem, text });
  if (path.replace(/\/+$/, '') !== '/track') {
    return refused('otherVerb', path);
  }
  if (query.length > LONGEST) {
    return refused('tooMany', `> ${MOST_IDS}`);
  }
  const parameters = [...new URLSearchParams(query)];
  const other = parameters.find(([name]) => name !== 'id');
  if (other) {
    return refused('otherParameter', other[0]);
  }
  const ids = [...new Set(parameters.flatMap(([, value]) => value.split(',')).map(id => id.trim()))].filter(
    id => id !== '',
  );
  if (ids.length === 0) {
    return refused('noId');
  }
  const bad = ids.find(id => !isSafeId(id) || !/\d/.test(id) || /^asset[-_]/i.test(id));
  if (bad !== undefined) {
    return refused('badId', bad);
  }
  return ids.length > MOST_IDS ? refused('tooMany', String(ids.length)) : { kind: 'ids', ids };
}
