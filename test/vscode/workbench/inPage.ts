import type { Locator } from 'playwright-core';

/**
 * Evaluates `source`, a function of elements as source text, on all elements of a locator at once; none is waited for. A function
 * that is handed to playwright by itself cannot refer to a second one; a text can hold them all. (The page forbids `eval`, not
 * this.)
 */
export async function evaluateOnAll<T>(locator: Locator, source: string): Promise<T> {
  const inPage = await locator.page().evaluateHandle<(elements: Element[]) => T>(source);
  try {
    return await locator.evaluateAll((elements, run) => run(elements as Element[]), inPage);
  } finally {
    await inPage.dispose();
  }
}

/** Matches a text that is nothing more and nothing less than this, but for space around it. */
export function wholeText(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}
