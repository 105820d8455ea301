import { l10n } from 'vscode';
import type { ResponseForm } from '../gateway/responseForm.ts';

/** Forms that words are needed for. */
type Described = 'otherJson' | 'page' | 'brokenJson' | 'text' | 'empty';

/** What a known form of JSON looks like, by its names, after whoever it was met with. */
const JSON_FORMS: Readonly<Record<Exclude<ResponseForm, Described>, string>> = {
  flat: '{id, status, video_url}',
  relativeLink: '{id, status, video_url: "/…"}',
  wrapped: '{code, data: {id, status, video_url}}',
  modelCenter: '{code, data: {id, status, result_url}}',
  envelopeStatus: '{code, status, data: {task_status}}',
  envelopeSuccess: '{success, data: {id, status}}',
  kling: 'Kling {data: {task_status, task_result}}',
  kie: 'kie {data: {successFlag, resultJson}}',
  newApi: 'new-api {data: {status, fail_reason}}',
  dashScope: 'DashScope {output: {task_status}}',
  ark: 'Volcengine Ark {status, content}',
  operation: 'Google {name, done, response}',
  chat: '{choices: [{message}]}',
  nested: '{data: "[{…}]"}',
  videoObject: '{status, video: {url}}',
  videoList: '{status, videos: [{url}]}',
  filtered: '{status, response: {raiMediaFilteredReasons}}',
  inlineClip: '{status, video_url: "data:…"}',
  noHandler: '{message: "No handler found…"}',
  apisix: 'APISIX {error_msg}',
  kong: 'Kong {message}',
  spring: 'Spring {timestamp, status, error, path}',
  fastApi: 'FastAPI {detail}',
  codeMessage: '{code, message}',
  codeMsg: '{code, msg}',
  errorObject: '{error: {code, message}}',
  messageOnly: '{message}',
  noStatus: '{}',
};

/** A form of responses, for display. */
export function responseFormText(form: ResponseForm): string {
  return isDescribed(form) ? describedText(form) : JSON_FORMS[form];
}

function isDescribed(form: ResponseForm): form is Described {
  return !(form in JSON_FORMS);
}

function describedText(form: Described): string {
  switch (form) {
    case 'otherJson':
      return l10n.t('other JSON');
    case 'page':
      return l10n.t('web page');
    case 'brokenJson':
      return l10n.t('incomplete JSON');
    case 'text':
      return l10n.t('plain text');
    case 'empty':
      return l10n.t('empty response');
  }
}
