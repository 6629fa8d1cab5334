// graphql-sse as a client, in the distinct connections mode.
import assert from 'node:assert/strict'
import { createClient } from 'graphql-sse'

const url = process.argv[2] + '/graphql'
const client = createClient({ url, retryAttempts: 0 })

async function all(payload) {
  const answers = []
  for await (const answer of client.iterate(payload)) answers.push(answer)
  return answers
}

const lists = await Promise.all(
  [1, 2, 3].map((n) => all({ query: 'query List($n: Int) { articles(first: $n) { nodes { slug body(format: TEXT) } } }', variables: { n } })),
)
lists.forEach((answers, i) => {
  assert.equal(answers.length, 1)
  assert.equal(answers[0].data.articles.nodes.length, i + 1)
})
const refused = await all({ query: '{ nothing }' })
assert.equal(refused[0].errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED')
assert.equal('data' in refused[0], false)

// By GET, as an EventSource of a browser asks.
const answer = await fetch(url + '?query=' + encodeURIComponent('{ __typename }'), { headers: { accept: 'text/event-stream' } })
assert.equal(answer.status, 200)
assert.match(answer.headers.get('content-type'), /^text\/event-stream/)
assert.match(await answer.text(), /event: next\ndata: \{"data":\{"__typename":"Query"\}.*\n\nevent: complete\ndata:\n\n$/)
client.dispose()
