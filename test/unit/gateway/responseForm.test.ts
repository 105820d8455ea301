import assert from 'node:assert/strict';
import {
  fieldsOf,
  RESPONSE_FORMS,
  responseForm,
  type ResponseForm,
} from '../../../src/gateway/responseForm.ts';
import {
  createBody,
  htmlPage,
  json,
  resultBody,
  centerBody,
  type Answer,
  type JsonBody,
} from '../../gateway/answers.ts';
import { refuse, spoil } from '../../gateway/apiFaults.ts';
import { refusals, shapes, type RefusalName, type ShapeName } from '../../gateway/shapes.ts';
import type { BodyFault, RefusalFault } from '../../gateway/faults.ts';
import { planTask, type SimulatedTask } from '../../gateway/tasks.ts';

const task: SimulatedTask = planTask({ queuedS: 0, processingS: 0 }, 0, 60_000);
const finished = resultBody(task, 'completed', 'https://media.example/a.mp4');

function formOf(body: JsonBody): ResponseForm {
  return responseForm(JSON.stringify(body));
}

function formOfAnswer({ body }: Answer): ResponseForm {
  return responseForm(body.toString());
}

/** The form of each shape of the simulated gateway. */
const OF_SHAPES: Readonly<Record<ShapeName, ResponseForm>> = {
  envelopeStatus: 'envelopeStatus',
  envelopeSuccess: 'envelopeSuccess',
  kling: 'kling',
  kie: 'kie',
  newApi: 'newApi',
  dashScope: 'dashScope',
  ark: 'ark',
  operation: 'operation',
  markdown: 'chat',
  nested: 'nested',
  decoys: 'videoObject',
  relative: 'relativeLink',
  filtered: 'filtered',
  twoClips: 'videoList',
};

const OF_REFUSALS: Readonly<Record<RefusalName, ResponseForm>> = {
  apisix: 'apisix',
  kong: 'kong',
  spring: 'spring',
  fastApi: 'fastApi',
  keyInEnvelope: 'codeMsg',
  rateInEnvelope: 'codeMsg',
  serverInEnvelope: 'codeMsg',
  credit401: 'errorObject',
  credit403: 'messageOnly',
  foreignTask: 'messageOnly',
  deniedInEnvelope: 'codeMsg',
};

const OF_REFUSAL_FAULTS: Readonly<Record<Exclude<RefusalFault['kind'], 'refusal'>, ResponseForm>> = {
  keyRejected: 'codeMsg',
  keyRejectedUpstream: 'errorObject',
  businessError: 'codeMsg',
  insufficientBalance: 'codeMsg',
  noHandler: 'noHandler',
  unknownTask: 'codeMessage',
  rateLimited: 'codeMsg',
  noStatus: 'noStatus',
  brokenJson: 'brokenJson',
};

const OF_BODY_FAULTS: Readonly<Record<Exclude<BodyFault['kind'], 'shape'>, ResponseForm>> = {
  wrapped: 'wrapped',
  projectId: 'wrapped',
  fields: 'flat',
  milliseconds: 'flat',
  completedWithoutUrl: 'flat',
  unknownStatus: 'flat',
  cancelled: 'flat',
  errorObject: 'flat',
  oversize: 'flat',
  inlineClip: 'inlineClip',
};

describe('the form of a response', () => {
  it('is named for each shape of the simulated gateway', () => {
    const named = Object.entries(shapes).map(([name, shape]) => [name, formOf(shape(finished))]);
    assert.deepEqual(Object.fromEntries(named), OF_SHAPES);
  });

  it('is named for each refusal of the simulated gateway', () => {
    const named = Object.entries(refusals).map(([name, refusal]) => [name, formOfAnswer(refusal('/v1/x'))]);
    assert.deepEqual(Object.fromEntries(named), OF_REFUSALS);
  });

  it('is named for each fault that has one of its own', () => {
    const refused = Object.keys(OF_REFUSAL_FAULTS).map(kind => [
      kind,
      formOfAnswer(refuse({ kind } as RefusalFault, { method: 'GET', path: '/v1/x' })),
    ]);
    assert.deepEqual(Object.fromEntries(refused), OF_REFUSAL_FAULTS);
    const spoilt = Object.keys(OF_BODY_FAULTS).map(kind => [
      kind,
      formOf(
        spoil(
          { kind, ...(kind === 'fields' ? { fields: { amount: 0.76 } } : {}) } as BodyFault,
          finished,
          () => Buffer.from('clip'),
        ),
      ),
    ]);
    assert.deepEqual(Object.fromEntries(spoilt), OF_BODY_FAULTS);
  });

  it('distinguishes pages, texts and nothing from JSON, and the model center from others', () => {
    assert.deepEqual(
      [
        formOfAnswer(htmlPage(502)),
        responseForm('upstream connect error'),
        responseForm(''),
        formOf(centerBody(task, 'completed', 'https://media.example/a.mp4')),
        formOf(createBody(task)),
        formOfAnswer(json({ list: [1, 2] })),
      ],
      ['page', 'text', 'empty', 'modelCenter', 'flat', 'otherJson'],
    );
  });

  it('is one of those that the report has words for, and each of those is met here', () => {
    const met = [OF_SHAPES, OF_REFUSALS, OF_REFUSAL_FAULTS, OF_BODY_FAULTS].flatMap(one =>
      Object.values(one),
    );
    const others = ['page', 'text', 'empty', 'modelCenter', 'flat', 'otherJson'];
    assert.deepEqual([...new Set<string>([...met, ...others])].sort(), [...RESPONSE_FORMS].sort());
  });

  it('has the names of fields, and nothing of their values', () => {
    assert.deepEqual(fieldsOf('{"code":0,"data":{"id":"vgen_1","a b":"sk-x"},"<b>":1}'), [
      'code',
      'data',
      'data.id',
    ]);
    assert.deepEqual(fieldsOf('nothing'), []);
  });
});
