// The console's keys, as its sheet lists them.

/** @type {import('/assets/shell/shell.js').KeyLine[]} */
export const KEYS = [
  ['/', 'the field; also Ctrl K'], ['↑ ↓', 'choose a question; also Ctrl J, Ctrl N and Ctrl P, in the field Ctrl K'], ['Enter', 'copy the line to say'],
  ['T', 'told'], ['H', 'helped'], ['D', 'declined'], ['W', 'copy what to hand over'], ['C', 'name the customer'], ['P', 'note a promise'],
  ['M', 'more:'], ['1–7', 'dismiss, with a reason'], ['F', 'flag what is wrong: nobody is given it meanwhile'], ['O', 'open or close the detail'],
  ['Z', 'take back the last report'], ['S', 'correct what was understood'], ['Esc', 'from the card to the field, then the next contact'], ['Ctrl Z', 'in the empty field: bring back what Esc cleared'],
];
