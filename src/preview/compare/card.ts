import type { ComparedClip, CompareWords } from '../compareProtocol.ts';
import { decisionIn } from '../decision.ts';
import { pageContext } from '../pageContext.ts';
import { codecName } from '../player/details.ts';
import { create, icon, filled } from '../player/dom.ts';
import { firstFrameOf } from '../player/thumbnail.ts';
import type { ClipSource } from '../player/media/clipSource.ts';
import { CardHeader, type CardState } from './cardHeader.ts';
import { host } from './host.ts';
import { Member } from './member.ts';
import type { Rect } from './arrange.ts';
import type { IconName } from '../player/iconNames.ts';

/** What the buttons of a clip do. */
export interface CardVerbs {
  activate(card: Card): void;
  solo(card: Card): void;
  /** Swaps it with the previous or next clip. */
  move(card: Card, by: 1 | -1): void;
  /** Picks it, or takes that back. */
  pick(card: Card): void;
}

/** Assumed until the clip is loaded. */
const USUAL_ASPECT = 16 / 9;

/** A clip with its name and buttons. Dispatches `aspect` when the aspect ratio of its video has changed. */
export class Card extends EventTarget {
  readonly key: number;
  readonly element: HTMLElement;
  readonly member: Member;
  private readonly words: CompareWords;
  private readonly header: CardHeader;
  private readonly sign = create('div', { className: 'sign' });
  private readonly message = create('p', { className: 'message', role: 'status' });
  private clip: ComparedClip;
  /** Its position among the clips. */
  private position = { isFirst: true, isLast: true };
  /** The URL of the file that is loaded, or has failed to load. */
  private loaded: string | undefined;

  constructor(clip: ComparedClip, words: CompareWords, verbs: CardVerbs, audio: ClipSource) {
    super();
    this.key = clip.key;
    this.clip = clip;
    this.words = words;
    this.header = new CardHeader(words, {
      listen: () => {
        verbs.activate(this);
      },
      solo: () => {
        verbs.solo(this);
      },
      moveBack: () => {
        verbs.move(this, -1);
      },
      moveOn: () => {
        verbs.move(this, 1);
      },
      pick: () => {
        verbs.pick(this);
      },
    });
    const video = create('video', { crossOrigin: 'anonymous', playsInline: true });
    const stage = create('div', { className: 'stage' }, video);
    this.element = create('article', { className: 'clip', draggable: true }, this.header.element, stage);
    this.member = new Member(stage, audio);
    stage.append(create('div', { className: 'overlay' }, this.sign, this.message));
    this.element.addEventListener('click', event => {
      if (!(event.target instanceof Element && event.target.closest('button'))) {
        verbs.activate(this);
      }
    });
    stage.addEventListener('dblclick', () => {
      verbs.solo(this);
    });
    this.followPlayback();
    this.show(clip);
  }

  /** Width divided by height. */
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
    this.header.name = clip.name;
    if (clip.content.kind === 'clip') {
      // A file that has failed to load is not tried again.
      if (clip.content.source !== before) {
        this.enter('loading', this.words.loading, 'blank');
      }
      this.member.load(clip.content.source);
    } else {
      this.member.load(undefined);
      this.enter('error', clip.content.why, 'warning');
    }
  }

  update(state: CardState): void {
    const { position, count, isActive, isSolo } = state;
    this.position = { isFirst: position === 0, isLast: position === count - 1 };
    this.drawMenu();
    this.header.update(state);
    this.drawDecision(position);
    this.element.classList.toggle('active', isActive);
    this.element.inert = isSolo && !isActive;
  }

  /** The star, and what a screen reader says of the clip. */
  private drawDecision(position: number): void {
    const { words, clip } = this;
    const decision = decisionIn(clip.words);
    this.header.decision = decision;
    this.element.classList.toggle('rejected', decision === 'rejected');
    const said = decision === 'picked' ? words.picked : decision === 'rejected' ? words.rejected : '';
    this.element.ariaLabel = [`${position + 1}: ${clip.name}`, said].filter(text => text !== '').join(', ');
  }

  /** Updates the context of VS Code's menu. */
  private drawMenu(): void {
    const { isFirst, isLast } = this.position;
    const words = [
      this.clip.words,
      isFirst ? '' : 'hasPrevious',
      isLast ? '' : 'hasNext',
      this.element.dataset.state === 'ready' ? 'shown' : '',
    ];
    this.element.dataset.vscodeContext = pageContext([this.key], words.filter(word => word !== '').join(' '));
  }

  moveTo({ left, top, width, height }: Rect): void {
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
    playback.addEventListener('decided', () => {
      const { unplayable, element } = playback;
      if (unplayable) {
        fail(
          filled(this.words.unsupportedVideo, codecName(unplayable.codec)),
          `No decoder for ${unplayable.codec}`,
        );
      } else if (element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
        appear();
      }
    });
  }

  private async sendThumbnail(): Promise<void> {
    const jpeg = await firstFrameOf(this.member.playback);
    if (jpeg) {
      host.postMessage({ type: 'thumbnail', key: this.key, jpeg });
    }
  }

  /** The style sheet decides what each state shows. */
  private enter(state: 'loading' | 'ready' | 'error', text: string, iconName: IconName): void {
    this.element.dataset.state = state;
    this.drawMenu();
    this.sign.replaceChildren(icon(iconName));
    this.message.textContent = text;
  }
}
