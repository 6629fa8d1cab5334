import { type GraphiQLPlugin, useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { type Names, namesIn } from './archive'
import { type Example, examples, filled } from './examples'
import { authorization, useToken } from './token'

/** Whether there is room for a panel beside the editors. */
export const isWide = () => matchMedia('(min-width: 48rem)').matches

const groups: { title: string; has(kind: Example['kind']): boolean }[] = [
  { title: 'Read', has: (kind) => kind === 'query' },
  { title: 'Follow', has: (kind) => kind === 'subscription' },
  { title: 'Edit', has: (kind) => kind === 'mutation' },
]

/** The list of examples beside the editor. */
export function examplesPlugin(names: Names): GraphiQLPlugin {
  return { title: 'Examples', icon: Icon, content: () => <Panel names={names} /> }
}

function Panel({ names }: { names: Names }) {
  const token = useToken((state) => state.token)
  return (
    <section className="examples" aria-label="Examples">
      <h2>Examples</h2>
      {groups.map(({ title, has }) => {
        const members = examples.filter(({ kind }) => has(kind))
        if (members.length === 0) return null
        return (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            {title === 'Edit' && !token && <p className="hint">These need the token of an editor. Put it into the field above.</p>}
            <ul>
              {members.map((example) => (
                <Item key={example.name} example={example} names={names} />
              ))}
            </ul>
          </section>
        )
      })}
    </section>
  )
}

function Item({ example, names }: { example: Example; names: Names }) {
  const open = useOpen()
  const { setVisiblePlugin } = useGraphiQLActions()
  async function show() {
    // What a mutation names may have been made since the page was opened.
    const found = example.kind === 'mutation' ? await namesIn(authorization()) : names
    open(example.name, example.query, filled(example, found))
    if (!isWide()) setVisiblePlugin(null)
  }
  const isOpen = useGraphiQL(({ tabs, activeTabIndex }) => tabs[activeTabIndex]?.title === example.name)
  return (
    <li>
      <button type="button" aria-current={isOpen || undefined} onClick={show}>
        <strong>{words(example.name)}</strong>
        <span>{example.about}</span>
      </button>
    </li>
  )
}

/** "PreviousAndNext" as people write it. */
function words(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

/** Brings a tab with this name to the front, or opens one with this query. */
function useOpen() {
  const { addTab, changeTab, updateActiveTabValues } = useGraphiQLActions()
  const { tabs, queryEditor, variableEditor } = useGraphiQL(({ tabs, queryEditor, variableEditor }) => ({ tabs, queryEditor, variableEditor }))
  return (name: string, query: string, variables: string) => {
    const index = tabs.findIndex(({ title }) => title === name)
    if (index >= 0) return changeTab(index)
    addTab()
    queryEditor?.setValue(query)
    variableEditor?.setValue(variables)
    updateActiveTabValues({ query, variables })
  }
}

function Icon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      <path d="M12 6.5C10 4.8 7 4.3 3.5 4.5v14c3.5-.2 6.5.3 8.5 2 2-1.7 5-2.2 8.5-2v-14C17 4.3 14 4.8 12 6.5zM12 6.5v14" />
    </svg>
  )
}
