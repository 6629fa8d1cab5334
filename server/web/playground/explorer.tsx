import { explorerPlugin } from '@graphiql/plugin-explorer'
import type { GraphiQLPlugin } from '@graphiql/react'
import { useEffect, useRef } from 'react'

const { icon, content: Content } = explorerPlugin({ showAttribution: false })

/** The schema as a tree, on which a query is clicked together. */
export const explorer: GraphiQLPlugin = { title: 'Explorer', icon, content: FromTheTop }

/** The explorer puts the cursor into the last value it finds, far down the tree. */
function FromTheTop() {
  const top = useRef<HTMLDivElement>(null)
  useEffect(() => top.current?.scrollIntoView({ block: 'end' }), [])
  return (
    <>
      <div ref={top} />
      <Content />
    </>
  )
}
