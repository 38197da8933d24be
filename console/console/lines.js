// A field of one line that holds several: a pasted chat keeps its lines, so that each is read for itself.

/** Stands for a break. */
const BREAK = '↵';

/** As the field shows it. @param {string} text */
export const inOneLine = (text) => text.trim().replace(/\s*[\r\n]+\s*/g, ` ${BREAK} `);

/** As it was said. @param {string} value */
export const asSaid = (value) => value.trim().split(BREAK).map((line) => line.trim()).join('\n').trim();

/** Keeps the lines of what is pasted; a browser would run them into each other. @param {HTMLInputElement} field */
export function keepLines(field) {
  field.addEventListener('paste', (event) => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!/[\r\n]/.test(text.trim())) return;
    event.preventDefault();
    // Typed in, so that it can be undone; a browser that has given the command up takes the other way.
    if (document.execCommand('insertText', false, inOneLine(text))) return;
    field.setRangeText(inOneLine(text), field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
}
