// Draws what the console knows: what was understood, the list, the card.
import { actions, undoButton } from '/assets/console/actions.js';
import { drawBeside } from '/assets/console/beside.js';
import { card, silenceCard, troubleCard } from '/assets/console/card.js';
import { options } from '/assets/console/list.js';
import { silenceHere } from '/assets/console/start.js';
import { now } from '/assets/console/state.js';
import { chips } from '/assets/console/understood.js';
import { attended, byId, refocused } from '/assets/shell/dom.js';

/** So high a page shows a whole card with all there is to know about it. */
const ROOMY = 800;

/** The card, or what stands in its place, where it can have focus. */
export function cardItself() {
  const made = byId('card').firstElementChild;
  return made instanceof HTMLElement && made.tabIndex === -1 ? made : null;
}

/** On with the card: what is to be said is in sight, whatever stands above it. */
export function focusCard() {
  const card = cardItself();
  card?.focus({ preventScroll: true });
  (card?.querySelector('.say') ?? card)?.scrollIntoView({ block: 'nearest' });
}

/**
 * @param {HTMLElement} field
 * @param {HTMLElement} start what stands where there is no card yet
 * @param {import('/assets/console/actions.js').Outcomes} outcomes
 * @param {object} does
 * @param {() => void} does.say
 * @param {() => void} does.handOver
 * @param {() => void} does.flag
 * @param {() => void} does.promise
 * @param {() => void} does.toggleMore
 * @param {() => void} does.correct
 * @param {(name: 'product' | 'issue') => void} does.takeBack
 * @param {(id: string) => void} does.choose
 */
export function drawing(field, start, outcomes, { say, handOver, flag, promise, toggleMore, correct, takeBack, choose }) {
  const list = byId('tips');
  const roomy = () => !document.body.classList.contains('embed') && innerHeight >= ROOMY;

  function draw() {
    refocused(byId('understood'), '#correct', () => {
      byId('understood').replaceChildren(...(now.answer ? chips(now.answer.situation, now.given, { correct, takeBack }) : []));
    }, field);
    drawBeside(now.answer);
    redraw();
  }

  /** The list and the card: what changes when another tip is chosen or reported. */
  function redraw() {
    list.replaceChildren(...options(now.offered, now.chosen, (id) => outcomes.any(id), choose));
    list.hidden = !now.offered.length;
    field.setAttribute('aria-expanded', String(now.offered.length > 0));
    byId('answer').classList.toggle('alone', !now.offered.length && !now.answer?.craft);
    const at = now.offered.findIndex((entry) => entry.suggestion.id === now.chosen);
    if (at >= 0) field.setAttribute('aria-activedescendant', `tip-${at}`);
    else field.removeAttribute('aria-activedescendant');
    const place = byId('card');
    const key = attended() && place.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.key : null;
    const folds = () => /** @type {HTMLDetailsElement[]} */ ([...place.querySelectorAll('details')]);
    const open = new Map(folds().map((one) => [one.className, one.open]));
    place.replaceChildren(shown());
    for (const one of folds()) one.open = open.get(one.className) ?? one.open;
    // A button that was pressed keeps focus, so that a screen reader hears what it is now.
    if (key !== null) (/** @type {HTMLElement | null} */ (key && place.querySelector(`[data-key="${key}"]`)) || cardItself())?.focus({ preventScroll: true });
  }

  function shown() {
    const entry = now.offered.find((one) => one.suggestion.id === now.chosen);
    if (entry) {
      const does = { copy: say, flag, promise, more: now.more, toggleMore };
      return card(entry.suggestion, { tag: outcomes.mark(entry.suggestion.id) ?? (now.trouble ? 'The last answer' : entry.tag), unfolded: roomy(), actions: actions(entry.suggestion, outcomes, does), copyWire: handOver });
    }
    if (now.answer?.silence) return silenceCard(silenceHere(now.answer.silence), now.offered.length, undoButton(outcomes));
    return now.trouble === 'broken' ? troubleCard() : start;
  }
  return { draw, redraw };
}
