import { endpoint } from './config'

// The examples are made for the sample archive, where these are to be found.
const sample = { slug: 'the-wall-is-shut', other: 'crack-at-the-kink', words: 'harbour ferry' }

/** What the variables of examples may name, as $slug or $cursor, in this archive. */
export type Names = Record<'slug' | 'id' | 'other' | 'section' | 'author' | 'cursor' | 'words', string>

interface Found {
  id: string
  slug: string
  title: string
  section: { slug: string } | null
  authors: { id: string }[]
}

interface Answer {
  data?: {
    sample: Found | null
    other: Found | null
    articles: { nodes: Found[]; pageInfo: { endCursor: string | null } }
  }
}

/**
 * Asks the archive for names that lead somewhere: those of the sample, or else of
 * its newest articles.
 */
export async function namesIn(): Promise<Names> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      query: `query PlaygroundNames($slug: String!, $other: String!) {
        sample: article(by: { slug: $slug }) { ...found }
        other: article(by: { slug: $other }) { ...found }
        articles(first: 3) { nodes { ...found } pageInfo { endCursor } }
      }
      fragment found on Article { id slug title section { slug } authors { id } }`,
      variables: { slug: sample.slug, other: sample.other },
    }),
  })
  const { data }: Answer = await response.json()
  const [newest, second] = data?.articles.nodes ?? []
  const main = data?.sample ?? newest
  return {
    slug: main?.slug ?? sample.slug,
    id: main?.id ?? '',
    other: (data?.other ?? second ?? main)?.id ?? '',
    section: main?.section?.slug ?? '',
    author: main?.authors[0]?.id ?? main?.id ?? '',
    cursor: data?.articles.pageInfo.endCursor ?? '',
    words: data?.sample ? sample.words : longestWord(main?.title ?? ''),
  }
}

function longestWord(title: string): string {
  const words = title.match(/\p{L}+/gu) ?? []
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest), '')
}
