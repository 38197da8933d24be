// What a screen reader hears of an answer, while whoever asked goes on typing.
import { headline, reason } from '/assets/console/card.js';
import { many } from '/assets/shell/words.js';

/** @param {import('/assets/shell/types.js').Answer | null} answer @param {number} offered how many suggestions the list holds */
export function spoken(answer, offered) {
  if (!answer) return '';
  if (!answer.tip) return answer.silence ? `${headline(answer.silence)}. ${reason(answer.silence)}` : '';
  return `They did not ask: ${answer.tip.question} Enter copies what to say. ${many(offered - 1, 'more question')}.`;
}
