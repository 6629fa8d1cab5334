import { DOC_EXPLORER_PLUGIN, DocExplorerStore } from '@graphiql/plugin-doc-explorer'
import { HISTORY_PLUGIN, HistoryStore } from '@graphiql/plugin-history'
import { GraphiQLProvider } from '@graphiql/react'
import { GraphiQL, GraphiQLInterface } from 'graphiql'
import { useMemo } from 'react'
import { Actions } from './actions'
import type { Names } from './archive'
import { AutoRun } from './autorun'
import { secret } from './config'
import { Editors } from './editors'
import { examples, filled } from './examples'
import { examplesPlugin, isWide } from './examplespanel'
import { explorer } from './explorer'
import { AnswerFacts } from './facts'
import { fetcher } from './fetcher'
import { Header } from './header'
import { Notice } from './notice'
import type { Shared } from './share'
import { lastTab, storage } from './storage'
import { editorTheme } from './theme'

/** The whole page. */
export function App({ names, shared }: { names: Names; shared: Shared | null }) {
  const panel = useMemo(() => examplesPlugin(names), [names])
  const plugins = useMemo(() => [panel, DOC_EXPLORER_PLUGIN, explorer, HISTORY_PLUGIN], [panel])
  const tabs = useMemo(() => firstTabs(names, shared), [names, shared])
  return (
    <GraphiQLProvider
      fetcher={fetcher}
      schema={secret ? null : undefined}
      plugins={plugins}
      referencePlugin={DOC_EXPLORER_PLUGIN}
      visiblePlugin={isWide() ? panel : undefined}
      storage={storage}
      shouldPersistHeaders={false}
      editorTheme={editorTheme}
      {...tabs}
    >
      <HistoryStore>
        <DocExplorerStore>
          <Header />
          <Notice />
          <Editors />
          <AutoRun />
          <GraphiQLInterface showPersistHeadersSettings={false} defaultEditorToolsVisibility="variables">
            <GraphiQL.Logo>{null}</GraphiQL.Logo>
            <GraphiQL.Toolbar>
              {({ prettify, merge }) => (
                <>
                  {prettify}
                  {merge}
                  <Actions />
                </>
              )}
            </GraphiQL.Toolbar>
            <GraphiQL.Footer>
              <AnswerFacts />
            </GraphiQL.Footer>
          </GraphiQLInterface>
        </DocExplorerStore>
      </HistoryStore>
    </GraphiQLProvider>
  )
}

/**
 * What is open at first: what a link brings, in front; then the tabs of the last
 * visit, which GraphiQL remembers, or all examples but those that change something.
 */
function firstTabs(names: Names, shared: Shared | null) {
  const defaultTabs = examples.filter(({ kind }) => kind !== 'mutation').map((example) => ({ query: example.query, variables: filled(example, names) }))
  if (shared) defaultTabs.unshift(shared)
  const front = shared ?? lastTab() ?? defaultTabs[0]
  return { defaultTabs, initialQuery: front?.query, initialVariables: front?.variables }
}
