import type { Verb } from '../player/verbs.ts';
import { KEY_GROUPS, type KeyGroup, type Keys, type KeyTitle } from '../player/keys.ts';

/** The verbs of this page: some of the player's, and its own. The label is the string of the same name. */
export type CompareVerb =
  | Exclude<
      Verb,
      | 'previousClip'
      | 'nextClip'
      | 'pictureInPicture'
      | 'saveFrame'
      | 'saveFirstFrame'
      | 'saveLastFrame'
      | 'saveFrameAs'
      | 'copyFrame'
      | 'copyDetails'
    >
  | OwnVerb;

/** The verbs that only this page has. */
export type OwnVerb = ListenVerb | 'solo' | 'moveBack' | 'moveOn';

/** Makes the clip at a position the active one. */
export type ListenVerb = (typeof LISTEN_VERBS)[number];

/** In the order of the positions. */
export const LISTEN_VERBS = ['listenToFirst', 'listenToSecond', 'listenToThird', 'listenToFourth'] as const;

/** The function of each verb. */
export type CompareVerbs = Readonly<Record<CompareVerb, () => void>>;

const OWN_KEYS: Keys<OwnVerb> = [
  ['listenToFirst', '1'],
  ['listenToSecond', '2'],
  ['listenToThird', '3'],
  ['listenToFourth', '4'],
  ['solo', 'S'],
  ['moveOn', 'X'],
  ['moveBack', 'Shift+X'],
];

/** The keys of this page with so many clips: its own, and those of the player's verbs that it has. */
export function compareKeys(
  verbs: CompareVerbs,
  clips: number,
): readonly KeyGroup<CompareVerb, KeyTitle | 'clips'>[] {
  const absent: readonly string[] = LISTEN_VERBS.slice(clips);
  const isHere = (row: Keys<Verb>[number]): row is Keys<Verb & CompareVerb>[number] => row[0] in verbs;
  return [
    { title: 'clips', keys: OWN_KEYS.filter(([verb]) => !absent.includes(verb)) },
    ...KEY_GROUPS.map(({ title, keys }) => ({ title, keys: keys.filter(isHere) })),
  ];
}
