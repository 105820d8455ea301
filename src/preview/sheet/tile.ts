import { create, icon } from '../player/dom.ts';
import type { SheetClip, SheetWords } from '../sheetProtocol.ts';
import type { ClipWithFile, Frame } from './frames.ts';

/** A clip's place in the sheet: its picture with its length, and its name and model below. */
export interface Tile {
  readonly element: HTMLElement;
  readonly picture: HTMLElement;
  readonly clip: SheetClip;
  readonly index: number;
  /** Shows what came of the first frame so far. */
  showFrame(frame: Frame): void;
}

export function makeTile(clip: SheetClip, index: number, column: number, words: SheetWords): Tile {
  const still = create('div', { className: 'still' });
  const length = create('div', { className: 'length' }, clip.length ?? '');
  const picture = create('div', { className: 'picture' }, still, ...(clip.length === null ? [] : [length]));
  const note = create('div', { className: 'note' });
  const element = create(
    'div',
    { className: 'tile', role: 'gridcell', id: tileId(clip), title: clip.about },
    picture,
    create('div', { className: 'name' }, ...(clip.isNew ? [newMark(words)] : []), clip.name),
    note,
  );
  element.ariaSelected = 'false';
  element.ariaColIndex = String(column + 1);
  const showFrame = (frame: Frame): void => {
    const problem = clip.source === null ? words.missing : frame === 'failed' ? words.noPicture : '';
    note.textContent = problem === '' ? clip.note : problem;
    const content = problem === '' ? frame : icon('warning');
    still.replaceChildren(...(content instanceof Element ? [content] : []));
  };
  showFrame(undefined);
  return { element, picture, clip, index, showFrame };
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
