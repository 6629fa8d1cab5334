// What tools read of the schema: introspection is complete and says what
// /schema.graphqls says, graphql-codegen makes types of it, and every element has a
// description.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { buildClientSchema, buildSchema, getIntrospectionQuery, getNamedType, isInputObjectType, isEnumType, isIntrospectionType, isObjectType, isInterfaceType, isSpecifiedScalarType, parse, printSchema } from 'graphql'
import { codegen } from '@graphql-codegen/core'
import { diff } from '@graphql-inspector/core'
import * as typescript from '@graphql-codegen/typescript'
import * as operations from '@graphql-codegen/typescript-operations'

const url = process.argv[2]
const query = getIntrospectionQuery({ descriptions: true, specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true, oneOf: true })
const answer = await fetch(url + '/graphql', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query }),
})
const { data, errors } = await answer.json()
assert.equal(errors, undefined)
const introspected = buildClientSchema(data)
const written = buildSchema(await (await fetch(url + '/schema.graphqls')).text())
// Introspection does not tell which directives were applied where.
const plain = (schema) => buildSchema(printSchema(schema))
assert.deepEqual((await diff(plain(introspected), plain(written))).map((change) => change.message), [])
assert.equal(introspected.getType('ArticleBy').isOneOf, true)
assert.match(introspected.getType('DateTime').specifiedByURL, /^https:/)
assert.equal(introspected.getDirective('defer'), undefined)
assert.ok(printSchema(introspected).length > 10_000)

for (const type of Object.values(introspected.getTypeMap())) {
  if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue
  assert.ok(type.description, type.name + ' has no description')
  const fields = isObjectType(type) || isInterfaceType(type) || isInputObjectType(type) ? Object.values(type.getFields()) : isEnumType(type) ? type.getValues() : []
  for (const field of fields) {
    assert.ok(field.description, `${type.name}.${field.name} has no description`)
    // The one input of a mutation is described by its type.
    for (const argument of field.args ?? []) assert.ok(argument.description || getNamedType(argument.type).description, `${type.name}.${field.name}(${argument.name}) has no description`)
  }
}

const folder = new URL('../../graph/testdata/contract/', import.meta.url)
const documents = readdirSync(folder)
  .filter((name) => name.endsWith('.graphql'))
  .map((name) => ({ location: name, document: parse(readFileSync(new URL(name, folder), 'utf8')) }))
const types = await codegen({
  filename: 'types.ts',
  schema: parse(printSchema(introspected)),
  schemaAst: introspected,
  documents,
  config: {},
  plugins: [{ typescript: {} }, { operations: {} }],
  pluginMap: { typescript, operations },
})
assert.match(types, /ArticlePageQuery/)
