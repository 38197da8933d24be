// What stands beside the card: the answer to what they did ask, and at most one word for the agent.
import { byId, el } from '/assets/shell/dom.js';

/** @param {import('/assets/shell/types.js').Answer | null} answer */
export function drawBeside(answer) {
  const [asked, craft] = [answer?.answers[0], answer?.craft];
  byId('asked').replaceChildren(...(asked ? [el('p', { class: 'asked' }, el('span', { class: 'kicker' }, 'They asked'), el('strong', { dir: 'auto' }, asked.question), ' ', el('span', { dir: 'auto' }, asked.say))] : []));
  byId('craft').replaceChildren(...(craft ? [el('div', { class: 'craft' }, el('p', { class: 'kicker' }, 'For you'), el('p', { dir: 'auto' }, el('strong', {}, craft.question)), el('p', { dir: 'auto' }, craft.say))] : []));
}
