// The field that tips are written in: CodeMirror in a shadow root, where its styles need no exception of the page's policy.

/** @typedef {import('/assets/library/spans.js').Placed} Placed */
/** @typedef {import('/assets/library/complete.js').Option} Option */
/**
 * @typedef {object} Editor
 * @property {() => string} text
 * @property {(text: string) => void} set puts another text in place of all, as one step that can be undone
 * @property {(found: Placed[]) => void} show underlines what was found in the text as it is now
 * @property {(change: { from: number, to: number, text: string }) => void} mend
 * @property {(from?: number, to?: number) => void} focus
 * @property {() => void} end takes it down
 */

/** The bundle, fetched when the first text is opened. @type {Promise<any> | undefined} */
let bundle;

/**
 * @param {HTMLElement} host
 * @param {object} how
 * @param {string} how.text
 * @param {(text: string) => void} how.onChange
 * @param {() => void} how.onEscape
 * @param {(text: string, at: number) => { from: number, options: Option[] } | null} how.fitting
 * @returns {Promise<Editor>}
 */
export async function openEditor(host, { text, onChange, onEscape, fitting }) {
  // One that could not be fetched is asked for again with the next text.
  bundle ??= import('/assets/vendor/codemirror.js').catch((error) => { bundle = undefined; throw error; });
  const cm = await bundle;
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open', delegatesFocus: true });
  root.replaceChildren();
  const complete = (/** @type {any} */ context) => {
    const found = fitting(context.state.doc.toString(), context.pos);
    if (!found || (!context.explicit && found.from === context.pos && !/[:\s[,-]/.test(context.state.sliceDoc(context.pos - 1, context.pos)))) return null;
    return { from: found.from, options: found.options, validFor: /^[^\s,[\]]*$/ };
  };
  const view = new cm.EditorView({
    parent: root,
    root,
    state: cm.EditorState.create({ doc: text, extensions: [
      cm.history(), cm.drawSelection(), cm.lineNumbers(), cm.highlightActiveLine(), cm.EditorView.lineWrapping, cm.EditorView.perLineTextDirection.of(true),
      cm.tipLanguage(), cm.syntaxHighlighting(cm.HighlightStyle.define(colours(cm.tags))), look(cm),
      cm.autocompletion({ override: [complete], icons: false }),
      cm.EditorView.contentAttributes.of({ 'aria-label': 'The tip’s text', spellcheck: 'true', autocapitalize: 'sentences' }),
      cm.EditorView.updateListener.of((/** @type {any} */ update) => { if (update.docChanged) onChange(update.state.doc.toString()); }),
      // Where no list is open that Escape shuts, it leaves the text; the default would only drop what is selected.
      cm.keymap.of([...cm.completionKeymap, ...cm.lintKeymap, ...cm.historyKeymap, { key: 'Escape', run: () => { onEscape(); return true; } }, ...cm.defaultKeymap]),
    ] }),
  });
  return {
    text: () => view.state.doc.toString(),
    set: (all) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: all } }),
    show: (found) => view.dispatch(cm.setDiagnostics(view.state, found.map((one) => diagnostic(one, view.state.doc)))),
    mend: ({ from, to, text: insert }) => view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length }, scrollIntoView: true }),
    focus: (from, to = from) => {
      if (from !== undefined) view.dispatch({ selection: { anchor: Math.min(from, view.state.doc.length), head: Math.min(to ?? from, view.state.doc.length) }, scrollIntoView: true });
      view.focus();
    },
    end: () => view.destroy(),
  };
}

/** @param {Placed} placed @param {any} checked the text that was checked */
function diagnostic({ finding, from, to, fix }, checked) {
  const { length } = checked;
  // Its places are those of the text that was checked: where somebody typed since, the next check brings it again.
  const apply = (/** @type {any} */ view) => fix && view.state.doc.eq(checked) && view.dispatch({ changes: { from: fix.from, to: fix.to, insert: fix.text } });
  return {
    from: Math.min(from, length), to: Math.min(Math.max(to, from), length), severity: finding.severity, source: finding.code, message: `${finding.message}\n${finding.help}`,
    actions: fix ? [{ name: fix.title, apply }] : [],
  };
}

/** Colours of the text, all of them the page's own. @param {any} tags */
function colours(tags) {
  return [
    { tag: [tags.heading, tags.heading1, tags.heading2, tags.heading3], fontWeight: '650', color: 'var(--ink)' },
    { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--stem)', fontWeight: '600' },
    { tag: tags.strong, fontWeight: '700' },
    { tag: tags.emphasis, fontStyle: 'italic' },
    { tag: tags.strikethrough, textDecoration: 'line-through' },
    { tag: [tags.link, tags.url], color: 'var(--stem)', textDecoration: 'underline' },
    { tag: [tags.meta, tags.comment, tags.processingInstruction, tags.separator, tags.punctuation, tags.squareBracket], color: 'var(--quiet)' },
    { tag: tags.monospace, fontFamily: 'var(--mono)' },
    { tag: [tags.quote], color: 'var(--quiet)' },
  ];
}

/** @param {any} cm */
function look(cm) {
  return cm.EditorView.theme({
    '&': { color: 'var(--ink)', backgroundColor: 'var(--sheet)', fontSize: '1rem', minHeight: '18rem' },
    '&.cm-focused': { outline: 'none' }, // its frame has the ring
    '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6', minHeight: '18rem' },
    '.cm-content': { padding: '.75rem 0', caretColor: 'var(--stem)' },
    '.cm-line': { unicodeBidi: 'plaintext' },
    '.cm-cursor': { borderLeftColor: 'var(--stem)', borderLeftWidth: '2px' },
    '.cm-gutters': { backgroundColor: 'var(--sheet)', color: 'var(--quiet)', border: 'none' },
    '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--sunk) 55%, transparent)' },
    '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': { backgroundColor: 'color-mix(in srgb, var(--stem) 25%, transparent)' },
    '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--bad)', textUnderlineOffset: '.25em' },
    '.cm-lintRange-warning': { backgroundImage: 'none', textDecoration: 'underline wavy var(--warn)', textUnderlineOffset: '.25em' },
    '.cm-tooltip': { backgroundColor: 'var(--sheet)', color: 'var(--ink)', border: '1px solid var(--edge)', borderRadius: '8px', overflow: 'hidden' },
    '.cm-tooltip .cm-diagnostic': { whiteSpace: 'pre-wrap', maxWidth: '24rem', borderLeft: 'none', padding: '.5rem .75rem' },
    '.cm-diagnosticAction': { backgroundColor: 'var(--stem)', color: 'var(--on-stem)', borderRadius: '6px', font: 'inherit', padding: '.2rem .6rem' },
    '.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--sans)' },
    '.cm-tooltip-autocomplete > ul > li': { padding: '.3rem .6rem' },
    '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--stem)', color: 'var(--on-stem)' },
    '.cm-completionDetail': { fontStyle: 'normal', opacity: '.85' },
    '.cm-panels': { backgroundColor: 'var(--sunk)', color: 'var(--ink)' },
  });
}
