import './worker'
import '@graphiql/react/style.css'
import '@graphiql/plugin-doc-explorer/style.css'
import '@graphiql/plugin-history/style.css'
import '@graphiql/plugin-explorer/style.css'
import 'graphiql/graphiql.css'
import './playground.css'
import { createRoot } from 'react-dom/client'
import { App } from './app'
import { namesIn } from './archive'
import { root } from './config'

createRoot(root).render(<App names={await namesIn()} />)
