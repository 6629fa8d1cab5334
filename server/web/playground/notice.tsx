import { useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { secret } from './config'

/** Says what is missing when the schema could not be had. */
export function Notice() {
  const { introspect } = useGraphiQLActions()
  const error = useGraphiQL((state) => state.fetchError)
  if (!error && !secret) return null
  const off = secret || /introspection/i.test(error ?? '')
  return (
    <div className="notice" role="status">
      {off ? (
        <p>
          <strong>Introspection is off on this server.</strong> Queries run, but there is no documentation, no completion and no explorer here.
        </p>
      ) : (
        <p>
          <strong>The schema could not be loaded.</strong> Is the server running? Queries may fail, too.
        </p>
      )}
      {!off && (
        <button type="button" onClick={() => introspect()}>
          Try again
        </button>
      )}
    </div>
  )
}
