import { l10n } from 'vscode';
import { requestProblemText } from '../host/requestProblemText.ts';
import { MOST_TAKES, MOST_VIDEOS, type ShotProblem } from '../making/shotFile.ts';
import type { Issue } from './issues.ts';

/** An issue in a sentence. `modelName` gives the friendly name of a model. */
export function issueText(issue: Issue, modelName: (model: string) => string): string {
  const text = sentence(issue, modelName);
  switch (issue.inheritedFrom) {
    case 'folder':
      return l10n.t('{0} (from {1})', text, 'shots.yaml');
    case 'file':
      return l10n.t('{0} (from the top of the file)', text);
    case undefined:
      return text;
  }
}

function sentence({ what }: Issue, modelName: (model: string) => string): string {
  switch (what.from) {
    case 'file':
      return fileText(what.problem);
    case 'request':
      return requestProblemText(what.problem, what.model === '' ? undefined : modelName(what.model));
    case 'model':
      return what.kind === 'unknownModel'
        ? l10n.t("{0} isn't a known model, so its settings aren't checked.", what.model)
        : l10n.t("{0} isn't a known model. Set family to veo or grok to use it anyway.", what.model);
    case 'field':
      return what.kind === 'family'
        ? l10n.t('{0} must be {1}.', what.field, 'veo, grok')
        : l10n.t('The prompt is the text below the settings; this field is ignored.');
  }
}

function fileText({ kind, text }: ShotProblem): string {
  switch (kind) {
    case 'yaml':
      return l10n.t('YAML: {0}', text);
    case 'notFields':
      return l10n.t('Settings must be fields with values, such as {0}.', 'model: veo_3_1_fast');
    case 'tooLarge':
      return l10n.t('These settings are too long or too deeply nested.');
    case 'duplicate':
      return l10n.t('{0} is set twice.', text);
    case 'unclosed':
      return l10n.t('This block has no end.');
    case 'takes':
      return l10n.t('takes must be a whole number from 1 to {0}.', MOST_TAKES);
    case 'vars':
      return text === ''
        ? l10n.t('vars must be names with lists of values, such as {0}.', 'time: [dawn, dusk]')
        : l10n.t('The variable {0} must have a value or a list of values.', text);
    case 'nested':
      return l10n.t("A value of the variable {0} contains a variable, which can't be filled in.", text);
    case 'unresolved':
      return l10n.t('The variable {0} has no value.', text);
    case 'tooMany':
      return l10n.t('This makes {0} videos. The limit is {1} per shot.', text, MOST_VIDEOS);
    case 'empty':
      return l10n.t('Enter a prompt.');
    case 'late':
      return l10n.t('These settings are part of the prompt and are sent. Settings stand above the prompt.');
    case 'preamble':
      return l10n.t("The text above the first heading belongs to no shot and isn't sent.");
  }
}
