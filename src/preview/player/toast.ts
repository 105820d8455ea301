import { create } from './dom.ts';

/** How long a toast stays visible, ms. */
const STAY = 3_000;

/** A short message over the video, which disappears automatically. */
export function toast(): { element: HTMLElement; say: (text: string) => void } {
  const element = create('p', { className: 'toast', role: 'status' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    element,
    say: text => {
      element.textContent = text;
      clearTimeout(timer);
      timer = setTimeout(() => {
        element.textContent = '';
      }, STAY);
    },
  };
}
