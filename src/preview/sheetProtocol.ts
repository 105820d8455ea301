/** The messages between the contact sheet page and the extension. The page sends the first one, `ready`. */

import { isTakeVerb, type TakeVerb } from './decision.ts';
import { isRecord } from './protocol.ts';
import { isThumbnail } from './thumbnail.ts';

/** Every string that the page shows, in VS Code's display language. The page fills in `{0}`. */
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
  /** The mark of a clip that was not viewed yet. */
  readonly unseen: string;
  readonly picked: string;
  readonly rejected: string;
  readonly pick: string;
  readonly unpick: string;
  readonly noThumbnail: string;
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

/** The limits and the step of a tile's width, CSS pixels. */
export const TILE_SIZES = { least: 120, most: 360, step: 20 } as const;

/** The longest filter, characters. */
export const LONGEST_FILTER = 1_000;

/** The sort orders; `list`: the order of the list; `shot`: by shot, under headings, in the order of the takes. */
export const SHEET_SORTS = ['list', 'shot', 'newest', 'oldest', 'name', 'duration'] as const;
export type SheetSort = (typeof SHEET_SORTS)[number];

/** The view settings of the sheet. */
export interface SheetView {
  /** The minimum width of a tile, CSS pixels; tiles grow to fill their row. */
  readonly size: number;
  /** Shows only clips of this model; `null` for all. */
  readonly model: string | null;
  /** The words that a shown clip must match; '' for all clips. */
  readonly text: string;
  /** `list` if absent, as in settings stored by earlier versions. */
  readonly sort?: SheetSort;
}

export const SHEET_AT_FIRST: SheetView = { size: 200, model: null, text: '' };

/** What is wrong with a clip's file, as in its row in the list. */
export interface FileMark {
  /** A codicon, and the ID of its theme colour; `null` for the text colour. */
  readonly icon: string;
  readonly colour: string | null;
  readonly text: string;
}

/** A finished clip. */
export interface SheetClip {
  /** The task's key. */
  readonly key: number;
  readonly name: string;
  /** The line below the name: the display name of the model. */
  readonly note: string;
  /** The duration, such as `0:08`; `null` if unknown. */
  readonly length: string | null;
  /** Whether it was not viewed yet. */
  readonly isNew: boolean;
  /** `null` for a file that exists and plays. */
  readonly mark: FileMark | null;
  /** Its capabilities, the words of `capabilitiesOf`. */
  readonly can: string;
  /** Its prompt and properties, one per line. */
  readonly about: string;
  /** The URL that this webview loads the file from; `null` if the file no longer exists. */
  readonly source: string | null;
  /** Whether the page is to send its first frame, because no thumbnail is stored yet. */
  readonly wantsThumbnail: boolean;
}

/** What stands above the clips of a shot. */
export interface SheetHeading {
  /** The index of its first clip. */
  readonly at: number;
  readonly title: string;
  /** Its takes in a few words, also those without a clip. */
  readonly note: string;
}

/** The clips that match the filters, in order. */
export interface Clips {
  readonly clips: readonly SheetClip[];
  /** In the order of their clips; empty unless the clips are sorted by shot. */
  readonly headings: readonly SheetHeading[];
  /** The number of clips without any filter. */
  readonly total: number;
  /** The models of all clips with their display names, sorted by name. */
  readonly models: readonly (readonly [model: string, name: string])[];
}

/** How long ago clips became ready, in words. */
export type Ages = readonly (readonly [key: number, age: string])[];

export type ToSheet =
  | { readonly type: 'start'; readonly words: SheetWords; readonly view: SheetView }
  /** Sent again when something has changed. */
  | { readonly type: 'clips'; readonly clips: Clips; readonly ages: Ages }
  /** The ages that read differently now. */
  | { readonly type: 'ages'; readonly ages: Ages };

export type FromSheet =
  | { readonly type: 'ready' }
  /** Other view settings, which are stored; the extension replies with the clips. */
  | { readonly type: 'view'; readonly view: SheetView }
  | { readonly type: 'open'; readonly key: number }
  /** The new selection, in the order of the sheet, and the active clip. */
  | { readonly type: 'select'; readonly keys: readonly number[]; readonly active: number | null }
  | { readonly type: 'compare' | 'saveAs'; readonly keys: readonly number[] }
  /** To be done with clips. */
  | { readonly type: 'take'; readonly verb: TakeVerb; readonly keys: readonly number[] }
  | { readonly type: 'track' }
  /** The first frame of a clip; `isThumbnail` checks it. */
  | { readonly type: 'thumbnail'; readonly key: number; readonly jpeg: Uint8Array<ArrayBuffer> }
  /** The first frame cannot be decoded; the reason is the browser's error message. */
  | { readonly type: 'frameFailed'; readonly key: number; readonly reason: string };

/** Checks a message from the page. The page is ours, but the files that it reads are untrusted. */
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
    case 'take':
      return areKeys(message.keys) && isTakeVerb(message.verb);
    case 'open':
      return Number.isSafeInteger(message.key);
    case 'thumbnail':
      return Number.isSafeInteger(message.key) && isThumbnail(message.jpeg);
    case 'frameFailed':
      return Number.isSafeInteger(message.key) && typeof message.reason === 'string';
    default:
      return false;
  }
}

function areKeys(keys: unknown): boolean {
  return Array.isArray(keys) && keys.every(key => Number.isSafeInteger(key));
}

/** Checks view settings that were stored or sent by the page. */
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
