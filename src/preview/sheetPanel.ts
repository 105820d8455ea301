import { l10n, Uri, ViewColumn, window, type WebviewPanel } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { webviews } from '../ids.ts';
import { SheetPage, type SheetServices } from './sheetPage.ts';

/** All finished clips in one webview panel, of which there is one. It comes back after a reload. */
export class ContactSheet implements Disposable {
  private readonly services: SheetServices;
  private readonly owned = new DisposableStore();
  private open: { readonly panel: WebviewPanel; readonly page: SheetPage } | undefined;

  constructor(services: SheetServices) {
    this.services = services;
    this.owned.add(
      window.registerWebviewPanelSerializer(webviews.contactSheet, {
        deserializeWebviewPanel: panel => {
          if (this.open) {
            panel.dispose();
          } else {
            this.adopt(panel);
          }
          return Promise.resolve();
        },
      }),
    );
    this.owned.add({
      dispose: () => {
        this.open?.panel.dispose();
      },
    });
  }

  /** Opens the sheet, or brings it to the front. */
  show(): void {
    if (this.open) {
      this.open.panel.reveal();
    } else {
      this.adopt(
        window.createWebviewPanel(webviews.contactSheet, l10n.t('Contact Sheet'), ViewColumn.Active),
      );
    }
  }

  /** The order of the list has changed. */
  rearrange(): void {
    this.open?.page.update();
  }

  dispose(): void {
    this.owned.dispose();
  }

  private adopt(panel: WebviewPanel): void {
    const media = Uri.joinPath(this.services.extensionUri, 'media');
    panel.iconPath = {
      light: Uri.joinPath(media, 'icon-light.svg'),
      dark: Uri.joinPath(media, 'icon-dark.svg'),
    };
    const page = new SheetPage(panel, this.services);
    this.open = { panel, page };
    panel.onDidDispose(() => {
      this.open = undefined;
      page.dispose();
    });
  }
}
