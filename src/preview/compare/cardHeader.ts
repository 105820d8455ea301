import type { CompareWords } from '../compareProtocol.ts';
import type { Decision } from '../decision.ts';
import { create, icon } from '../player/dom.ts';
import type { IconName } from '../player/iconNames.ts';
import { keySign } from '../player/keys.ts';
import { enable, pressable, releaseAfterClick } from '../player/pressable.ts';
import { LISTEN_VERBS } from './verbs.ts';

/** What the buttons in the header do. */
export type HeaderVerbs = Readonly<Record<'listen' | 'solo' | 'moveBack' | 'moveOn' | 'pick', () => void>>;

/** The position of a clip (from 0) among `count`, whether it is the active one, and whether only that one is shown. */
export interface CardState {
  readonly position: number;
  readonly count: number;
  readonly isActive: boolean;
  readonly isSolo: boolean;
}

/** The header above a clip: its number, the speaker button, its name, and the other buttons. */
export class CardHeader {
  readonly element: HTMLElement;
  private readonly words: CompareWords;
  private readonly number = create('span', { className: 'number' });
  private readonly title = create('h2');
  private readonly listen: HTMLButtonElement;
  private readonly back: HTMLButtonElement;
  private readonly on: HTMLButtonElement;
  private readonly solo: HTMLButtonElement;
  private readonly pick: HTMLButtonElement;

  constructor(words: CompareWords, verbs: HeaderVerbs) {
    this.words = words;
    this.listen = button('mute', 'listen', verbs.listen);
    this.back = button('arrow-left', 'swap', verbs.moveBack);
    this.on = button('arrow-right', 'swap', verbs.moveOn);
    this.solo = button('solo', 'solo', verbs.solo);
    this.pick = button('star-empty', 'pick', verbs.pick);
    this.label(this.pick, words.pick, 'P');
    this.label(this.back, words.moveBack, 'Shift+X');
    this.label(this.on, words.moveOn, 'X');
    const tools = create('span', { className: 'tools' }, this.back, this.on, this.solo);
    this.element = create('header', {}, this.number, this.listen, this.pick, this.title, tools);
  }

  set name(name: string) {
    this.title.textContent = this.title.title = name;
  }

  /** `undefined` where there is nothing to decide. */
  set decision(decision: Decision | undefined) {
    const isPicked = decision === 'picked';
    this.pick.hidden = decision === undefined;
    this.pick.ariaPressed = String(isPicked);
    this.pick.replaceChildren(icon(isPicked ? 'star-full' : 'star-empty'));
  }

  update({ position, count, isActive, isSolo }: CardState): void {
    const { words, listen, back, on, solo } = this;
    this.number.textContent = String(position + 1);
    listen.ariaPressed = String(isActive);
    listen.replaceChildren(icon(isActive ? 'unmute' : 'mute'));
    this.label(listen, words[LISTEN_VERBS[position] ?? 'listenToFirst'], String(position + 1));
    enable(back, position > 0 && !isSolo);
    enable(on, position < count - 1 && !isSolo);
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
  pressable(made, press);
  // The buttons are also to be hidden again.
  releaseAfterClick(made);
  return made;
}
