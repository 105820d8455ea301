// The limit: an extension that does nothing but show so many flat rows, and say which one has changed.
import { EventEmitter, TreeItem, window, type ExtensionContext } from 'vscode';
import { serveChanges } from './control.ts';
import { ROWS_VARIABLE, WATCHED } from './names.ts';
import { makeWallClock } from './wallClock.ts';

const WATCHED_ROW = 1;

const now = makeWallClock();

/** Called by VS Code. */
export function activate(context: ExtensionContext): void {
  const count = Number(process.env[ROWS_VARIABLE]);
  // VS Code takes a row that is 0 for none at all.
  const order = Array.from({ length: count }, (_row, index) => index + 1);
  let words = 'Queued';
  const changes = new EventEmitter<number | undefined>();
  context.subscriptions.push(
    changes,
    window.createTreeView('bench.bare', {
      treeDataProvider: {
        onDidChangeTreeData: changes.event,
        getChildren: row => (row === undefined ? order : []),
        getTreeItem: row => {
          const item = new TreeItem(row === WATCHED_ROW ? WATCHED.bare : `Row ${row}`);
          item.id = String(row);
          item.description = row === WATCHED_ROW ? words : 'Ready · 2 h ago';
          return item;
        },
      },
    }),
  );
  serveChanges('bare', wish => {
    const begunAt = now();
    if (wish === 'move') {
      // To the fifth place and back.
      words = words === 'Ready' ? 'Queued' : 'Ready';
      order.splice(order.indexOf(WATCHED_ROW), 1);
      order.splice(words === 'Queued' ? 0 : 4, 0, WATCHED_ROW);
      changes.fire(undefined);
    } else {
      words = words === 'Queued' ? 'Rendering' : 'Queued';
      changes.fire(WATCHED_ROW);
    }
    return { begunAt, committedAt: begunAt, text: words };
  });
}
