import { l10n, type TreeView } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import type { ShownList } from './shownList.ts';

/** The number of new clips (ready and not viewed) on Dailies' icon in the Activity Bar. */
export class Badge implements Disposable {
  private readonly owned = new DisposableStore();

  constructor(view: Pick<TreeView<unknown>, 'badge'>, shown: ShownList) {
    const show = (): void => {
      const value = shown.byTally.count('ready');
      if (value !== (view.badge?.value ?? 0)) {
        view.badge = value === 0 ? undefined : { value, tooltip: l10n.t('New clips: {0}', value) };
      }
    };
    this.owned.add(shown.onDidDrawRest(show));
    show();
  }

  dispose(): void {
    this.owned.dispose();
  }
}
