import type { Page } from 'playwright-core';

/** What stood on the screen at one moment, in one frame. */
export interface Moment {
  /** What a screen reader says of the rows of the view's tree that are drawn. */
  readonly rows: readonly string[];
  /** The text of the status bar item; '' where there is none. */
  readonly item: string;
  /** The number on the icon of the view's container; '' without one. */
  readonly badge: string;
}

interface Watching {
  moments: Moment[];
  frame: number;
}

/** Begins to note in each frame what the first tree of the sidebar, a status bar item (by the end of its id) and a container's badge say. */
export async function watchMoments(page: Page, itemId: string, container: string): Promise<void> {
  await page.evaluate(watch, { itemId, container });
}

/** What was noted since, each moment that differs from the one before it; ends the watch. */
export async function seenMoments(page: Page): Promise<Moment[]> {
  return page.evaluate(() => {
    const { watchedMoments: watching } = globalThis as { watchedMoments?: Watching };
    cancelAnimationFrame(watching?.frame ?? 0);
    return watching?.moments ?? [];
  });
}

/** Runs in the page: refers to nothing outside. */
function watch({ itemId, container }: { itemId: string; container: string }): void {
  const watching: Watching = { moments: [], frame: 0 };
  (globalThis as { watchedMoments?: Watching }).watchedMoments = watching;
  const textOf = (element: Element | null | undefined): string => element?.textContent.trim() ?? '';
  let last = '';
  const look = (): void => {
    const icon = document.querySelector(`.activitybar a.action-label[aria-label^="${container}"]`);
    const badge = icon?.closest('.action-item')?.querySelector<HTMLElement>('.badge');
    const moment = {
      rows: [...document.querySelectorAll<HTMLElement>('.sidebar .monaco-list .monaco-list-row')]
        .sort((a, b) => Number(a.dataset.index) - Number(b.dataset.index))
        .map(row => row.getAttribute('aria-label') ?? ''),
      item: textOf(document.querySelector(`.statusbar-item[id$="${itemId}"]`)),
      badge: badge?.offsetParent ? textOf(badge) : '',
    };
    const text = JSON.stringify(moment);
    if (text !== last) {
      last = text;
      watching.moments.push(moment);
    }
    watching.frame = requestAnimationFrame(look);
  };
  look();
}
