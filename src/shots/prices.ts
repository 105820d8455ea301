import type { Model } from '../gateway/models.ts';
import { estimate, MOST_SAMPLES, priceKind, type Charge, type Estimate } from '../making/price.ts';
import { bodyOf, type VideoRequest } from '../making/request.ts';
import type { Shot } from '../making/shotFile.ts';
import type { ShotServices } from './services.ts';

/** What several videos are expected to cost. */
export interface Price {
  readonly amount: number;
  readonly count: number;
  /** How many of them nobody knows a price for. */
  readonly unpriced: number;
}

/** What shots are expected to cost at the gateway that is set. */
export class Prices {
  private readonly services: ShotServices;
  private readonly charges = new Map<string, readonly Charge[]>();

  constructor(services: ShotServices) {
    this.services = services;
  }

  /** The list may have learned of other charges. */
  forget(): void {
    this.charges.clear();
  }

  /** Of one request, which has no errors. */
  of(request: VideoRequest, model: Model | undefined): Estimate | undefined {
    const body = bodyOf(request, model);
    return estimate(body, model, this.services.prices(), this.chargesOf(priceKind(body)));
  }

  /** Of all videos of a shot. */
  ofShot({ videos }: Shot): Price {
    // Takes of one request cost the same, and so do requests that differ in their prompt alone.
    const known = new Map<string, Estimate | undefined>();
    const estimates = videos.map(({ request }) => {
      const { prompt: _, ...fields } = request;
      const key = JSON.stringify(fields);
      if (!known.has(key)) {
        const model =
          typeof request.model === 'string' ? this.services.modelOf(request.model.trim()) : undefined;
        known.set(key, this.of(request, model));
      }
      return known.get(key);
    });
    return {
      amount: estimates.reduce((sum, one) => sum + (one?.amount ?? 0), 0),
      count: estimates.length,
      unpriced: estimates.filter(one => one === undefined).length,
    };
  }

  private chargesOf(kind: string): readonly Charge[] {
    const gateway = this.services.gateway();
    if (gateway === undefined) {
      return [];
    }
    const key = `${gateway}\n${kind}`;
    let charges = this.charges.get(key);
    if (!charges) {
      charges = this.services.store.charges.ofKind(gateway, kind, MOST_SAMPLES);
      this.charges.set(key, charges);
    }
    return charges;
  }
}
