import type { Locator, Page } from 'playwright-core';

/** A step of a walkthrough. */
export interface WalkthroughStep {
  readonly title: string;
  /** What it says when it is open, buttons included; '' when it is not. */
  readonly description: string;
  readonly isDone: boolean;
  readonly isOpen: boolean;
}

/** Waits for a walkthrough and reads its steps. */
export async function readSteps(page: Page): Promise<WalkthroughStep[]> {
  await stepsOf(page).first().waitFor();
  return stepsOf(page).evaluateAll(steps =>
    steps.map(step => {
      const description = step.querySelector<HTMLElement>('.step-description-container');
      return {
        title: step.querySelector('.step-title')?.textContent.trim() ?? '',
        description: description?.offsetParent ? description.innerText.trim() : '',
        isDone: step.querySelector('.codicon.complete') !== null,
        isOpen: step.classList.contains('expanded'),
      };
    }),
  );
}

/** Opens the step with this title. */
export async function openStep(page: Page, title: string): Promise<void> {
  const step = stepsOf(page).filter({ has: page.getByText(title, { exact: true }) });
  await step.locator('.step-title').click();
  await page.locator('.getting-started-step.expanded').getByText(title, { exact: true }).waitFor();
}

/** Presses a button or a link of the open step. */
export async function pressLink(page: Page, link: string): Promise<void> {
  await page
    .locator('.getting-started-step.expanded .step-description-container')
    .getByText(link, { exact: true })
    .click();
}

function stepsOf(page: Page): Locator {
  return page.locator('.gettingStartedContainer .getting-started-step:visible');
}
