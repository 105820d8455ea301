import { l10n } from 'vscode';
import { plain } from '../base/plainText.ts';
import type { Intent, IntentProblem } from '../tasks/intent.ts';
import { promptOf, type ProblemKind } from '../tasks/task.ts';
import { gatewayName } from './gatewayName.ts';
import { firstWords, friendlyModel } from './shortText.ts';
import { problemText } from './stateWords.ts';

/** How much of a prompt stands for a name, characters; as with tasks. */
const NAME_LENGTH = 40;

/** The longest gateway message that is shown, characters. */
const LONGEST_DETAIL = 200;

/** What a video is called that is still to be made, or may have been: as the task that comes of it. */
export function intentName({ label, body, model }: Pick<Intent, 'label' | 'body' | 'model'>): string {
  const prompt = promptOf({ request: body });
  return plain(label ?? (prompt === null ? friendlyModel(model) : firstWords(prompt, NAME_LENGTH)));
}

/** Its state in a word or two. */
export function intentState({ state, resolution, problem }: Intent): string {
  switch (state) {
    case 'waiting':
      return problem === 'rateLimited' ? l10n.t('Rate limited') : l10n.t('Waiting to send');
    case 'sending':
      return l10n.t('Sending');
    case 'accepted':
      return l10n.t('Sent');
    case 'refused':
      return l10n.t('Refused');
    case 'notSent':
      return l10n.t('Not sent');
    case 'unknown':
      return resolution === 'notMade' ? l10n.t('Not made') : l10n.t('May have been made');
    case 'dropped':
      return l10n.t('Cancelled');
  }
}

/** Why it was refused, was not sent, or may have been made, in a sentence or two; empty where nothing is wrong. */
export function intentReason(intent: Intent): string {
  const why = intentWhy(intent);
  switch (intent.state) {
    case 'waiting':
      return intent.problem === 'rateLimited'
        ? l10n.t('The gateway is rate-limiting requests. The video will be sent automatically later.')
        : '';
    case 'refused':
      return join(why, l10n.t('As far as Dailies knows, nothing was generated.'));
    case 'notSent':
      return join(why, l10n.t('Nothing was sent, so nothing was charged.'));
    case 'unknown':
      return intent.resolution === null
        ? join(why, l10n.t('It may have been made and charged. Check on the gateway first.'))
        : why;
    case 'sending':
    case 'accepted':
    case 'dropped':
      return '';
  }
}

/** What went wrong, in a sentence; empty where nothing is. */
export function intentWhy(intent: Intent): string {
  const { gateway, problem, problemText: text, state } = intent;
  if (problem === null) {
    return '';
  }
  if (problem === 'network' && state === 'unknown') {
    return l10n.t(
      'The connection was lost before a response came: {0}',
      firstWords(text ?? '', LONGEST_DETAIL),
    );
  }
  const own = OWN_WORDS[problem]?.(gateway);
  return (
    own ??
    problemText({
      gateway,
      // What is left is a problem of tasks, too.
      problem: problem as ProblemKind,
      problemText: firstWords(text ?? '', LONGEST_DETAIL),
    })
  );
}

/** Problems that only intents have, or that mean something else with them. */
const OWN_WORDS: Partial<Record<IntentProblem, (gateway: string) => string>> = {
  lost: () => l10n.t('The window that was sending it closed before a response came.'),
  held: () => l10n.t('It was held back because a video before it was not accepted.'),
  repaired: () => l10n.t('The task list was damaged and has been repaired.'),
  late: () => l10n.t('It waited for more than 12 hours.'),
  noKey: gateway => l10n.t('No API key is set for {0}.', gatewayName(gateway)),
  unexpected: () => l10n.t('The response contains no task ID.'),
};

/** Two sentences. The first may end with the words of a gateway, which have no full stop. */
function join(why: string, meaning: string): string {
  if (why === '') {
    return meaning;
  }
  return /[.!?…。！？]$/.test(why) ? l10n.t('{0} {1}', why, meaning) : l10n.t('{0}. {1}', why, meaning);
}
