// A problem's page: what works on every page of the desk, and nothing more.
import { shell } from '/assets/shell/shell.js';

shell();
