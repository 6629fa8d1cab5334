// What the server says of itself, in attributes of the element that holds the page.
const element = document.getElementById('playground')!

/** Where the page is put. */
export const root = element

/** Whether nothing but reading is offered here. */
export const readOnly = element.dataset.readOnly === 'true'

/** Whether the server tells nothing of its schema. */
export const secret = element.dataset.secret === 'true'

/** The most that an operation may cost. */
export const costLimit = Number(element.dataset.costLimit)

/** The address of the API. */
export const endpoint = new URL('/graphql', location.href).href
