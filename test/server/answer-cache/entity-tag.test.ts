import { describe, expect, it } from 'vitest';
import { bodyDigest, entityTag, namesTag } from '../../../src/server/answer-cache/entity-tag.ts';

const tag = '"abc-br"';

describe('If-None-Match', () => {
  it.each(['"abc-br"', 'W/"abc-br"', '"x", "abc-br"', '"x",W/"abc-br" , "y"', '"a,b", "abc-br"', '*', ' * '])(
    'names the tag as %s',
    (header) => {
      expect(namesTag(header, tag)).toBe(true);
    },
  );

  it.each([undefined, '', 'abc-br', '"abc"', '"abc-gz"', '"ABC-BR"', '"x, abc-br"', '"*"', '"abc-br', 'w/'])(
    'does not name it as %s',
    (header) => {
      expect(namesTag(header, tag)).toBe(false);
    },
  );
});

describe('a tag', () => {
  it('is one for each body and each coding', () => {
    const [one, other] = [bodyDigest(Buffer.from('one')), bodyDigest(Buffer.from('other'))];
    const tags = [entityTag(one, null), entityTag(one, 'br'), entityTag(one, 'gzip'), entityTag(other, null)];
    expect(new Set(tags).size).toBe(4);
    expect(tags[0]).toMatch(/^"[\w-]{43}"$/);
    expect(tags[1]).toMatch(/-br"$/);
    expect(tags[2]).toMatch(/-gz"$/);
  });
});
