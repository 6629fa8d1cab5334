// graphql-ws as a client: queries beside each other on one connection, refusals,
// and the ways in which the protocol ends a connection.
import assert from 'node:assert/strict'
import { createClient } from 'graphql-ws'
import WebSocket from 'ws'

const url = process.argv[2].replace('http', 'ws') + '/graphql'
const client = createClient({ url, retryAttempts: 0, webSocketImpl: WebSocket })

async function all(payload) {
  const answers = []
  for await (const answer of client.iterate(payload)) answers.push(answer)
  return answers
}

const lists = await Promise.all(
  [1, 2, 3, 4, 5].map((n) => all({ query: 'query List($n: Int) { articles(first: $n) { nodes { slug } } }', variables: { n } })),
)
lists.forEach((answers, i) => {
  assert.equal(answers.length, 1)
  assert.equal(answers[0].data.articles.nodes.length, i + 1)
  assert.deepEqual(Object.keys(answers[0].extensions), ['cost'])
})
await assert.rejects(all({ query: '{ nothing }' }), (errors) => errors[0].extensions.code === 'GRAPHQL_VALIDATION_FAILED')
await assert.rejects(all({ query: '{' }), (errors) => errors[0].extensions.code === 'GRAPHQL_PARSE_FAILED')
assert.equal((await all({ query: '{ __typename }' }))[0].data.__typename, 'Query')
await client.dispose()

// closing opens a connection, sends messages and tells how the server ends it.
function closing(messages) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, 'graphql-transport-ws')
    socket.onopen = () => messages.forEach((m) => socket.send(typeof m === 'string' ? m : JSON.stringify(m)))
    socket.onclose = (e) => resolve([e.code, e.reason])
    socket.onerror = reject
  })
}
const init = { type: 'connection_init' }
const query = { type: 'subscribe', id: '1', payload: { query: '{ articles(first: 100) { nodes { body related { nodes { body } } } } }' } }
assert.deepEqual(await closing([init, init]), [4429, 'Too many initialisation requests'])
assert.deepEqual(await closing([query]), [4401, 'Unauthorized'])
assert.deepEqual(await closing(['no JSON']), [4400, 'Invalid message received'])
assert.deepEqual(await closing([{ type: 'start', id: '1' }]), [4400, 'Invalid message received'])
assert.deepEqual(await closing([init, { type: 'subscribe', id: '', payload: { query: '{ __typename }' } }]), [4400, 'Invalid message received'])
assert.deepEqual(await closing([init, query, query]), [4409, 'Subscriber for 1 already exists'])
assert.deepEqual(await closing([]), [4408, 'Connection initialisation timeout'])

// ping is answered with what it carries.
const pong = await new Promise((resolve, reject) => {
  const socket = new WebSocket(url, 'graphql-transport-ws')
  socket.onopen = () => socket.send(JSON.stringify({ type: 'ping', payload: { a: 1 } }))
  socket.onmessage = (e) => {
    resolve(JSON.parse(e.data))
    socket.close()
  }
})
assert.deepEqual(pong, { type: 'pong', payload: { a: 1 } })
