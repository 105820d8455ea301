import assert from 'node:assert/strict';
import { markdownText } from '../../../src/views/markdownText.ts';

describe('text in Markdown', () => {
  it('keeps its spaces, so that lines break between words', () => {
    assert.equal(markdownText('a real person in the rain'), 'a real person in the rain');
    assert.equal(markdownText('雨中的猫'), '雨中的猫');
  });

  it('means nothing to Markdown', () => {
    assert.equal(
      markdownText('**b** [x](command:quit) <b> $(zap) `c` # | ~ www.a.b http://a.b &amp; a_b \\'),
      '\\*\\*b\\*\\* \\[x\\]\\(command\\:quit\\) \\<b\\> \\$\\(zap\\) \\`c\\` \\# \\| \\~ www\\.a\\.b http\\:\\/\\/a\\.b \\&amp\\; a\\_b \\\\',
    );
  });

  it('keeps its lines, without what would make them code or paragraphs', () => {
    assert.equal(markdownText(' one\n\n    two\r\n- three\n'), 'one  \ntwo  \n\\- three');
  });
});
