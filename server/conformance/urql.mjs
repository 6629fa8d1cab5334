// urql as a client, with its normalised cache, which takes Relay's rules at their
// word: the operations of the contract, pages that grow into one list, and objects
// that are one wherever they are met.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { Client, fetchExchange } from '@urql/core'
import { cacheExchange } from '@urql/exchange-graphcache'
import { relayPagination } from '@urql/exchange-graphcache/extras'
import { getIntrospectionQuery } from 'graphql'

const url = process.argv[2] + '/graphql'
const contract = (name) => readFileSync(new URL('../../graph/testdata/contract/' + name, import.meta.url), 'utf8')

const introspection = await fetch(url, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query: getIntrospectionQuery() }),
})
// What has no id of its own belongs to what it stands in; so does what was asked for
// without its id.
const owned = ['Summary', 'SummarySentence', 'Reason', 'Highlight', 'Article', 'Author', 'Tag', 'Section']
const keys = Object.fromEntries(owned.map((name) => [name, (o) => o.id ?? null]))
let requests = 0
const client = new Client({
  url,
  preferGetMethod: false,
  fetch: (...args) => (requests++, fetch(...args)),
  exchanges: [
    cacheExchange({
      schema: (await introspection.json()).data,
      keys,
      resolvers: { Query: { articles: relayPagination() } },
    }),
    fetchExchange,
  ],
})

async function ask(query, variables) {
  const { data, error } = await client.query(query, variables).toPromise()
  assert.equal(error, undefined)
  return data
}

// Pages of one list, until its end: the cache makes them one.
const home = contract('home.graphql').replace('slug', 'id slug')
const slugs = new Set()
let page = await ask(home, { first: 20 })
for (let n = 1; page.articles.pageInfo.hasNextPage; n++) {
  assert.equal(page.articles.edges.length, 20 * n)
  page = await ask(home, { first: 20, after: page.articles.pageInfo.endCursor })
}
page.articles.edges.forEach((e) => slugs.add(e.node.slug))
assert.equal(slugs.size, page.articles.edges.length)
assert.ok(slugs.size > 60, slugs.size + ' articles')

// An article, what belongs to it, and the same article by its id.
const slug = 'the-wall-is-shut' // of the sample: what other clients have just published may not be summarised yet
const { article } = await ask(contract('article-page.graphql'), { slug })
assert.equal(article.slug, slug)
assert.ok(article.summary.text && article.related.edges.length > 0)
const { node } = await ask(contract('node.graphql'), { id: article.id })
assert.deepEqual([node.__typename, node.slug, node.title], ['Article', slug, article.title])
const related = await ask(contract('related.graphql'), { slug, before: article.publishedAt })
assert.ok(related.article.related.edges.every((e) => e.score > 0 && e.score <= 1))
const found = await ask(contract('search.graphql'), { query: article.title })
assert.ok(found.search.edges.some((e) => e.node.slug === slug))

// What is known is not asked for again.
const before = requests
await ask(contract('node.graphql'), { id: article.id })
assert.equal(requests, before)
