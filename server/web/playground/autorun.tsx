import { useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { useEffect, useRef } from 'react'
import { useAnswers } from './answers'
import { examples } from './examples'

/**
 * Answers an example as soon as it is in front, so that leafing through the tabs
 * shows what the API can do. Only queries run by themselves, unchanged, and once.
 */
export function AutoRun() {
  const { run } = useGraphiQLActions()
  const setTab = useAnswers((state) => state.setTab)
  const done = useRef(new Set<string>())
  const { tab, operationName, editor, ready } = useGraphiQL((state) => ({
    tab: state.tabs[state.activeTabIndex],
    operationName: state.operationName,
    editor: state.queryEditor,
    ready: Boolean(state.queryEditor && state.variableEditor && state.responseEditor),
  }))
  const id = tab?.id
  const index = useGraphiQL((state) => state.activeTabIndex)
  useEffect(() => {
    document.getElementById(`graphiql-session-tab-${index}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [id, index])
  useEffect(() => {
    if (!tab) return
    setTab(tab.id)
    const example = examples.find(({ name }) => name === operationName)
    if (!ready || example?.kind !== 'query' || tab.response || done.current.has(tab.id)) return
    if (tab.query !== example.query || editor?.getValue() !== example.query) return
    done.current.add(tab.id)
    run()
  }, [tab, operationName, editor, ready, run, setTab])
  return null
}
