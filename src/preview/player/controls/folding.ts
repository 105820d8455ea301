import type { Fold } from './menuButton.ts';

/** Marks what a narrow bar gives up, and has in its menu (folds.css). */
export function folding<T extends HTMLElement>(fold: Fold, element: T): T {
  element.dataset.fold = fold;
  return element;
}
