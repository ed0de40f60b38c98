import type { WriteResult } from '../../services/writes/write-result.ts';
import type { SendableAnswer } from './answer.ts';

/** `path` is that of the operation; a created resource has a path below it. */
export const answerOfWrite = (result: WriteResult, path: string): SendableAnswer => {
  if (result.done === 'removed') return { status: 204 };
  if (result.done === 'changed') return { status: 200, headers: {}, json: result.body };
  if (result.done === 'answered') {
    const { status, headers, contentType, body } = result;
    const bytes = Buffer.from(body, 'base64');
    return { status, headers, bytes, ...(contentType === null ? {} : { contentType }) };
  }
  return { status: 201, headers: { location: `${path}/${encodeURIComponent(result.id)}` }, json: result.body };
};
