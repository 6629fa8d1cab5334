import type { Fetcher, FetcherParams } from '@graphiql/toolkit'
import { type Client, createClient } from 'graphql-ws'
import { type ExecutionResult, getOperationAST, GraphQLError, parse as parseQuery } from 'graphql'
import { costOf, type Facts, useAnswers } from './answers'
import { endpoint, readOnly } from './config'
import { authorization, useToken } from './token'

/** How GraphiQL asks: queries and mutations over HTTP, subscriptions over WebSocket. */
export const fetcher: Fetcher = (asked, options) => {
  const { params, kind } = current(asked)
  // The schema is the same for everybody, and a wrong token should not hide it.
  if (params.operationName === 'IntrospectionQuery') return post(params, { ...options?.headers })
  const headers = { ...authorization(), ...options?.headers }
  const { tab } = useAnswers.getState()
  if (kind === 'subscription') return subscribe(params, tab)
  if (kind === 'mutation' && readOnly) {
    return { errors: [new GraphQLError('This playground only reads. The mutation was not sent.')] }
  }
  return post(params, headers, tab)
}

/** GraphiQL learns the name of what was just opened a moment late. */
function current(asked: FetcherParams) {
  try {
    const document = parseQuery(asked.query)
    const operation = getOperationAST(document, asked.operationName) ?? getOperationAST(document)
    return { params: { ...asked, operationName: operation?.name?.value }, kind: operation?.operation }
  } catch {
    return { params: asked, kind: undefined } // the server says better what is wrong
  }
}

async function post(params: FetcherParams, headers: Record<string, string>, tab?: string): Promise<ExecutionResult> {
  const start = performance.now()
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json, application/json', ...headers },
    body: JSON.stringify(params),
  })
  const text = await response.text()
  const elapsed = performance.now() - start
  const answer = parse(text, response)
  if (tab !== undefined) {
    const timing = timingSince(start)
    useAnswers.getState().note(tab, {
      status: response.status,
      milliseconds: timing?.duration || elapsed,
      bytes: new TextEncoder().encode(text).length,
      bytesSent: timing?.encodedBodySize ?? 0,
      cache: [response.headers.get('Cache-Control'), response.headers.get('Cache-Status')].filter(Boolean).join('; '),
      events: null,
      done: true,
      ...costOf(answer),
    })
  }
  return answer
}

/** What is not JSON came from something between here and the server. */
function parse(text: string, response: Response): ExecutionResult {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`The answer is not JSON: HTTP ${response.status} ${response.statusText}: ${text.slice(0, 200)}`)
  }
}

/** What the browser measured, without the wait for this page to look at it. */
function timingSince(start: number): PerformanceResourceTiming | undefined {
  const entries = performance.getEntriesByName(endpoint, 'resource') as PerformanceResourceTiming[]
  performance.clearResourceTimings()
  return entries.findLast(({ startTime }) => startTime >= start)
}

let client: Client | undefined

/** One connection for all subscriptions, made anew when another token is given. */
function connection(): Client {
  client ??= createClient({ url: endpoint.replace(/^http/, 'ws'), lazy: true, retryAttempts: 3, connectionParams: authorization })
  return client
}

useToken.subscribe(() => {
  void client?.dispose()
  client = undefined
})

/** The events of a subscription. To stop it ends it at once, also between events. */
function subscribe({ query, variables, operationName }: FetcherParams, tab: string): AsyncIterableIterator<ExecutionResult> {
  const source = connection().iterate({ query, variables, operationName })
  const start = performance.now()
  const { note } = useAnswers.getState()
  const facts: Facts = { status: null, milliseconds: 0, bytes: 0, bytesSent: 0, cost: null, limit: null, cache: '', events: 0, done: false }
  note(tab, facts)
  return {
    async next() {
      const step = await source.next().catch((cause: unknown) => {
        throw readable(cause)
      })
      if (step.done) {
        note(tab, { ...facts, done: true })
        return step
      }
      Object.assign(facts, costOf(step.value))
      facts.events = (facts.events ?? 0) + 1
      facts.milliseconds = performance.now() - start
      facts.bytes = new TextEncoder().encode(JSON.stringify(step.value)).length
      note(tab, { ...facts })
      return { done: false, value: step.value as ExecutionResult }
    },
    async return() {
      note(tab, { ...facts, done: true })
      await source.return?.()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

/** A connection that ends is an event without words; errors of GraphQL have them. */
function readable(cause: unknown): unknown {
  if (cause instanceof CloseEvent) {
    return new Error(`The connection was closed: ${cause.reason || `code ${cause.code}`}.`)
  }
  return cause instanceof Event ? new Error('The server takes no WebSocket connections here.') : cause
}
