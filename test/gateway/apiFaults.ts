import * as answers from './answers.ts';
import type { Answer, JsonBody } from './answers.ts';
import { refusals, shapes } from './shapes.ts';
import type { BodyFault, RefusalFault } from './faults.ts';

/** What the gateway says instead of doing what the request asks. */
export function refuse(fault: RefusalFault, { method, path }: { method: string; path: string }): Answer {
  switch (fault.kind) {
    case 'keyRejected':
      return answers.keyRejected;
    case 'keyRejectedUpstream':
      return answers.keyRejectedUpstream;
    case 'businessError':
      return answers.businessError(fault.code ?? 1001, fault.msg ?? '素材 URL 无法访问');
    case 'insufficientBalance':
      return answers.insufficientBalance;
    case 'noHandler':
      return answers.noHandler(method, path);
    case 'unknownTask':
      return answers.unknownTask;
    case 'rateLimited':
      return answers.rateLimited(fault.retryAfter);
    case 'noStatus':
      return answers.json({});
    case 'refusal':
      return refusals[fault.form](path);
    case 'brokenJson':
      return { ...answers.json({}), body: Buffer.from('{"id":"vgen_0","object":"vid') };
  }
}

/** A usual body with the fault in it. */
export function spoil(fault: BodyFault, body: JsonBody, clip: () => Buffer): JsonBody {
  switch (fault.kind) {
    case 'wrapped':
      return { code: 0, msg: null, data: body };
    case 'projectId':
      return { code: '0', msg: null, data: { projectId: body.id } };
    case 'fields':
      return { ...body, ...fault.fields };
    case 'milliseconds':
      return { ...body, created: Number(body.created) * 1000 };
    case 'completedWithoutUrl':
      return { ...body, status: 'completed', video_url: null };
    case 'unknownStatus':
      return { ...body, status: fault.word ?? 'reviewing' };
    case 'cancelled':
      return { ...body, status: 'cancelled', video_url: null };
    case 'errorObject': {
      const error = {
        code: 'content_policy_violation',
        message: fault.message ?? 'Rejected by the content policy',
      };
      return { ...body, status: 'failed', video_url: null, error };
    }
    case 'shape':
      return shapes[fault.shape](body);
    case 'inlineClip':
      return withInline(body, clip, fault.form);
    case 'oversize':
      return { ...body, padding: 'x'.repeat(fault.bytes ?? 1024 * 1024 + 1) };
  }
}

/** A completed body with its clip in it; that of the model center in its envelope. */
function withInline(body: JsonBody, clip: () => Buffer, form?: 'dataUri' | 'bare'): JsonBody {
  const { data } = body;
  if (typeof data === 'object' && data !== null && 'result_url' in data && data.result_url !== null) {
    return { ...body, data: { ...data, result_url: `data:video/mp4;base64,${clip().toString('base64')}` } };
  }
  return typeof body.video_url === 'string' ? inline(body, clip().toString('base64'), form) : body;
}

/** The clip in the body, after its pictures. */
function inline(body: JsonBody, clip: string, form: 'dataUri' | 'bare' = 'dataUri'): JsonBody {
  const cover = `data:image/png;base64,${'iVBORw0KGgo'.repeat(4000)}`;
  return form === 'bare'
    ? { ...body, video_url: null, videos: [{ mimeType: 'video/mp4', bytesBase64Encoded: clip }], cover }
    : { cover, ...body, video_url: `data:video/mp4;base64,${clip}` };
}
