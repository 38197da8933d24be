// Lets Node read the pages' modules by the addresses that the server gives them.
import { webcrypto } from 'node:crypto';
import { register } from 'node:module';

// Browsers have it; so has Node from 20 on.
globalThis.crypto ??= webcrypto;
register('./assets-hooks.mjs', import.meta.url);
