import { rejectedBy } from './abort.ts';

/** How to bring a second, playing element in sync, s. Each failed attempt gives better values for the next. */
interface SyncPlan {
  /** How far ahead of the visible element the second one seeks and waits: it must get there first. */
  readonly lead: number;
  /** How long the second element takes from `play()` until it runs. */
  readonly start: number;
  /** The largest accepted difference. It grows with each attempt, so that one succeeds in the end. */
  readonly tolerance: number;
}

/** The tolerance is less than a frame at 24 fps, so that no frame is skipped or repeated. */
const FIRST_PLAN: SyncPlan = { lead: 0.3, start: 0.08, tolerance: 0.025 };

/**
 * Replaces a video element by a second one with the same clip from another URL, without interruption: same position, playback
 * state, volume, speed and attributes. The first element stays visible until the second one shows the same frame. Resolves to the
 * second element. Rejects if the clip at `address` cannot be played, and when aborted; the first element then stays as it was.
 */
export async function swapVideo(
  showing: HTMLVideoElement,
  address: string,
  signal: AbortSignal,
): Promise<HTMLVideoElement> {
  const next = showing.cloneNode() as HTMLVideoElement;
  try {
    next.autoplay = false;
    next.preload = 'auto';
    // Muted until it is in sync.
    next.muted = true;
    next.src = address;
    // Behind the visible element: later siblings are painted on top.
    showing.before(next);
    await event(next, 'loadeddata', signal);
    let plan: SyncPlan | null = FIRST_PLAN;
    while (plan) {
      plan = await synchronize(showing, next, plan, signal);
    }
    await replace(showing, next, signal);
    return next;
  } catch (error) {
    empty(next);
    throw error;
  }
}

/** Resolves once an element shows its first frame, or has failed to load. Rejects when aborted. */
export async function firstFrameOrError(element: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  if (element.readyState < HTMLMediaElement.HAVE_CURRENT_DATA && !element.error) {
    await event(element, 'loadeddata', signal).catch(() => undefined);
    signal.throwIfAborted();
  }
}

/** Seeks the second element to the position of the first. Resolves to the next plan, or to `null` once they are in sync. */
async function synchronize(
  showing: HTMLVideoElement,
  next: HTMLVideoElement,
  plan: SyncPlan,
  signal: AbortSignal,
): Promise<SyncPlan | null> {
  next.pause();
  if (!isRunning(showing)) {
    const position = showing.currentTime;
    await seek(next, position, signal);
    return isRunning(showing) || showing.seeking || showing.currentTime !== position ? plan : null;
  }
  const rate = showing.playbackRate;
  const position = showing.currentTime + plan.lead * rate;
  const begun = performance.now();
  await seek(next, Math.min(position, next.duration), signal);
  // More than half of the clip is no useful lead; then the elements get as close as they can.
  const longestLead = next.duration / 2 / rate;
  if (showing.currentTime > position - plan.start * rate && plan.lead < longestLead) {
    const taken = (performance.now() - begun) / 1000;
    return { ...plan, lead: Math.min(taken * 1.5 + plan.start, longestLead) };
  }
  if (!(await reaches(showing, position - plan.start * rate, signal))) {
    return plan;
  }
  next.playbackRate = rate;
  await next.play();
  await frame(next, signal);
  const behind = (showing.currentTime - next.currentTime) / rate;
  const isInSync = isRunning(showing) && Math.abs(behind) <= plan.tolerance;
  return isInSync ? null : { ...plan, start: plan.start + behind, tolerance: plan.tolerance * 2 };
}

function isRunning(element: HTMLVideoElement): boolean {
  return !element.paused && !element.ended;
}

/** Whether an element plays on to a time (s), without being paused or seeking. */
async function reaches(element: HTMLVideoElement, time: number, signal: AbortSignal): Promise<boolean> {
  for (let last = element.currentTime; last < time; last = element.currentTime) {
    await new Promise(requestAnimationFrame);
    signal.throwIfAborted();
    if (!isRunning(element) || element.seeking || element.currentTime < last) {
      return false;
    }
  }
  return true;
}

async function replace(
  showing: HTMLVideoElement,
  next: HTMLVideoElement,
  signal: AbortSignal,
): Promise<void> {
  next.loop = showing.loop;
  next.volume = showing.volume;
  next.muted = showing.muted;
  next.playbackRate = showing.playbackRate;
  if (document.pictureInPictureElement === showing) {
    // If the browser doesn't hand over picture-in-picture, its window closes with the first element.
    await next.requestPictureInPicture().catch(() => undefined);
    // Another clip may have been loaded in the meantime.
    signal.throwIfAborted();
  }
  if (document.activeElement === showing) {
    next.focus();
  }
  empty(showing);
}

/** Removes an element from the page and releases what it has loaded. */
function empty(element: HTMLVideoElement): void {
  element.remove();
  element.removeAttribute('src');
  element.load();
}

/** Seeks to a time (s) and waits until its frame is painted. There is no frame callback if the frame has not changed. */
async function seek(element: HTMLVideoElement, time: number, signal: AbortSignal): Promise<void> {
  const seeked = event(element, 'seeked', signal);
  element.currentTime = time;
  await seeked;
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  signal.throwIfAborted();
}

/** Waits until an element shows its next frame. */
function frame(element: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    rejectedBy(signal, reject);
    element.requestVideoFrameCallback(() => {
      resolve();
    });
  });
}

/** Waits for an event of an element. Rejects with the element's error, and when aborted. */
function event(element: HTMLVideoElement, type: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    rejectedBy(signal, reject);
    element.addEventListener(
      type,
      () => {
        resolve();
      },
      { once: true },
    );
    element.addEventListener(
      'error',
      () => {
        reject(new Error(element.error?.message));
      },
      { once: true },
    );
  });
}
