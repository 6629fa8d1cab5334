import { CopyIcon, ToolbarButton, ToolbarMenu, useGraphiQL } from '@graphiql/react'
import { useEffect, useState } from 'react'
import { copy } from './clipboard'
import { linkTo } from './share'
import { curl, fetchCall, getURL, type Snippet } from './snippet'
import { useToken } from './token'

/** What a request can be copied as. */
const forms: { name: string; write(snippet: Snippet): string; queriesOnly?: boolean }[] = [
  { name: 'curl', write: curl },
  { name: 'fetch', write: fetchCall },
  { name: 'URL for GET', write: getURL, queriesOnly: true },
]

/** Buttons that take the request elsewhere: a link to it, or the request itself. */
export function Actions() {
  const { said, say } = useSaying()
  const { queryEditor, variableEditor, operationName, kind } = useGraphiQL(({ queryEditor, variableEditor, operationName, operations }) => ({
    queryEditor,
    variableEditor,
    operationName,
    kind: operations?.find(({ name }) => name?.value === operationName)?.operation ?? operations?.[0]?.operation,
  }))
  const authorized = useToken((state) => state.token !== '')
  const query = () => queryEditor?.getValue() ?? ''
  const variables = () => variableEditor?.getValue() ?? ''

  async function put(what: string, text: () => string) {
    try {
      await copy(text())
      say(`Copied ${what}`)
    } catch (error) {
      say(error instanceof SyntaxError ? 'The variables are not JSON' : 'The browser refused to copy')
    }
  }

  async function share() {
    const link = linkTo({ query: query(), variables: variables() })
    history.replaceState(null, '', link)
    await put('a link', () => link)
  }

  function snippet(): Snippet {
    const text = variables().trim()
    return { query: query(), variables: text ? JSON.parse(text) : undefined, operationName, authorized }
  }

  return (
    <>
      <ToolbarButton label="Share: copy a link to this query" onClick={share}>
        <ShareIcon />
      </ToolbarButton>
      <ToolbarMenu button={<ToolbarButton label="Copy as…"><CopyIcon className="graphiql-toolbar-icon" aria-hidden="true" /></ToolbarButton>}>
        {forms
          .filter(({ queriesOnly }) => !queriesOnly || kind === 'query')
          .map(({ name, write }) => (
            <ToolbarMenu.Item key={name} onSelect={() => put(name, () => write(snippet()))}>
              Copy as {name}
            </ToolbarMenu.Item>
          ))}
      </ToolbarMenu>
      <p className="said" role="status">{said}</p>
    </>
  )
}

/** A word to the reader, which goes away by itself. */
function useSaying() {
  const [said, say] = useState('')
  useEffect(() => {
    if (!said) return
    const timer = setTimeout(() => say(''), 3000)
    return () => clearTimeout(timer)
  }, [said])
  return { said, say }
}

function ShareIcon() {
  return (
    <svg className="graphiql-toolbar-icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      <path d="M10 14a4 4 0 0 0 5.7 0l3.6-3.6a4 4 0 0 0-5.7-5.7l-1.4 1.4M14 10a4 4 0 0 0-5.7 0l-3.6 3.6a4 4 0 0 0 5.7 5.7l1.4-1.4" />
    </svg>
  )
}
