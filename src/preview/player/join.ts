import { rejectedBy } from './abort.ts';

/** How two elements that play are to meet, in s; a meeting that fails tells better figures. */
interface Plan {
  /** So far ahead of the one that shows the other one waits: it has to be there before. */
  readonly lead: number;
  /** So long it takes from `play()` until the other one runs. */
  readonly start: number;
  /** What they may differ by; more each time, so that they meet in the end. */
  readonly tolerance: number;
}

/** The tolerance is less than a frame of film (1/24 s), so no picture is skipped and none comes again. */
const FIRST_PLAN: Plan = { lead: 0.3, start: 0.08, tolerance: 0.025 };

/**
 * Puts a second element with the same clip, to be found at `address`, in the place of one that shows it now: at the same spot,
 * playing or not as that does, with its volume, speed and attributes. The first one goes on showing until the second one has
 * a picture, so it is never dark between them. Rejects when the clip at the address cannot be played, and when it is aborted;
 * the first element is then as it was.
 */
export async function join(
  showing: HTMLVideoElement,
  address: string,
  signal: AbortSignal,
): Promise<HTMLVideoElement> {
  const next = showing.cloneNode() as HTMLVideoElement;
  try {
    next.autoplay = false;
    next.preload = 'auto';
    // It is heard when it has met the other one, not while it tries to.
    next.muted = true;
    next.src = address;
    // Below the one that shows: the later one in the stage is the upper one.
    showing.before(next);
    await event(next, 'loadeddata', signal);
    let plan: Plan | null = FIRST_PLAN;
    while (plan) {
      plan = await meet(showing, next, plan, signal);
    }
    await replace(showing, next, signal);
    return next;
  } catch (error) {
    empty(next);
    throw error;
  }
}

/** Resolves when an element has its first picture, or will have none. Rejects when it is aborted. */
export async function hasSettled(element: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  if (element.readyState < HTMLMediaElement.HAVE_CURRENT_DATA && !element.error) {
    await event(element, 'loadeddata', signal).catch(() => undefined);
    signal.throwIfAborted();
  }
}

/** Brings the second element to where the first one is. Gives another plan where they have not met, `null` where they have. */
async function meet(
  showing: HTMLVideoElement,
  next: HTMLVideoElement,
  plan: Plan,
  signal: AbortSignal,
): Promise<Plan | null> {
  next.pause();
  if (!isRunning(showing)) {
    const spot = showing.currentTime;
    await seek(next, spot, signal);
    return isRunning(showing) || showing.seeking || showing.currentTime !== spot ? plan : null;
  }
  const rate = showing.playbackRate;
  const spot = showing.currentTime + plan.lead * rate;
  const begun = performance.now();
  await seek(next, Math.min(spot, next.duration), signal);
  // More than half the clip is no lead any more; then they meet as near as they can.
  const longestLead = next.duration / 2 / rate;
  if (showing.currentTime > spot - plan.start * rate && plan.lead < longestLead) {
    const taken = (performance.now() - begun) / 1000;
    return { ...plan, lead: Math.min(taken * 1.5 + plan.start, longestLead) };
  }
  if (!(await reaches(showing, spot - plan.start * rate, signal))) {
    return plan;
  }
  next.playbackRate = rate;
  await next.play();
  await frame(next, signal);
  const behind = (showing.currentTime - next.currentTime) / rate;
  const haveMet = isRunning(showing) && Math.abs(behind) <= plan.tolerance;
  return haveMet ? null : { ...plan, start: plan.start + behind, tolerance: plan.tolerance * 2 };
}

function isRunning(element: HTMLVideoElement): boolean {
  return !element.paused && !element.ended;
}

/** Whether an element plays on to a time, without being stopped or sought. */
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
    // Where the browser does not hand its little window on, it closes with the element it showed.
    await next.requestPictureInPicture().catch(() => undefined);
    // Another clip may have been loaded meanwhile.
    signal.throwIfAborted();
  }
  if (document.activeElement === showing) {
    next.focus();
  }
  empty(showing);
}

/** Takes an element out of the page and lets go of what it has loaded. */
function empty(element: HTMLVideoElement): void {
  element.remove();
  element.removeAttribute('src');
  element.load();
}

/** Goes to a time and has its picture painted. Where that is the picture of before, no frame callback tells of it. */
async function seek(element: HTMLVideoElement, time: number, signal: AbortSignal): Promise<void> {
  const seeked = event(element, 'seeked', signal);
  element.currentTime = time;
  await seeked;
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  signal.throwIfAborted();
}

/** Waits until an element shows another frame. */
function frame(element: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    rejectedBy(signal, reject);
    element.requestVideoFrameCallback(() => {
      resolve();
    });
  });
}

/** Waits for an event of an element; rejects with the element's error. */
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
