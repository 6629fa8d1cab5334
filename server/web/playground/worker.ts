// What checks and completes in the background, one script for each language.
import EditorWorker from 'monaco-editor/esm/vs/editor/editor.worker.js?worker'
import JSONWorker from 'monaco-editor/esm/vs/language/json/json.worker.js?worker'
import GraphQLWorker from 'monaco-graphql/esm/graphql.worker.js?worker'

window.MonacoEnvironment = {
  getWorker(_, language) {
    switch (language) {
      case 'json':
        return new JSONWorker()
      case 'graphql':
        return new GraphQLWorker()
    }
    return new EditorWorker()
  },
}
