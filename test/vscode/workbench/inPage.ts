import type { Locator } from 'playwright-core';

/**
 * Evaluates `source`, a function of one element as source text, on the element of a locator. A function that is handed to
 * playwright by itself cannot refer to a second one; a text can hold them all. (The page forbids `eval`, not this.)
 */
export async function evaluateOn<T>(locator: Locator, source: string): Promise<T> {
  const inPage = await locator.page().evaluateHandle<(element: Element) => T>(source);
  try {
    return await locator.evaluate((element, run) => run(element as Element), inPage);
  } finally {
    await inPage.dispose();
  }
}

/** The same for all elements of a locator at once. */
export async function evaluateOnAll<T>(locator: Locator, source: string): Promise<T> {
  const inPage = await locator.page().evaluateHandle<(elements: Element[]) => T>(source);
  try {
    return await locator.evaluateAll((elements, run) => run(elements as Element[]), inPage);
  } finally {
    await inPage.dispose();
  }
}
