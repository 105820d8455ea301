import assert from 'node:assert/strict';
import { MODELS } from '../../../src/gateway/models.ts';
import { estimate, priceKind, type Charge, type PriceTable } from '../../../src/making/price.ts';
import { bodyOf, type VideoRequest } from '../../../src/making/request.ts';

function price(request: VideoRequest, table: PriceTable, charges: readonly Charge[]): unknown {
  const model = MODELS.find(one => one.id === request.model);
  return estimate(bodyOf({ prompt: 'A ferry.', ...request }, model), model, table, charges);
}

const veo = { model: 'veo_3_1_fast' };
const grok = { model: 'grok_video3', duration: 12 };

describe('the price of a request', () => {
  it('is not known where nobody has said it', () => {
    assert.equal(price(veo, {}, []), undefined);
    assert.equal(price(veo, { grok_video3: { call: 1 } }, []), undefined);
  });

  it("is the person's own, of one video or of its seconds", () => {
    assert.deepEqual(price(veo, { veo_3_1_fast: { call: 1.5 } }, []), {
      amount: 1.5,
      source: 'table',
      samples: 0,
    });
    assert.deepEqual(price(grok, { grok_video3: { second: 0.25 } }, []), {
      amount: 3,
      source: 'table',
      samples: 0,
    });
    assert.deepEqual(price(veo, { veo_3_1_fast: { second: 0.25 } }, []), {
      amount: 2,
      source: 'table',
      samples: 0,
    });
  });

  it('is learned from what earlier tasks were charged, by the second where the model is', () => {
    const charges = [0.7, 0.72, 5].map(amount => ({ seconds: 8, amount }));
    assert.deepEqual(price(veo, {}, charges), { amount: 0.72, source: 'learned', samples: 3 });
    assert.deepEqual(price(grok, {}, [{ seconds: 6, amount: 3 }]), {
      amount: 6,
      source: 'learned',
      samples: 1,
    });
    assert.equal(price(veo, {}, [{ seconds: 5, amount: 3 }]), undefined);
  });

  it('takes no number that is none', () => {
    assert.equal(price(veo, { veo_3_1_fast: { call: Number.NaN } }, []), undefined);
    assert.equal(price(veo, {}, [{ seconds: 8, amount: -1 }]), undefined);
  });

  it('is one kind for each model, mode and resolution', () => {
    const kind = (request: VideoRequest): string => priceKind(request);
    assert.equal(
      kind({ model: 'veo_3_1_fast', resolution: '4K' }),
      kind({ model: 'VEO_3_1_fast', resolution: '4k' }),
    );
    assert.notEqual(
      kind({ model: 'veo_3_1_fast' }),
      kind({ model: 'veo_3_1_fast', first_image: 'https://a.example/b.png' }),
    );
  });
});
