// The desk's editor as the pages see it: made elsewhere, with types of its own that are not installed here.
export const autocompletion: any, completionKeymap: any, startCompletion: any;
export const defaultKeymap: any, history: any, historyKeymap: any;
export const forceLinting: any, lintKeymap: any, setDiagnostics: any;
export const EditorState: any, EditorView: any;
export const drawSelection: any, highlightActiveLine: any, keymap: any, lineNumbers: any;
export const tags: any, HighlightStyle: any, syntaxHighlighting: any, syntaxTree: any, tipLanguage: any;
