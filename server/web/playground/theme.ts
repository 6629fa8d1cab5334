import * as monaco from 'monaco-graphql/esm/monaco-editor.js'

// The colours of the editors, which their library wants in figures. The rest of the
// page takes them from playground.css.
const accent = { light: '#0b5c74', dark: '#6cc3da' }
const raised = { light: '#ffffff', dark: '#1c2326' }

function define(theme: 'light' | 'dark') {
  const wash = `${accent[theme]}22`
  monaco.editor.defineTheme(`nutgraph-${theme}`, {
    base: theme === 'dark' ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: 'argument.identifier.gql', foreground: theme === 'dark' ? 'b3a5f0' : '6047b0' },
      { token: 'comment', foreground: theme === 'dark' ? '8fb08a' : '3d6b3a' },
    ],
    colors: {
      'editor.background': '#ffffff00',
      'scrollbar.shadow': '#ffffff00',
      'editorLineNumber.foreground': theme === 'dark' ? '#8d999d' : '#66736f',
      'textLink.foreground': accent[theme],
      'textLink.activeForeground': accent[theme],
      'editorHoverWidget.background': raised[theme],
      'editorWidget.background': raised[theme],
      'editorSuggestWidget.background': raised[theme],
      'editorSuggestWidget.selectedBackground': wash,
      'editorSuggestWidget.selectedForeground': theme === 'dark' ? '#ffffff' : '#1c2326',
      'list.hoverBackground': wash,
      'list.highlightForeground': accent[theme],
      'list.focusHighlightForeground': accent[theme],
      'menu.background': raised[theme],
      'menu.selectionBackground': wash,
      'menu.selectionForeground': accent[theme],
      'quickInput.background': raised[theme],
      'quickInputList.focusBackground': wash,
      focusBorder: accent[theme],
    },
  })
  return `nutgraph-${theme}`
}

/** The names of our themes for the editors. */
export const editorTheme = { light: define('light'), dark: define('dark') }
