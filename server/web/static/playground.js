// A small playground: a query, its variables, and the answer.
'use strict'

const examples = [
  {
    name: 'Front page',
    query: `query Home($first: Int = 5) {
  articles(first: $first) {
    edges {
      cursor
      node {
        slug
        title
        publishedAt
        authors { name }
        summary(length: BRIEF) { text }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
    variables: { first: 5 },
  },
  {
    name: 'Article, its summary and what to read next',
    query: `query ArticlePage($slug: String!, $length: SummaryLength! = SHORT) {
  article(by: { slug: $slug }) {
    title
    standfirst
    summary(length: $length) {
      text
      sentences { text start end score }
    }
    related(first: 5) {
      edges {
        score
        reasons { kind value weight }
        node { slug title }
      }
    }
    previous { slug title }
    next { slug title }
  }
}`,
    variables: { slug: 'the-wall-is-shut', length: 'BULLETS' },
  },
  {
    name: 'Search',
    query: `query Search($query: String!) {
  search(query: $query, first: 5) {
    totalCount
    edges {
      score
      highlight { title body }
      node { slug }
    }
  }
}`,
    variables: { query: 'harbour ferry' },
  },
  {
    name: 'Sections and their newest articles',
    query: `{
  sections {
    nodes {
      slug
      name
      articles(first: 3) { totalCount nodes { slug title } }
    }
  }
}`,
    variables: {},
  },
]

const element = (id) => document.getElementById(id)
const [query, variables, answer, status, example] = ['query', 'variables', 'answer', 'status', 'example'].map(element)

function show(chosen) {
  query.value = chosen.query
  variables.value = JSON.stringify(chosen.variables, null, 2)
}

async function run() {
  let values
  try {
    values = variables.value.trim() ? JSON.parse(variables.value) : {}
  } catch (error) {
    status.textContent = 'The variables are not JSON'
    answer.textContent = String(error)
    return
  }
  status.textContent = 'Waiting…'
  const start = performance.now()
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json' },
      body: JSON.stringify({ query: query.value, variables: values }),
    })
    const text = await response.text()
    const took = Math.round(performance.now() - start)
    status.textContent = `HTTP ${response.status} in ${took} ms, ${text.length} characters`
    try {
      answer.textContent = JSON.stringify(JSON.parse(text), null, 2)
    } catch {
      answer.textContent = text
    }
  } catch (error) {
    status.textContent = 'The server did not answer'
    answer.textContent = String(error)
  }
}

for (const { name } of examples) example.append(new Option(name))
example.addEventListener('change', () => { show(examples[example.selectedIndex]); run() })
element('run').addEventListener('click', run)
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run()
})
show(examples[0])
run()
