import type { ComparedClip, CompareWords } from '../compareProtocol.ts';
import { pageContext } from '../pageContext.ts';
import { codecName } from '../player/details.ts';
import { create, icon, filled } from '../player/dom.ts';
import { keySign } from '../player/keys.ts';
import { firstFrameOf } from '../player/thumbnail.ts';
import type { SoundSource } from '../player/sound/source.ts';
import { host } from './host.ts';
import { Member } from './member.ts';
import type { Place } from './arrange.ts';
import type { IconName } from '../player/iconNames.ts';
import { HEAR_VERBS } from './verbs.ts';

/** What can be done with one clip by its own buttons. */
export interface CardVerbs {
  hear(card: Card): void;
  solo(card: Card): void;
  /** Exchanges it with the clip before or after it. */
  move(card: Card, by: 1 | -1): void;
}

/** A clip of which nothing is known yet is as wide as most. */
const USUAL_ASPECT = 16 / 9;

/** One clip with its name and buttons. Tells of `aspect` when its picture has another shape. */
export class Card extends EventTarget {
  readonly key: number;
  readonly element: HTMLElement;
  readonly member: Member;
  private readonly words: CompareWords;
  private readonly number = create('span', { className: 'number' });
  private readonly name = create('h2');
  private readonly sign = create('div', { className: 'sign' });
  private readonly message = create('p', { className: 'message', role: 'status' });
  private readonly buttons: Readonly<Record<'hear' | 'back' | 'on' | 'solo', HTMLButtonElement>>;
  private clip: ComparedClip;
  /** Where it stands among the others. */
  private place = { isFirst: true, isLast: true };
  /** The file that is shown, or was to be. */
  private loaded: string | undefined;

  constructor(clip: ComparedClip, words: CompareWords, verbs: CardVerbs, sound: SoundSource) {
    super();
    this.key = clip.key;
    this.clip = clip;
    this.words = words;
    this.buttons = {
      hear: this.button('mute', '', '', () => {
        verbs.hear(this);
      }),
      back: this.button('arrow-left', words.moveBack, 'Shift+X', () => {
        verbs.move(this, -1);
      }),
      on: this.button('arrow-right', words.moveOn, 'X', () => {
        verbs.move(this, 1);
      }),
      solo: this.button('solo', words.solo, 'S', () => {
        verbs.solo(this);
      }),
    };
    const video = create('video', { crossOrigin: 'anonymous', playsInline: true });
    const stage = create('div', { className: 'stage' }, video);
    const { hear, back, on, solo } = this.buttons;
    back.classList.add('swap');
    on.classList.add('swap');
    hear.classList.add('hear');
    this.element = create(
      'article',
      { className: 'clip', draggable: true },
      create(
        'header',
        {},
        this.number,
        hear,
        this.name,
        create('span', { className: 'tools' }, back, on, solo),
      ),
      stage,
    );
    this.member = new Member(stage, sound);
    stage.append(create('div', { className: 'curtain' }, this.sign, this.message));
    this.element.addEventListener('click', event => {
      if (!(event.target instanceof Element && event.target.closest('button'))) {
        verbs.hear(this);
      }
    });
    stage.addEventListener('dblclick', () => {
      verbs.solo(this);
    });
    this.followPlayback();
    this.show(clip);
  }

  /** Width by height. */
  get aspect(): number {
    const { videoWidth, videoHeight } = this.member.playback.element;
    return videoHeight > 0 ? videoWidth / videoHeight : USUAL_ASPECT;
  }

  get shown(): ComparedClip {
    return this.clip;
  }

  show(clip: ComparedClip): void {
    const before = this.loaded;
    this.clip = clip;
    this.drawMenu();
    this.loaded = clip.content.kind === 'clip' ? clip.content.source : undefined;
    this.name.textContent = this.name.title = clip.name;
    if (clip.content.kind === 'clip') {
      // One that cannot be played stays so.
      if (clip.content.source !== before) {
        this.enter('loading', this.words.loading, 'blank');
      }
      this.member.load(clip.content.source);
    } else {
      this.member.load(undefined);
      this.enter('error', clip.content.why, 'warning');
    }
  }

  /** Says where it stands among so many, from 0, and whether it is the one that is heard, or alone. */
  stand(place: number, count: number, isHeard: boolean, isSolo: boolean): void {
    this.number.textContent = String(place + 1);
    this.place = { isFirst: place === 0, isLast: place === count - 1 };
    this.drawMenu();
    this.element.ariaLabel = `${place + 1}: ${this.clip.name}`;
    this.element.classList.toggle('heard', isHeard);
    this.element.inert = isSolo && !isHeard;
    this.buttons.hear.ariaPressed = String(isHeard);
    this.buttons.hear.replaceChildren(icon(isHeard ? 'unmute' : 'mute'));
    this.label(this.buttons.hear, this.words[HEAR_VERBS[place] ?? 'hearFirst'], String(place + 1));
    this.buttons.back.disabled = place === 0 || isSolo;
    this.buttons.on.disabled = place === count - 1 || isSolo;
    this.buttons.solo.ariaPressed = String(isSolo);
    this.label(this.buttons.solo, isSolo ? this.words.leaveSolo : this.words.solo, 'S');
  }

  /** What VS Code's menu offers. */
  private drawMenu(): void {
    const { isFirst, isLast } = this.place;
    const words = [
      this.clip.words,
      isFirst ? '' : 'hasPrevious',
      isLast ? '' : 'hasNext',
      this.element.dataset.state === 'ready' ? 'shown' : '',
    ];
    this.element.dataset.vscodeContext = pageContext([this.key], words.filter(word => word !== '').join(' '));
  }

  moveTo({ left, top, width, height }: Place): void {
    const { style } = this.element;
    style.left = `${left}px`;
    style.top = `${top}px`;
    style.width = `${width}px`;
    style.height = `${height}px`;
  }

  private followPlayback(): void {
    const { playback } = this.member;
    playback.addEventListener('loadedmetadata', () => {
      this.dispatchEvent(new Event('aspect'));
    });
    const appear = (): void => {
      if (!playback.isUndecided) {
        this.enter('ready', '', 'blank');
        host.postMessage({ type: 'shown', key: this.key });
        void this.sendThumbnail();
      }
    };
    const fail = (why: string, reason: string): void => {
      if (this.clip.content.kind === 'clip') {
        this.enter('error', why, 'warning');
        host.postMessage({ type: 'playerFailed', key: this.key, reason });
      }
    };
    playback.addEventListener('loadeddata', appear);
    playback.addEventListener('error', () => {
      fail(this.words.cannotPlay, playback.element.error?.message ?? '');
    });
    playback.addEventListener('picture', () => {
      const { unplayable, element } = playback;
      if (unplayable) {
        fail(
          filled(this.words.unplayablePicture, codecName(unplayable.codec)),
          `No picture: ${unplayable.codec}`,
        );
      } else if (element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
        appear();
      }
    });
  }

  private async sendThumbnail(): Promise<void> {
    const picture = await firstFrameOf(this.member.playback);
    if (picture) {
      host.postMessage({ type: 'thumbnail', key: this.key, picture });
    }
  }

  /** The stylesheet shows what belongs to each state. */
  private enter(state: 'loading' | 'ready' | 'error', text: string, iconName: IconName): void {
    this.element.dataset.state = state;
    this.drawMenu();
    this.sign.replaceChildren(icon(iconName));
    this.message.textContent = text;
  }

  private button(iconName: IconName, text: string, key: string, press: () => void): HTMLButtonElement {
    const button = create('button', { type: 'button', className: 'icon' }, icon(iconName));
    this.label(button, text, key);
    button.addEventListener('click', press);
    return button;
  }

  private label(button: HTMLButtonElement, text: string, key: string): void {
    button.ariaLabel = text;
    button.title = `${text} (${keySign(key, this.words.spaceKey)})`;
  }
}
