import { estimateText, spentText, totalText } from '../host/priceText.ts';
import { requestProblemText } from '../host/requestProblemText.ts';
import { readInput, schemas } from './input.ts';
import { budgetFacts } from './makeVideo.ts';
import type { ToolServices } from './services.ts';
import type { Tool } from './tool.ts';
import { withoutLinks } from './videoFacts.ts';
import { shownPlan, wishesOf } from './wishes.ts';

/** What a request would cost, and whether it is right. Sends nothing and costs nothing. */
export function estimateVideo(services: ToolServices): Tool {
  return async input => {
    const wanted = readInput(schemas.estimateVideo, input);
    const plan = shownPlan(await wishesOf(wanted, services), services);
    const { videos, amount, unpriced, today } = plan;
    const [first] = videos;
    return {
      facts: {
        videos: videos.length,
        ...(unpriced === videos.length ? {} : { amount }),
        price:
          videos.length === 1 ? estimateText(first?.estimate) : totalText(amount, videos.length, unpriced),
        price_source: first?.estimate?.source ?? 'unknown',
        without_known_price: unpriced,
        usual_time: first && services.usualTime(first.body),
        warnings: videos.flatMap(one =>
          one.warnings.map(problem => withoutLinks(requestProblemText(problem))),
        ),
        sent_recently: videos.some(({ repeats }) => repeats !== undefined),
        today: spentText(today),
        can_be_made_by_agents: services.isPaidAllowed(),
        budget_left: budgetFacts(services),
      },
    };
  };
}
