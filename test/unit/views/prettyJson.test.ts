import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isJson, prettyJson } from '../../../src/views/prettyJson.ts';

describe('a response on indented lines', () => {
  it('reads like any JSON document', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const expected = JSON.stringify(value, null, 2);
        assert.equal(prettyJson(JSON.stringify(value)), expected);
        assert.equal(prettyJson(expected), expected);
      }),
    );
  });

  it('keeps every value as it came, where reading and writing it would change it', () => {
    assert.equal(
      prettyJson('{"id":12345678901234567890,"actualDuration":4.000000,"a":"\\u00e9\\"}","a":[],"b":{}}'),
      `{
  "id": 12345678901234567890,
  "actualDuration": 4.000000,
  "a": "\\u00e9\\"}",
  "a": [],
  "b": {}
}`,
    );
  });

  it('is given back as it came where it is not JSON', () => {
    for (const text of ['<html>502</html>', '{"id": 1', '', '{"a":1}{']) {
      assert.deepEqual([isJson(text), prettyJson(text)], [false, text]);
    }
  });

  it('stays small, however many brackets are within brackets', () => {
    const text = '['.repeat(5_000) + ']'.repeat(5_000);
    assert.equal(prettyJson(text), text);
    const deep = '['.repeat(500_000);
    assert.equal(prettyJson(deep), deep);
  });
});
