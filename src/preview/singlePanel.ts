import { ViewColumn, window, type Uri, type WebviewPanel } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import type { webviews } from '../ids.ts';
import { panelIcon } from './page.ts';

/** A kind of webview panel of which there is at most one. */
export interface PanelKind<Page extends Disposable> {
  readonly extensionUri: Uri;
  readonly viewType: (typeof webviews)[keyof typeof webviews];
  readonly title: () => string;
  /** Puts the page into a new panel. It is disposed with the panel. */
  readonly fill: (panel: WebviewPanel) => Page;
}

/** The one panel of a kind: opened once, revealed from then on, and restored by VS Code after a reload. */
export class SinglePanel<Page extends Disposable> implements Disposable {
  private readonly kind: PanelKind<Page>;
  private readonly owned = new DisposableStore();
  private open: { readonly panel: WebviewPanel; readonly page: Page } | undefined;

  constructor(kind: PanelKind<Page>) {
    this.kind = kind;
    this.owned.add(
      window.registerWebviewPanelSerializer(kind.viewType, {
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

  /** The page, if its panel is the active one. */
  get activePage(): Page | undefined {
    return this.open?.panel.active === true ? this.open.page : undefined;
  }

  /** Opens or reveals the panel. */
  show(): void {
    if (this.open) {
      this.open.panel.reveal();
    } else {
      const { viewType, title } = this.kind;
      this.adopt(window.createWebviewPanel(viewType, title(), ViewColumn.Active));
    }
  }

  dispose(): void {
    this.owned.dispose();
  }

  private adopt(panel: WebviewPanel): void {
    panel.iconPath = panelIcon(this.kind.extensionUri);
    const page = this.kind.fill(panel);
    this.open = { panel, page };
    panel.onDidDispose(() => {
      this.open = undefined;
      page.dispose();
    });
  }
}
