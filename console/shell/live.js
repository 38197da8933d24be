// What happens elsewhere, as it happens: one stream a page, and none while nobody looks at it.

/** @typedef {'library' | 'balloon' | 'outcome' | 'promise' | 'reset'} Kind */

/** A page that was hidden for so long gives its stream back: browsers have few connections to a server, and desks many tabs. */
const HIDDEN_MS = 5000;
/** A server that refused the stream is asked again after so long; one that is away, EventSource asks by itself. */
const AGAIN_MS = 5000;

/** @type {Map<Kind, ((data: any) => void)[]>} */
const listeners = new Map();
/** @type {EventSource | undefined} */
let stream;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;
let began = false;

/**
 * Calls back for events of a kind. `reset` means that some were missed: read anew.
 * @param {Kind} kind
 * @param {(data: any) => void} then
 */
export function onLive(kind, then) {
  listeners.set(kind, [...(listeners.get(kind) ?? []), then]);
  if (stream) follow(stream, kind, then);
  if (began) return;
  began = true;
  document.addEventListener('visibilitychange', seen);
  if (document.visibilityState !== 'hidden') open();
}

/** @param {EventSource} from @param {Kind} kind @param {(data: any) => void} then */
function follow(from, kind, then) {
  from.addEventListener(kind, (event) => { if (from === stream) then(JSON.parse(/** @type {MessageEvent} */ (event).data)); });
}

/** @param {boolean} [missed] whether something may have happened meanwhile */
function open(missed = false) {
  const opened = new EventSource('/v1/live');
  stream = opened;
  for (const [kind, all] of listeners) for (const then of all) follow(opened, kind, then);
  if (missed) opened.addEventListener('open', () => { if (opened === stream) for (const then of listeners.get('reset') ?? []) then({}); }, { once: true });
  opened.addEventListener('error', () => {
    if (opened !== stream || opened.readyState !== 2) return; // 0: it tries again by itself
    close();
    waiting = setTimeout(reopen, AGAIN_MS);
  });
}

function close() {
  stream?.close();
  stream = undefined;
}

function reopen() {
  if (document.visibilityState !== 'hidden') open(true);
}

function seen() {
  clearTimeout(waiting);
  if (document.visibilityState === 'hidden') waiting = setTimeout(close, HIDDEN_MS);
  else if (!stream) reopen();
}
