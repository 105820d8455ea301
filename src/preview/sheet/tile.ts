import { decisionIn } from '../decision.ts';
import { create, icon, themeColour } from '../player/dom.ts';
import { isIconName, type IconName } from '../player/iconNames.ts';
import type { FileMark, SheetClip, SheetWords } from '../sheetProtocol.ts';
import type { ClipWithFile, Frame } from './frames.ts';

/** A clip in the sheet: its thumbnail with its duration, and its name, model and age below. */
export interface Tile {
  readonly element: HTMLElement;
  readonly thumbnail: HTMLElement;
  readonly clip: SheetClip;
  readonly index: number;
  /** Shows the first frame, or its state. */
  showFrame(frame: Frame): void;
  /** Updates the age. */
  showAge(age: string): void;
}

/** `age`: how long ago the clip became ready. */
export function makeTile(
  clip: SheetClip,
  index: number,
  column: number,
  words: SheetWords,
  age: string,
): Tile {
  const still = create('div', { className: 'still' });
  const length = create('div', { className: 'length' }, clip.length ?? '');
  const thumbnail = create(
    'div',
    { className: 'thumbnail' },
    still,
    ...(clip.length === null ? [] : [length]),
  );
  const note = create('span', { className: 'note' });
  const when = create('span', { className: 'age' }, age);
  const element = create(
    'div',
    {
      className: decisionIn(clip.can) === 'rejected' ? 'tile rejected' : 'tile',
      role: 'gridcell',
      id: tileId(clip),
      title: clip.about,
    },
    thumbnail,
    create('div', { className: 'name' }, ...marksOf(clip, words), clip.name),
    create('div', { className: clip.mark ? 'more marked' : 'more' }, note, when),
  );
  element.ariaSelected = 'false';
  element.ariaColIndex = String(column + 1);
  let noted: boolean | undefined;
  const showFrame = (frame: Frame): void => {
    const hasNoFrame = clip.source === null || frame === 'failed';
    if (hasNoFrame !== noted) {
      noted = hasNoFrame;
      note.replaceChildren(...noteOf(clip, hasNoFrame, words));
    }
    const content = hasNoFrame ? signOf(clip.mark) : frame;
    if (content) {
      still.replaceChildren(content);
    }
  };
  const showAge = (text: string): void => {
    when.textContent = text;
  };
  showFrame(undefined);
  return { element, thumbnail, clip, index, showFrame, showAge };
}

/** The line below the name: what is wrong with the file or, if nothing is, the model. */
function noteOf({ mark, note }: SheetClip, hasNoFrame: boolean, words: SheetWords): (Node | string)[] {
  if (mark) {
    // Without a frame, the icon replaces the thumbnail.
    return hasNoFrame ? [mark.text] : [colouredSignOf(mark), mark.text];
  }
  return [hasNoFrame ? words.noThumbnail : note];
}

/** The icon of the file's problem, as in the row; a warning for a file without a frame. */
function signOf(mark: FileMark | null): SVGElement {
  const name = mark?.icon ?? '';
  return icon(isIconName(name) ? name : 'warning');
}

function colouredSignOf(mark: FileMark): SVGElement {
  const made = signOf(mark);
  made.style.color = themeColour(mark.colour);
  return made;
}

/** What stands before the name: whether it is new, and what a person has decided. */
function marksOf(clip: SheetClip, words: SheetWords): HTMLElement[] {
  const decision = decisionIn(clip.can);
  return [
    ...(clip.isNew ? [newMark(words)] : []),
    ...(decision === 'picked' ? [decisionMark('star-full', 'star', words.picked)] : []),
    ...(decision === 'rejected' ? [decisionMark('circle-slash', 'slash', words.rejected)] : []),
  ];
}

function decisionMark(name: IconName, className: string, label: string): HTMLElement {
  const mark = create('span', { className, role: 'img', title: label }, icon(name));
  mark.ariaLabel = label;
  return mark;
}

/** The dot of new clips, as in the list, with a label for screen readers. */
function newMark({ unseen }: SheetWords): HTMLElement {
  const mark = create('span', { className: 'new', role: 'img', title: unseen });
  mark.ariaLabel = unseen;
  return mark;
}

/** The element's ID. */
export function tileId({ key }: SheetClip): string {
  return `clip-${key}`;
}

export function hasFile(clip: SheetClip): clip is ClipWithFile {
  return clip.source !== null;
}
