import { create, icon, themeColour } from '../player/dom.ts';
import { isIconName } from '../player/iconNames.ts';
import type { FileMark, SheetClip, SheetWords } from '../sheetProtocol.ts';
import type { ClipWithFile, Frame } from './frames.ts';

/** A clip's place in the sheet: its picture with its length, and its name, model and age below. */
export interface Tile {
  readonly element: HTMLElement;
  readonly picture: HTMLElement;
  readonly clip: SheetClip;
  readonly index: number;
  /** Shows what came of the first frame so far. */
  showFrame(frame: Frame): void;
  /** Time has passed. */
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
  const picture = create('div', { className: 'picture' }, still, ...(clip.length === null ? [] : [length]));
  const note = create('span', { className: 'note' });
  const when = create('span', { className: 'age' }, age);
  const element = create(
    'div',
    { className: 'tile', role: 'gridcell', id: tileId(clip), title: clip.about },
    picture,
    create('div', { className: 'name' }, ...(clip.isNew ? [newMark(words)] : []), clip.name),
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
  return { element, picture, clip, index, showFrame, showAge };
}

/** What stands below the name: the model, or what is to be known of the file first. */
function noteOf({ mark, note }: SheetClip, hasNoFrame: boolean, words: SheetWords): (Node | string)[] {
  if (mark) {
    // Where there is no picture, the icon stands in its place.
    return hasNoFrame ? [mark.text] : [colouredSignOf(mark), mark.text];
  }
  return [hasNoFrame ? words.noPicture : note];
}

/** The icon of a row whose file is so; a warning of a file that has no picture. */
function signOf(mark: FileMark | null): SVGElement {
  const name = mark?.icon ?? '';
  return icon(isIconName(name) ? name : 'warning');
}

function colouredSignOf(mark: FileMark): SVGElement {
  const made = signOf(mark);
  made.style.color = themeColour(mark.colour);
  return made;
}

/** A dot, as in the list; spoken as a word. */
function newMark({ unseen }: SheetWords): HTMLElement {
  const mark = create('span', { className: 'new', role: 'img', title: unseen });
  mark.ariaLabel = unseen;
  return mark;
}

/** The element's name on the page. */
export function tileId({ key }: SheetClip): string {
  return `clip-${key}`;
}

export function hasFile(clip: SheetClip): clip is ClipWithFile {
  return clip.source !== null;
}
