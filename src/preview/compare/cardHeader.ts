import type { CompareWords } from '../compareProtocol.ts';
import { create, icon } from '../player/dom.ts';
import type { IconName } from '../player/iconNames.ts';
import { keySign } from '../player/keys.ts';
import { HEAR_VERBS } from './verbs.ts';

/** What the buttons above a clip do. */
export type HeaderVerbs = Readonly<Record<'hear' | 'solo' | 'moveBack' | 'moveOn', () => void>>;

/** Where a clip stands among so many, from 0, and whether it is the one that is heard, or all are hidden but that one. */
export interface Standing {
  readonly place: number;
  readonly count: number;
  readonly isHeard: boolean;
  readonly isSolo: boolean;
}

/** What stands above a clip: its number, whether it is heard, its name, and its buttons. */
export class CardHeader {
  readonly element: HTMLElement;
  private readonly words: CompareWords;
  private readonly number = create('span', { className: 'number' });
  private readonly title = create('h2');
  private readonly hear: HTMLButtonElement;
  private readonly back: HTMLButtonElement;
  private readonly on: HTMLButtonElement;
  private readonly solo: HTMLButtonElement;

  constructor(words: CompareWords, verbs: HeaderVerbs) {
    this.words = words;
    this.hear = button('mute', 'hear', verbs.hear);
    this.back = button('arrow-left', 'swap', verbs.moveBack);
    this.on = button('arrow-right', 'swap', verbs.moveOn);
    this.solo = button('solo', 'solo', verbs.solo);
    this.label(this.back, words.moveBack, 'Shift+X');
    this.label(this.on, words.moveOn, 'X');
    const tools = create('span', { className: 'tools' }, this.back, this.on, this.solo);
    this.element = create('header', {}, this.number, this.hear, this.title, tools);
  }

  set name(name: string) {
    this.title.textContent = this.title.title = name;
  }

  stand({ place, count, isHeard, isSolo }: Standing): void {
    const { words, hear, back, on, solo } = this;
    this.number.textContent = String(place + 1);
    hear.ariaPressed = String(isHeard);
    hear.replaceChildren(icon(isHeard ? 'unmute' : 'mute'));
    this.label(hear, words[HEAR_VERBS[place] ?? 'hearFirst'], String(place + 1));
    back.disabled = place === 0 || isSolo;
    on.disabled = place === count - 1 || isSolo;
    solo.ariaPressed = String(isSolo);
    this.label(solo, isSolo ? words.leaveSolo : words.solo, 'S');
  }

  private label(labelled: HTMLButtonElement, text: string, key: string): void {
    labelled.ariaLabel = text;
    labelled.title = `${text} (${keySign(key, this.words.spaceKey)})`;
  }
}

function button(iconName: IconName, kind: string, press: () => void): HTMLButtonElement {
  const made = create('button', { type: 'button', className: `icon ${kind}` }, icon(iconName));
  made.addEventListener('click', event => {
    press();
    // After a click Space goes on to play and pause, and the buttons are hidden again.
    if (event.detail > 0) {
      made.blur();
    }
  });
  return made;
}
