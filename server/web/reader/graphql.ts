/** Sends an operation and returns its data. It throws when the API refuses or does not answer. */
export async function ask<Data, Variables>(document: string, variables: Variables): Promise<Data> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query: document, variables }),
  })
  const answer = (await response.json()) as { data?: Data; errors?: { message: string }[] }
  if (answer.errors?.length || !answer.data) throw new Error(answer.errors?.[0]?.message ?? response.statusText)
  return answer.data
}
