// Made by generate.mjs. Do not edit.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** How long a summary is. */
export type SummaryLength =
  /** One sentence of 15 to 35 words. */
  | 'BRIEF'
  /** About 60 words. Null for an article below about 90. */
  | 'SHORT'
  /** About 150 words. Null for an article below about 200. */
  | 'LONG'
  /** Three to five points, each a sentence of its own. Null for an article below about 120. */
  | 'BULLETS';

/** Who wrote a summary. */
export type SummaryOrigin =
  /** The machine, from sentences of the article itself. */
  | 'EXTRACTIVE'
  /** A person. */
  | 'EDITOR'
  /** A language model. */
  | 'MODEL';

/** Who drew an edge between two articles. */
export type RelatedOrigin =
  /** The machine. */
  | 'AUTOMATIC'
  /** An editor. */
  | 'PINNED';

/** What two related articles can have in common. */
export type ReasonKind =
  /** A term that both use and few others do. */
  | 'SHARED_TERM'
  /** A person, a place or an organisation. */
  | 'SHARED_NAME'
  /** A tag. */
  | 'SHARED_TAG'
  /** The section. */
  | 'SAME_SECTION'
  /** An author. */
  | 'SAME_AUTHOR'
  /** The story: both tell parts of it. */
  | 'SAME_STORY'
  /** The time: both were published within days. */
  | 'RECENCY';

/** Selects articles. All that is given must hold; null is the same as not given. At most 6 levels, 100 filters, 100 values in a list. */
export type ArticleWhere = {
  /** All of these hold. */
  and?: Array<ArticleWhere> | null | undefined;
  /** At least one of these holds. */
  or?: Array<ArticleWhere> | null | undefined;
  /** This does not hold. */
  not?: ArticleWhere | null | undefined;
  /** The id. */
  id?: IdFilter | null | undefined;
  /** The slug. */
  slug?: StringFilter | null | undefined;
  /** The headline. */
  title?: StringFilter | null | undefined;
  /** The paragraph under the headline; null when there is none. */
  standfirst?: StringFilter | null | undefined;
  /** The canonical address. */
  url?: StringFilter | null | undefined;
  /** The system the article came from. */
  source?: StringFilter | null | undefined;
  /** The name of the article in the system it came from. */
  externalId?: StringFilter | null | undefined;
  /** The language. */
  language?: StringFilter | null | undefined;
  /** The slug of the section. A section counts with those below it. */
  section?: SlugFilter | null | undefined;
  /** The slugs of the authors. */
  author?: SlugFilter | null | undefined;
  /** The slugs of the tags. */
  tag?: SlugFilter | null | undefined;
  /** The number of words. */
  wordCount?: IntFilter | null | undefined;
  /** The time of publication. */
  publishedAt?: DateTimeFilter | null | undefined;
  /** The time of the last change. */
  updatedAt?: DateTimeFilter | null | undefined;
  /** The time at which the article came into the archive. */
  createdAt?: DateTimeFilter | null | undefined;
};

/** Compares an id. All that is given must hold. */
export type IdFilter = {
  /** Is this. */
  eq?: string | null | undefined;
  /** Is not this. */
  ne?: string | null | undefined;
  /** Is one of these. */
  in?: Array<string> | null | undefined;
  /** Is none of these. */
  notIn?: Array<string> | null | undefined;
};

/** Compares a text. All that is given must hold. */
export type StringFilter = {
  /** Is this. */
  eq?: string | null | undefined;
  /** Is not this. */
  ne?: string | null | undefined;
  /** Is one of these. */
  in?: Array<string> | null | undefined;
  /** Is none of these. */
  notIn?: Array<string> | null | undefined;
  /** Sorts before this. */
  lt?: string | null | undefined;
  /** Is this or sorts before it. */
  lte?: string | null | undefined;
  /** Sorts after this. */
  gt?: string | null | undefined;
  /** Is this or sorts after it. */
  gte?: string | null | undefined;
  /** Has this in it; A to Z and a to z are the same. */
  contains?: string | null | undefined;
  /** Starts with this; A to Z and a to z are the same. */
  startsWith?: string | null | undefined;
  /** Whether there is none. */
  isNull?: boolean | null | undefined;
};

/** Compares the slugs of what an article is filed under. All that is given must hold. */
export type SlugFilter = {
  /** One of them is this. */
  eq?: string | null | undefined;
  /** None of them is this. */
  ne?: string | null | undefined;
  /** One of them is one of these. */
  in?: Array<string> | null | undefined;
  /** None of them is one of these. */
  notIn?: Array<string> | null | undefined;
  /** One of them starts with this; A to Z and a to z are the same. */
  startsWith?: string | null | undefined;
  /** Whether there is none. */
  isNull?: boolean | null | undefined;
};

/** Compares a number. All that is given must hold. */
export type IntFilter = {
  /** Is this. */
  eq?: number | null | undefined;
  /** Is not this. */
  ne?: number | null | undefined;
  /** Is one of these. */
  in?: Array<number> | null | undefined;
  /** Is none of these. */
  notIn?: Array<number> | null | undefined;
  /** Is less than this. */
  lt?: number | null | undefined;
  /** Is this or less. */
  lte?: number | null | undefined;
  /** Is more than this. */
  gt?: number | null | undefined;
  /** Is this or more. */
  gte?: number | null | undefined;
};

/** Compares a moment. All that is given must hold. */
export type DateTimeFilter = {
  /** Is this. */
  eq?: string | null | undefined;
  /** Is not this. */
  ne?: string | null | undefined;
  /** Is one of these. */
  in?: Array<string> | null | undefined;
  /** Is none of these. */
  notIn?: Array<string> | null | undefined;
  /** Is before this. */
  lt?: string | null | undefined;
  /** Is this or before it. */
  lte?: string | null | undefined;
  /** Is after this. */
  gt?: string | null | undefined;
  /** Is this or after it. */
  gte?: string | null | undefined;
  /** Whether there is none. */
  isNull?: boolean | null | undefined;
};

export type ArticlePageQueryVariables = Exact<{
  slug: string;
  length?: SummaryLength;
  withSummary?: boolean;
}>;


export type ArticlePageQuery = { article: { slug: string, title: string, standfirst: string | null, url: string | null, language: string, publishedAt: string | null, updatedAt: string, wordCount: number, readingMinutes: number, body: string, text?: string, section: { slug: string, name: string, parent: { slug: string, name: string } | null } | null, authors: Array<{ slug: string, name: string }>, tags: Array<{ slug: string, name: string }>, image: { url: string, alt: string | null, credit: string | null } | null, brief: { text: string } | null, short: { length: SummaryLength } | null, bullets: { length: SummaryLength } | null, long: { length: SummaryLength } | null, summary?: { length: SummaryLength, origin: SummaryOrigin, isStale: boolean, text: string, sentences: Array<{ text: string, start: number, end: number, isTrimmed: boolean }> } | null, related: { edges: Array<{ origin: RelatedOrigin, reasons: Array<{ kind: ReasonKind, value: string }>, node: { slug: string, title: string, standfirst: string | null, language: string, publishedAt: string | null, readingMinutes: number, section: { slug: string, name: string } | null, authors: Array<{ slug: string, name: string }>, image: { url: string, alt: string | null } | null, summary: { text: string } | null } }> }, previous: { slug: string, title: string, language: string } | null, next: { slug: string, title: string, language: string } | null } | null, sections: { nodes: Array<{ slug: string, name: string }> } };

export type AuthorPageQueryVariables = Exact<{
  slug: string;
  first?: number;
  after?: string | null | undefined;
}>;


export type AuthorPageQuery = { author: { slug: string, name: string, articles: { totalCount: number, nodes: Array<{ slug: string, title: string, standfirst: string | null, language: string, publishedAt: string | null, readingMinutes: number, section: { slug: string, name: string } | null, authors: Array<{ slug: string, name: string }>, image: { url: string, alt: string | null } | null, summary: { text: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null, sections: { nodes: Array<{ slug: string, name: string }> } };

export type CountArticlesQueryVariables = Exact<{
  from: string;
  to: string;
}>;


export type CountArticlesQuery = { articles: { totalCount: number } };

export type FeedQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
  where?: ArticleWhere | null | undefined;
  withBody?: boolean;
}>;


export type FeedQuery = { articles: { nodes: Array<{ slug: string, title: string, url: string | null, language: string, publishedAt: string | null, updatedAt: string, body?: string, section: { slug: string, name: string } | null, authors: Array<{ slug: string, name: string }>, tags: Array<{ slug: string, name: string }>, image: { url: string, alt: string | null } | null, summary: { text: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type FrameFragment = { sections: { nodes: Array<{ slug: string, name: string }> } };

export type CardFragment = { slug: string, title: string, standfirst: string | null, language: string, publishedAt: string | null, readingMinutes: number, section: { slug: string, name: string } | null, authors: Array<{ slug: string, name: string }>, image: { url: string, alt: string | null } | null, summary: { text: string } | null };

export type FacetFragment = { value: string, name: string, count: number };

export type FramePageQueryVariables = Exact<{ [key: string]: never; }>;


export type FramePageQuery = { sections: { nodes: Array<{ slug: string, name: string }> } };

export type HomeQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
  inSection?: number;
  isFront?: boolean;
}>;


export type HomeQuery = { articles: { nodes: Array<{ slug: string, title: string, standfirst: string | null, language: string, publishedAt: string | null, readingMinutes: number, section: { slug: string, name: string } | null, authors: Array<{ slug: string, name: string }>, image: { url: string, alt: string | null } | null, summary: { text: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, fronts?: { nodes: Array<{ slug: string, articles: { nodes: Array<{ slug: string, title: string, standfirst: string | null, language: string, publishedAt: string | null, readingMinutes: number, section: { slug: string, name: string } | null, authors: Array<{ slug: string, name: string }>, image: { url: string, alt: string | null } | null, summary: { text: string } | null }> } }> }, sections: { nodes: Array<{ slug: string, name: string }> } };

export type LiveSubscriptionVariables = Exact<{
  where?: ArticleWhere | null | undefined;
}>;


export type LiveSubscription = { articlePublished: { slug: string, title: string } };

export type SearchPageQueryVariables = Exact<{
  query: string;
  first?: number;
  after?: string | null | undefined;
  where?: ArticleWhere | null | undefined;
}>;


export type SearchPageQuery = { search: { totalCount: number, isTotalCountExact: boolean, suggestion: string | null, facets: { section: Array<{ value: string, name: string, count: number }>, year: Array<{ value: string, name: string, count: number }>, tag: Array<{ value: string, name: string, count: number }>, author: Array<{ value: string, name: string, count: number }>, language: Array<{ value: string, name: string, count: number }> }, edges: Array<{ highlight: { title: string, body: string }, node: { slug: string, title: string, standfirst: string | null, language: string, publishedAt: string | null, readingMinutes: number, section: { slug: string, name: string } | null, authors: Array<{ slug: string, name: string }>, image: { url: string, alt: string | null } | null, summary: { text: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, sections: { nodes: Array<{ slug: string, name: string }> } };

export type SectionPageQueryVariables = Exact<{
  slug: string;
  first?: number;
  after?: string | null | undefined;
}>;


export type SectionPageQuery = { section: { slug: string, name: string, parent: { slug: string, name: string } | null, children: Array<{ slug: string, name: string }>, articles: { nodes: Array<{ slug: string, title: string, standfirst: string | null, language: string, publishedAt: string | null, readingMinutes: number, section: { slug: string, name: string } | null, authors: Array<{ slug: string, name: string }>, image: { url: string, alt: string | null } | null, summary: { text: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null, sections: { nodes: Array<{ slug: string, name: string }> } };

export type SitemapQueryVariables = Exact<{
  first?: number;
  after?: string | null | undefined;
  from: string;
  to: string;
}>;


export type SitemapQuery = { articles: { nodes: Array<{ slug: string, updatedAt: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type SuggestQueryVariables = Exact<{
  prefix: string;
}>;


export type SuggestQuery = { suggest: Array<{ text: string, count: number | null, node:
      | { __typename: 'Article', slug: string, language: string }
      | { __typename: 'Author', slug: string }
      | { __typename: 'Tag', slug: string }
      | { __typename: 'Section' }
     }> };

export type ArticleSummaryQueryVariables = Exact<{
  slug: string;
  length: SummaryLength;
}>;


export type ArticleSummaryQuery = { article: { text: string, summary: { length: SummaryLength, origin: SummaryOrigin, isStale: boolean, text: string, sentences: Array<{ text: string, start: number, end: number, isTrimmed: boolean }> } | null } | null };

export type TagPageQueryVariables = Exact<{
  slug: string;
  first?: number;
  after?: string | null | undefined;
}>;


export type TagPageQuery = { tag: { slug: string, name: string, articles: { totalCount: number, nodes: Array<{ slug: string, title: string, standfirst: string | null, language: string, publishedAt: string | null, readingMinutes: number, section: { slug: string, name: string } | null, authors: Array<{ slug: string, name: string }>, image: { url: string, alt: string | null } | null, summary: { text: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null, sections: { nodes: Array<{ slug: string, name: string }> } };
