/** The messages between the contact sheet's page and the extension. The page speaks first, with `ready`. */

import { isRecord } from './protocol.ts';
import { isThumbnail } from './thumbnail.ts';

/** Every word that the page shows, in the person's language. `{0}` is for the page to fill in. */
export interface SheetWords {
  readonly title: string;
  readonly filter: string;
  readonly filterHint: string;
  readonly model: string;
  readonly allModels: string;
  readonly sort: string;
  readonly sorts: Readonly<Record<SheetSort, string>>;
  readonly tileSize: string;
  readonly smaller: string;
  readonly larger: string;
  /** With the number of clips. */
  readonly count: string;
  readonly missing: string;
  /** Of a clip that nobody has viewed yet. */
  readonly unseen: string;
  readonly noPicture: string;
  readonly noClips: string;
  readonly noClipsHint: string;
  readonly track: string;
  readonly noMatch: string;
  readonly clearFilter: string;
  readonly selection: string;
  /** With the number of clips. */
  readonly selected: string;
  readonly compare: string;
  /** How many clips can be compared. */
  readonly howMany: string;
  readonly saveAs: string;
  readonly clearSelection: string;
}

/** How wide a tile is at least and at most, and by how much that is changed, CSS pixels. */
export const TILE_SIZES = { least: 120, most: 360, step: 20 } as const;

/** How long a filter may be, characters. */
export const LONGEST_FILTER = 1_000;

/** How the sheet can be ordered; `list`: as the list is. */
export const SHEET_SORTS = ['list', 'newest', 'oldest', 'name', 'duration'] as const;
export type SheetSort = (typeof SHEET_SORTS)[number];

/** How a person looks at the sheet. */
export interface SheetView {
  /** How wide a tile is, CSS pixels; rows are filled, so that it may be somewhat wider. */
  readonly size: number;
  /** The only model whose clips are shown; `null` for all. */
  readonly model: string | null;
  /** What a clip must have in its words to be shown; empty for all. */
  readonly text: string;
  /** `list` where it is absent, as it is in what was kept before there was a choice. */
  readonly sort?: SheetSort;
}

export const SHEET_AT_FIRST: SheetView = { size: 200, model: null, text: '' };

/** What is to be known of a clip's file, as its row in the list says it. */
export interface FileMark {
  /** A codicon, and the theme's colour that it has, by VS Code's name; `null` for that of text. */
  readonly icon: string;
  readonly colour: string | null;
  readonly text: string;
}

/** A finished clip. */
export interface SheetClip {
  /** Its task's number in the list. */
  readonly key: number;
  readonly name: string;
  /** What stands below the name: the model, as people call it. */
  readonly note: string;
  /** How long the clip is, such as `0:08`; `null` where it is not known. */
  readonly length: string | null;
  /** Whether nobody has viewed it yet. */
  readonly isNew: boolean;
  /** `null` for a file that is there and plays. */
  readonly mark: FileMark | null;
  /** What can be done with it, in the words of `capabilitiesOf`. */
  readonly can: string;
  /** Its prompt and facts, a line for each. */
  readonly about: string;
  /** The file, as an address that this webview may read; `null` for one that is not where it was. */
  readonly source: string | null;
  /** Whether its first frame shall be sent, which is not kept yet. */
  readonly wantsThumbnail: boolean;
}

/** The clips that the view lets through, in order. */
export interface Clips {
  readonly clips: readonly SheetClip[];
  /** How many there are without a filter. */
  readonly total: number;
  /** The models of all clips, and what people call them, in the order of the alphabet. */
  readonly models: readonly (readonly [model: string, name: string])[];
}

/** How long ago clips became ready, in words. */
export type Ages = readonly (readonly [key: number, age: string])[];

export type ToSheet =
  | { readonly type: 'start'; readonly words: SheetWords; readonly view: SheetView }
  /** Comes again when there is something new to say. */
  | { readonly type: 'clips'; readonly clips: Clips; readonly ages: Ages }
  /** Time has passed: those that read differently now. */
  | { readonly type: 'ages'; readonly ages: Ages };

export type FromSheet =
  | { readonly type: 'ready' }
  /** The person looks at the sheet in another way, which is kept; the clips for it come back. */
  | { readonly type: 'view'; readonly view: SheetView }
  | { readonly type: 'open'; readonly key: number }
  /** Other clips are selected, in the order of the sheet, or another one is the active one. */
  | { readonly type: 'select'; readonly keys: readonly number[]; readonly active: number | null }
  | { readonly type: 'compare' | 'saveAs'; readonly keys: readonly number[] }
  | { readonly type: 'track' }
  /** The first frame of a clip, as `isThumbnail` says. */
  | { readonly type: 'thumbnail'; readonly key: number; readonly picture: Uint8Array<ArrayBuffer> }
  /** There is no first frame; the reason is the browser's own. */
  | { readonly type: 'frameFailed'; readonly key: number; readonly reason: string };

/** Checks what arrived from the page: the page is ours, but what runs in it reads untrusted files. */
export function isFromSheet(message: unknown): message is FromSheet {
  if (!isRecord(message)) {
    return false;
  }
  switch (message.type) {
    case 'ready':
    case 'track':
      return true;
    case 'view':
      return isSheetView(message.view);
    case 'select':
      return areKeys(message.keys) && (message.active === null || Number.isSafeInteger(message.active));
    case 'compare':
    case 'saveAs':
      return areKeys(message.keys);
    case 'open':
      return Number.isSafeInteger(message.key);
    case 'thumbnail':
      return Number.isSafeInteger(message.key) && isThumbnail(message.picture);
    case 'frameFailed':
      return Number.isSafeInteger(message.key) && typeof message.reason === 'string';
    default:
      return false;
  }
}

function areKeys(keys: unknown): boolean {
  return Array.isArray(keys) && keys.every(key => Number.isSafeInteger(key));
}

/** Checks what was remembered, or said by the page. */
export function isSheetView(view: unknown): view is SheetView {
  return (
    isRecord(view) &&
    typeof view.size === 'number' &&
    view.size >= TILE_SIZES.least &&
    view.size <= TILE_SIZES.most &&
    (view.model === null || typeof view.model === 'string') &&
    typeof view.text === 'string' &&
    view.text.length <= LONGEST_FILTER &&
    (view.sort === undefined || SHEET_SORTS.some(sort => sort === view.sort))
  );
}
