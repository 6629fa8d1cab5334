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
import { sharedIn } from './share'

// A link becomes a tab, once; to keep it in the address would bring it back with
// each visit.
const shared = sharedIn(location.hash)
if (shared) history.replaceState(null, '', location.pathname)
addEventListener('hashchange', () => sharedIn(location.hash) && location.reload())

createRoot(root).render(<App names={await namesIn()} shared={shared} />)
