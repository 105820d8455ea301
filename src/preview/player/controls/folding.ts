import type { Fold } from './menuButton.ts';

/** Marks an element that a narrow bar moves into its menu (folds.css). */
export function folding<T extends HTMLElement>(fold: Fold, element: T): T {
  element.dataset.fold = fold;
  return element;
}
