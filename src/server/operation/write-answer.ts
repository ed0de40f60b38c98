import type { WriteResult } from '../../services/writes/write-result.ts';
import type { SendableAnswer } from './answer.ts';

/** A created resource has a path below `path`. */
export const answerOfWrite = (result: WriteResult, path: string): SendableAnswer => {
  if (result.done === 'removed') return { status: 204 };
  if (result.done === 'changed') return { status: 200, headers: {}, json: result.body };
  if (result.done === 'answered') {
    const { status, headers, contentType, body } = result;
    const bytes = Buffer.from(body, 'base64');
    return { status, headers, bytes, ...(contentType === null ? {} : { contentType }) };
  }
  return {
    status: result.done === 'created' ? 201 : 202,
    headers: { location: `${path}/${encodeURIComponent(result.id)}` },
    json: result.body,
  };
};
