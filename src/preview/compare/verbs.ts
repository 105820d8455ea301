import type { Verb } from '../player/verbs.ts';
import { KEY_GROUPS, type KeyGroup, type Keys, type KeyTitle } from '../player/keys.ts';

/** What this page has of the player's verbs, and what it has besides. Each is called by the words of the same name. */
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

/** What is done to the clips by keys of this page alone. */
export type OwnVerb = HearVerb | 'solo' | 'moveBack' | 'moveOn';

/** Marks the clip at a place as the one that is heard. */
export type HearVerb = (typeof HEAR_VERBS)[number];

/** In the order of the places. */
export const HEAR_VERBS = ['hearFirst', 'hearSecond', 'hearThird', 'hearFourth'] as const;

/** How each is done. */
export type CompareVerbs = Readonly<Record<CompareVerb, () => void>>;

const OWN_KEYS: Keys<OwnVerb> = [
  ['hearFirst', '1'],
  ['hearSecond', '2'],
  ['hearThird', '3'],
  ['hearFourth', '4'],
  ['solo', 'S'],
  ['moveOn', 'X'],
  ['moveBack', 'Shift+X'],
];

/** The keys of this page, for so many clips: its own, and the player's for what it has in common with it. */
export function compareKeys(
  verbs: CompareVerbs,
  clips: number,
): readonly KeyGroup<CompareVerb, KeyTitle | 'clips'>[] {
  const absent: readonly string[] = HEAR_VERBS.slice(clips);
  const isHere = (row: Keys<Verb>[number]): row is Keys<Verb & CompareVerb>[number] => row[0] in verbs;
  return [
    { title: 'clips', keys: OWN_KEYS.filter(([verb]) => !absent.includes(verb)) },
    ...KEY_GROUPS.map(({ title, keys }) => ({ title, keys: keys.filter(isHere) })),
  ];
}
