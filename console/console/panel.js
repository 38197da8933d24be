// The panel's conversation: another one is another contact; what comes later in the same one leaves the agent's words alone.
import { listen } from '/assets/console/helpdesk.js';

/** @typedef {import('/assets/console/helpdesk.js').Context} Context */
/** @typedef {{ customer: string, typed: boolean }} Here the customer who is set, and whether the words are the agent's own */
/** @typedef {Partial<Pick<Context, 'customer' | 'text' | 'product' | 'issue'>>} News what to take; what is undefined stays */
/**
 * @typedef {object} Desk
 * @property {() => Here} about
 * @property {() => boolean} reading whether somebody is in the card, which never changes by itself
 * @property {(take: () => void) => void} offer offers what is new
 * @property {(context: Context) => void} seen what the helpdesk is at, so that a panel that is loaded anew knows
 * @property {(customer: string) => void} another begins another contact, with no words yet
 * @property {(news: News) => void} take
 */

/**
 * What a context changes.
 * @param {Context | null} before the one before; null for the first
 * @param {Context} context
 * @param {Here} here
 * @returns {{ other: boolean, news: News }}
 */
export function newsOf(before, context, { customer, typed }) {
  const other = before !== null && (before.id !== context.id || before.customer !== context.customer);
  const changed = (/** @type {'product' | 'issue'} */ name) => (other || context[name] !== (before?.[name] ?? '') ? context[name] : undefined);
  return {
    other,
    news: {
      customer: !other && !customer && context.customer ? context.customer : undefined,
      text: other || !typed ? context.text : undefined,
      product: changed('product'),
      issue: changed('issue'),
    },
  };
}

/**
 * Follows the helpdesk.
 * @param {string[]} allowed origins that may speak to us
 * @param {Desk} desk
 * @param {Context | null} [before] what it was at when the panel was loaded before
 */
export function follow(allowed, desk, before = null) {
  /** What is not taken yet, since somebody reads. @type {News} */
  let held = {};
  const take = () => {
    const news = held;
    held = {};
    // Words that the agent typed meanwhile are the agent's own.
    if (desk.about().typed) delete news.text;
    if (Object.keys(news).length) desk.take(news);
  };
  listen(allowed, (context) => {
    const { other, news } = newsOf(before, context, desk.about());
    before = context;
    if (other) {
      held = {};
      desk.another(context.customer);
    }
    desk.seen(context);
    held = { ...held, ...Object.fromEntries(Object.entries(news).filter(([, value]) => value !== undefined)) };
    if (!Object.keys(held).length) return;
    if (!other && desk.reading()) desk.offer(take);
    else take();
  });
}
