import { useGraphiQL } from '@graphiql/react'
import { useEffect } from 'react'

/** Sets the type of the editors, and lets long lines go on below. */
export function Editors() {
  const editors = useGraphiQL(({ queryEditor, variableEditor, headerEditor, responseEditor }) => [queryEditor, variableEditor, headerEditor, responseEditor])
  useEffect(() => {
    for (const editor of editors) {
      editor?.updateOptions({ fontSize: 13, lineHeight: 20, wordWrap: 'on', wrappingIndent: 'indent' })
    }
  }, editors)
  return null
}
