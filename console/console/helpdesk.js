// The panel in a helpdesk's side bar: takes the conversation from Chatwoot's `appContext`, as a hint and no more.

/** @typedef {{ id: string, text: string, product: string, issue: string, customer: string, theme: string, last: string }} Context */

/** The last messages that are read: earlier ones are about what was settled. */
const MESSAGES = 6;
/** Characters of a message that are read: six such and a question is not too long to be asked. */
const LONGEST = 3000;
const ASK = 'chatwoot-dashboard-app:fetch-info';
/** First pings may be lost while the frame loads; new messages are never pushed. */
const FIRST_MS = [0, 250, 1000, 3000];
const EVERY_MS = 5000;

/**
 * What a message of the helpdesk says; null where it is none.
 * @param {unknown} data
 * @returns {Context | null}
 */
export function contextOf(data) {
  if (typeof data !== 'string') return null;
  let read;
  try {
    read = JSON.parse(data);
  } catch {
    return null;
  }
  if (read?.event !== 'appContext' || !read.data) return null;
  const { conversation, contact, theme } = read.data;
  const said = messages(record(conversation).messages);
  const own = { ...record(record(contact).custom_attributes), ...record(record(conversation).custom_attributes) };
  return {
    id: word(record(conversation).id),
    text: redacted(said.slice(-MESSAGES).map((one) => String(one.content).slice(0, LONGEST).replace(/\s+/g, ' ').trim()).join('\n')),
    product: word(own.product),
    issue: word(own.issue),
    customer: word(record(contact).identifier) || word(record(contact).id),
    theme: theme === 'dark' || theme === 'light' ? theme : '',
    last: word(said.at(-1)?.id),
  };
}

/** What the customer said: message_type 0 is theirs; a private note is nobody's business here. @param {unknown} all */
function messages(all) {
  const read = Array.isArray(all) ? all.map(record) : [];
  return read.filter((one) => one.message_type === 0 && !one.private && typeof one.content === 'string' && one.content);
}

/** The helpdesk is another program, of any version: what is no object there is an empty one here. @param {unknown} value @returns {Record<string, unknown>} */
function record(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? /** @type {Record<string, unknown>} */ (value) : {};
}

/** @param {unknown} value */
function word(value) {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Words without what names a person: addresses, numbers of phones and cards. @param {string} text */
export function redacted(text) {
  return text.replace(/[^\s@]{1,64}@[^\s@]{1,255}/g, '…').replace(/\+?\d[\d ()./-]{6,40}\d/g, '…');
}

/**
 * Whether a message comes from who shows us: the parent frame of an allowed origin, or the helpdesk's own app.
 * @param {{ source: unknown, origin: string }} event
 * @param {{ parent: unknown, self: unknown, origin: string }} us
 * @param {string[]} allowed
 */
export function isTrusted(event, us, allowed) {
  if (event.source === us.self) return event.origin === us.origin;
  return event.source === us.parent && allowed.some((pattern) => matches(pattern, event.origin));
}

/** An origin, or one with `*.` for any name below. @param {string} pattern @param {string} origin */
function matches(pattern, origin) {
  if (!pattern.includes('*')) return pattern === origin;
  const [before, after] = pattern.split('*');
  return origin.startsWith(before) && origin.endsWith(after) && origin.length >= pattern.length;
}

/**
 * Listens for the helpdesk, and asks it again and again while somebody looks.
 * @param {string[]} allowed
 * @param {(context: Context) => void} then for each context that is new
 */
export function listen(allowed, then) {
  let seen = '';
  addEventListener('message', (event) => {
    if (!isTrusted(event, { parent: window.parent, self: window, origin: location.origin }, allowed)) return;
    const context = contextOf(event.data);
    if (!context) return;
    if (context.theme) document.documentElement.dataset.theme = context.theme;
    const now = JSON.stringify([context.id, context.customer, context.last, context.product, context.issue]);
    if (now === seen) return;
    seen = now;
    then(context);
  });
  const ask = () => {
    if (document.visibilityState !== 'visible') return;
    const native = /** @type {any} */ (window).ReactNativeWebView;
    if (native) native.postMessage(ASK);
    else if (window.parent !== window) window.parent.postMessage(ASK, '*');
  };
  for (const wait of FIRST_MS) setTimeout(ask, wait);
  setInterval(ask, EVERY_MS);
  addEventListener('focus', ask);
  document.addEventListener('visibilitychange', ask);
}
