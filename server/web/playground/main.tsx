import 'graphiql/setup-workers/vite'
import 'graphiql/style.css'
import '@graphiql/plugin-explorer/style.css'
import { explorerPlugin } from '@graphiql/plugin-explorer'
import { createGraphiQLFetcher } from '@graphiql/toolkit'
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql'
import { createRoot } from 'react-dom/client'

const fetcher = createGraphiQLFetcher({ url: '/graphql' })
const plugins = [HISTORY_PLUGIN, explorerPlugin()]

createRoot(document.getElementById('playground')!).render(<GraphiQL fetcher={fetcher} plugins={plugins} />)
