// What a screen reader hears of an answer, while whoever asked goes on typing.
import { headline, reason } from '/assets/console/card.js';
import { many } from '/assets/shell/words.js';

/**
 * @param {import('/assets/shell/types.js').Answer | null} answer
 * @param {number} offered how many suggestions the list holds
 * @param {import('/assets/shell/types.js').Suggestion} [own] the card that stays, since it was reported here
 */
export function spoken(answer, offered, own) {
  if (!answer) return '';
  if (own) return `As you reported it: ${own.question} ${many(offered - 1, 'more question')}.`;
  if (!answer.tip) return answer.silence ? `${headline(answer.silence)}. ${reason(answer.silence)}` : '';
  return `They did not ask: ${answer.tip.question} Enter copies what to say. ${many(offered - 1, 'more question')}.`;
}
