// What the desk's editor is made of: just these names are bundled, and nothing that reads HTML, CSS or scripts.
import { defineLanguageFacet, HighlightStyle, Language, languageDataProp, syntaxHighlighting, syntaxTree } from '@codemirror/language';
import { yamlFrontmatter } from '@codemirror/lang-yaml';
import { GFM, parser } from '@lezer/markdown';

export { autocompletion, completionKeymap, startCompletion } from '@codemirror/autocomplete';
export { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
export { forceLinting, lintKeymap, setDiagnostics } from '@codemirror/lint';
export { EditorState } from '@codemirror/state';
export { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
export { tags } from '@lezer/highlight';
export { HighlightStyle, syntaxHighlighting, syntaxTree };

/** Markdown with GitHub's additions below YAML front matter. */
export function tipLanguage() {
  const data = defineLanguageFacet({ commentTokens: { block: { open: '<!--', close: '-->' } } });
  const markdown = new Language(data, parser.configure([GFM, { props: [languageDataProp.add({ Document: data })] }]), [], 'markdown');
  return yamlFrontmatter({ content: markdown });
}
