import { window, type CustomDocument, type Disposable } from 'vscode';
import { webviews } from '../ids.ts';
import { FileSubject } from './fileSubject.ts';
import { PlayerPage, type PageServices } from './playerPage.ts';

/** Registers the player as a read-only custom editor for video files ("Open With…"). */
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
        // VS Code also restores custom editors after a reload, so this is not a request to play.
        page.show(new FileSubject(uri), null);
      },
    },
    { supportsMultipleEditorsPerDocument: true },
  );
}
