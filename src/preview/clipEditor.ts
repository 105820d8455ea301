import { window, type CustomDocument, type Disposable } from 'vscode';
import { webviews } from '../ids.ts';
import { FileSubject } from './fileSubject.ts';
import { PlayerPage, type PageServices } from './playerPage.ts';

/** Offers the player for any MP4 file, as "Open With…" does; it only reads. */
export function registerClipEditor(services: PageServices): Disposable {
  return window.registerCustomEditorProvider(
    webviews.player,
    {
      openCustomDocument: (uri): CustomDocument => ({ uri, dispose: () => undefined }),
      resolveCustomEditor: ({ uri }, panel) => {
        const page = new PlayerPage(panel, services, () => undefined);
        panel.onDidDispose(() => {
          page.dispose();
        });
        // After a reload of the window it is opened by nobody.
        page.show(new FileSubject(uri), null);
      },
    },
    { supportsMultipleEditorsPerDocument: true },
  );
}
