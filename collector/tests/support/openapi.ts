import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { TestCollector } from './collector.ts'

interface Operation {
  readonly responses?: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: object }>> }>
  >
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

const documents = new Map<string, Promise<{ readonly document: Document; readonly ajv: Ajv2020 }>>()

/** Holds an answer against the OpenAPI document that the collector serves. Throws when it does not fit. */
export async function checkAnswer(
  collector: Pick<TestCollector, 'url'>,
  answer: { readonly method: string; readonly path: string; readonly status: number; readonly body: unknown },
): Promise<void> {
  const path = answer.path.split('?')[0] ?? ''
  if (!/^\/(api\/v1|v1\/ingest)\//.test(path) || path.endsWith('/openapi.json')) return
  const { document, ajv } = await documentOf(collector.url)
  const operation = findOperation(document, answer.method, path)
  if (operation === undefined) {
    if (answer.status < 400) throw new Error(`${answer.method} ${path} is not in the OpenAPI document`)
    return
  }
  const response = operation.responses?.[String(answer.status)] ?? operation.responses?.['default']
  if (answer.status === 204 && response === operation.responses?.['204'] && answer.body === '') return
  const schema = response?.content?.['application/json']?.schema
  if (schema === undefined) throw new Error(`${answer.method} ${path} may not answer ${answer.status}`)
  const validate = compile(ajv, schema)
  if (!validate(answer.body)) {
    throw new Error(`${answer.method} ${path} (${answer.status}): ${ajv.errorsText(validate.errors)}`)
  }
}

function documentOf(url: string): Promise<{ readonly document: Document; readonly ajv: Ajv2020 }> {
  const known = documents.get(url)
  if (known !== undefined) return known
  const loading = (async () => {
    const document = (await (await fetch(`${url}/api/v1/openapi.json`)).json()) as Document
    const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { uuid: true } })
    ajv.addSchema(document as object, 'api')
    return { document, ajv }
  })()
  documents.set(url, loading)
  return loading
}

const compiled = new WeakMap<object, ValidateFunction>()

function compile(ajv: Ajv2020, schema: object): ValidateFunction {
  const known = compiled.get(schema)
  if (known !== undefined) return known
  const text = JSON.stringify(schema).replaceAll('"#/', '"api#/')
  const validate = ajv.compile(JSON.parse(text) as object)
  compiled.set(schema, validate)
  return validate
}

function findOperation(document: Document, method: string, path: string): Operation | undefined {
  for (const [template, operations] of Object.entries(document.paths)) {
    const pattern = new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`)
    if (pattern.test(path)) return operations[method.toLowerCase()]
  }
  return undefined
}
