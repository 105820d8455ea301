import { l10n, type Uri } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable.ts';
import { writtenEstimateText } from '../host/priceText.ts';
import { documents } from '../ids.ts';
import type { TaskStore } from '../store/store.ts';
import { needsDecision, sentAtOf, type Intent } from '../tasks/intent.ts';
import { withoutSecrets } from '../tasks/request.ts';
import { intentName, intentReason, intentState } from './intentText.ts';
import { timeOf } from './measures.ts';
import { prettyJson } from './prettyJson.ts';
import { ReadOnlyDocuments, readOnlyUri } from './readOnlyDocuments.ts';
import { friendlyModel } from './shortText.ts';

/** What was to be sent, what was, and what came of it, as a document that cannot be written to. Follows the store. */
export class IntentDocuments implements Disposable {
  private readonly owned = new DisposableStore();

  constructor(store: TaskStore) {
    const shown = this.owned.add(
      new ReadOnlyDocuments(documents.intent, ({ query }) => {
        const intent = store.intents.get(query);
        return intent ? intentDocument(intent) : l10n.t('This video is no longer in the list.');
      }),
    );
    this.owned.add(
      store.onDidChange(() => {
        shown.update();
      }),
    );
  }

  /** The address of an intent's document. */
  static uriOf(intent: Intent): Uri {
    return readOnlyUri(documents.intent, `${intentName(intent)}.md`, intent.id);
  }

  dispose(): void {
    this.owned.dispose();
  }
}

/** The document's text, as Markdown: facts, the request, the response. */
export function intentDocument(intent: Intent): string {
  const sentAt = sentAtOf(intent);
  const facts: [name: string, value: string | null][] = [
    [l10n.t('State'), intentState(intent)],
    [l10n.t('Reason'), intentReason(intent)],
    [l10n.t('Model'), friendlyModel(intent.model)],
    [l10n.t('Estimate'), writtenEstimateText(intent.estimate, intent.estimateSource)],
    [l10n.t('Gateway'), intent.gateway],
    [l10n.t('Task ID'), intent.taskId],
    [l10n.t('Shot file'), [intent.file ?? '', intent.section ?? ''].filter(part => part !== '').join(' · ')],
    [l10n.t('Requested'), timeOf(intent.createdAt)],
    [l10n.t('Sent'), sentAt === null ? null : timeOf(sentAt)],
    [
      l10n.t('Resolved'),
      intent.settledAt === null || needsDecision(intent) ? null : timeOf(intent.settledAt),
    ],
  ];
  const lines = facts.flatMap(([name, value]) =>
    value === null || value === '' ? [] : [`- ${name}: ${value}`],
  );
  const sections = [
    `# ${intentName(intent)}`,
    lines.join('\n'),
    `## ${l10n.t('Request')}`,
    fenced(withoutData(intent.body)),
    ...(intent.response === null || intent.response === ''
      ? []
      : [`## ${l10n.t('Response')}`, fenced(intent.response)]),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** A request without the contents of images, and without what signs its links. */
function withoutData(body: string): string {
  try {
    return JSON.stringify(
      JSON.parse(body, (_name, value: unknown) =>
        typeof value === 'string' ? withoutSecrets(value) : value,
      ),
    );
  } catch {
    return body;
  }
}

/** A block whose fence is longer than any in it. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}json\n${prettyJson(text)}\n${fence}`;
}
