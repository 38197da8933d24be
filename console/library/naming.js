// Where a new tip goes: its section, and a name made of its question until somebody chooses another.
import { el } from '/assets/shell/dom.js';
import { nameOf, questionOf } from '/assets/library/front.js';
import { allSections } from '/assets/library/vocabulary.js';

/**
 * @param {string} section chosen at first
 * @param {string} text
 * @param {(id: string) => void} onChange
 */
export async function naming(section, text, onChange) {
  const sections = await allSections().catch(() => []);
  const choose = el('select', { id: 'new-section', class: 'input' }, el('option', { value: '' }, 'the whole library'),
    sections.map(({ id, title }) => el('option', { value: id }, `${title} (${id})`)));
  choose.value = sections.some(({ id }) => id === section) ? section : '';
  const name = el('input', { id: 'new-name', class: 'input', type: 'text', autocomplete: 'off', spellcheck: 'false', maxlength: 120, value: nameOf(questionOf(text)) });
  let [own, held] = [false, false];
  let chosen = choose.value;
  const id = () => [choose.value, name.value.trim() || 'new-tip'].filter(Boolean).join('/');
  const path = el('p', { class: 'hint' });
  const told = () => { chosen = choose.value; path.textContent = `It will be ${id()}.md`; onChange(id()); };
  name.addEventListener('input', () => { own = name.value !== ''; told(); });
  choose.addEventListener('change', () => {
    if (held) choose.value = chosen;
    else told();
  });
  path.textContent = `It will be ${id()}.md`;
  const node = el('div', { class: 'naming' },
    el('div', { class: 'field' }, el('label', { for: 'new-section' }, 'Section'), choose),
    el('div', { class: 'field' }, el('label', { for: 'new-name' }, 'Name of the file'), name), path);
  return {
    node, id, focus: () => name.focus(),
    /** While the file is being made, its name stays. @param {boolean} hold */
    hold(hold) {
      held = hold;
      name.readOnly = hold;
    },
    /** The name that a text had when it was left. @param {string} was */
    set(was) {
      const at = [...choose.options].map(({ value }) => value).filter((value) => value && was.startsWith(`${value}/`)).sort((one, other) => other.length - one.length)[0] ?? '';
      [choose.value, name.value, own] = [at, at ? was.slice(at.length + 1) : was, true];
      told();
    },
    /** Follows the question while nobody has named the file. @param {string} typed */
    follow(typed) {
      const proposed = nameOf(questionOf(typed));
      if (own || held || proposed === name.value || !node.isConnected) return;
      name.value = proposed;
      told();
    },
  };
}
