import { l10n } from 'vscode';
import { judgeAddress, type GatewayAddress } from '../tasks/gatewayAddress.ts';
import { MOST_IDS, recogniseTasks, type TaskInputProblem } from '../tasks/taskInput.ts';

/** The IDs recognised in an input, or why it is refused, for the user. */
export type JudgedInput =
  | {
      readonly ids: readonly string[];
      /** Those of them that are known to be in the gateway's model center. */
      readonly inModelCenter: readonly string[];
      readonly says: string;
    }
  | { readonly refusal: string };

/** Recognises the tasks in an input. `key`: the gateway's key, if known, which must not become a task. */
export function judgeInput(text: string, gateway: GatewayAddress, key: string | undefined): JudgedInput {
  if (key !== undefined && text.includes(key)) {
    return { refusal: l10n.t('This is your API key, not a task ID.') };
  }
  const seen = recogniseTasks(text);
  if (seen.kind === 'problem') {
    return { refusal: wordsFor(seen.problem, seen.text) };
  }
  const foreign = seen.gateways.find(link => {
    const address = judgeAddress(link);
    return typeof address === 'string' || address.base !== gateway.base;
  });
  return foreign === undefined
    ? { ids: seen.ids, inModelCenter: seen.inModelCenter ?? [], says: recognised(seen.source, seen.ids) }
    : {
        refusal: l10n.t(
          'This link belongs to another gateway, {0}. Change the gateway address in the settings first.',
          foreign,
        ),
      };
}

function recognised(source: 'id' | 'json' | 'url', ids: readonly string[]): string {
  const [first = ''] = ids;
  const more = ids.length - 1;
  switch (source) {
    case 'id':
      return more > 0 ? l10n.t('{0} task IDs ({1}, …)', ids.length, first) : l10n.t('Task ID {0}', first);
    case 'json':
      return more > 0
        ? l10n.t('{0} gateway responses ({1}, …)', ids.length, first)
        : l10n.t('Gateway response for task {0}', first);
    case 'url':
      return more > 0
        ? l10n.t('{0} task links ({1}, …)', ids.length, first)
        : l10n.t('Link to task {0}', first);
  }
}

function wordsFor(problem: TaskInputProblem, text: string): string {
  switch (problem) {
    case 'empty':
      return l10n.t('Enter a task ID, a gateway response, or a result link.');
    case 'brokenJson':
      return l10n.t('Incomplete JSON. Copy the entire response.');
    case 'noIdInJson':
      return l10n.t('No task ID found in this response.');
    case 'notAResultLink':
      return l10n.t('"{0}" isn\'t a task link. Expected …/v1/result/<ID>.', cut(text));
    case 'unsafeId':
      return l10n.t(
        '"{0}" isn\'t a task ID. Task IDs can contain only letters, digits, dots, hyphens, and underscores.',
        cut(text),
      );
    case 'plainWord':
      return l10n.t('"{0}" isn\'t a task ID. IDs look like vgen_4ea4c7f4…', cut(text));
    case 'assetId':
      return l10n.t('"{0}" is an uploaded asset, not a task.', cut(text));
    case 'tooMany':
      return l10n.t('{0} IDs entered. The limit is {1}.', text, MOST_IDS);
  }
}

/** A foreign text, so long as it fits into a message. */
export function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
