import { useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { useEffect } from 'react'

/** Sets the type of the editors, and keeps them as light or dark as the system is. */
export function Editors() {
  const editors = useGraphiQL(({ queryEditor, variableEditor, headerEditor, responseEditor }) => [queryEditor, variableEditor, headerEditor, responseEditor])
  useEffect(() => {
    for (const editor of editors) {
      editor?.updateOptions({ fontSize: 13, lineHeight: 20, wordWrap: 'on', wrappingIndent: 'indent' })
    }
  }, editors)
  const { setTheme } = useGraphiQLActions()
  const theme = useGraphiQL((state) => state.theme)
  useEffect(() => {
    const system = matchMedia('(prefers-color-scheme: dark)')
    const follow = () => theme ?? setTheme(null)
    system.addEventListener('change', follow)
    return () => system.removeEventListener('change', follow)
  }, [theme, setTheme])
  return null
}
