// Automatic persisted queries with Apollo Client's own link, by POST and by GET.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client'
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries'

const uri = process.argv[2] + '/graphql'
const sha256 = (text) => createHash('sha256').update(text).digest('hex')

for (const useGETForHashedQueries of [false, true]) {
  const sent = []
  const link = ApolloLink.from([
    new PersistedQueryLink({ sha256, useGETForHashedQueries }),
    new HttpLink({
      uri,
      fetch: async (input, init) => {
        const response = await fetch(input, init)
        sent.push({
          method: init.method,
          query: init.method === 'GET' ? new URL(input).searchParams.has('query') : 'query' in JSON.parse(init.body),
          status: response.status,
          cache: response.headers.get('cache-control'),
          etag: response.headers.get('etag'),
        })
        return response
      },
    }),
  ])
  const client = new ApolloClient({ link, cache: new InMemoryCache(), defaultOptions: { query: { fetchPolicy: 'no-cache' } } })
  // Another operation for each method, so that neither knows what the other has stored.
  const query = gql(`query Persisted${useGETForHashedQueries ? 'Get' : 'Post'}($n: Int) { articles(first: $n) { nodes { slug } } }`)
  for (const n of [1, 2]) {
    const { data } = await client.query({ query, variables: { n } })
    assert.equal(data.articles.nodes.length, n)
  }
  const method = useGETForHashedQueries ? 'GET' : 'POST'
  assert.deepEqual(sent.map((s) => [s.method, s.query]), [[method, false], ['POST', true], [method, false]].slice(0, sent.length))
  assert.equal(sent.length, 3, 'a hash, the text, and the hash again')
  assert.equal(sent[0].cache, 'no-store')
  if (useGETForHashedQueries) {
    assert.equal(sent[2].cache, 'public, no-cache')
    assert.ok(sent[2].etag)
  }
}

// A hash of another text stores nothing.
const forged = { query: '{ __typename }', extensions: { persistedQuery: { version: 1, sha256Hash: sha256('{ other }') } } }
const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' }
const answer = await fetch(uri, { method: 'POST', headers, body: JSON.stringify(forged) })
assert.equal(answer.status, 400)
assert.equal((await answer.json()).errors[0].extensions.code, 'BAD_REQUEST')
delete forged.query
const unknown = await fetch(uri, { method: 'POST', headers, body: JSON.stringify(forged) })
assert.equal((await unknown.json()).errors[0].extensions.code, 'PERSISTED_QUERY_NOT_FOUND')
assert.equal(unknown.headers.get('cache-control'), 'no-store')
