import type { Document } from './document.ts'
import { refsOf, type Schema, writeLimits, writeSchema } from './write-schema.ts'
import { cell, codeCell, paragraphs, plain, table } from './write-text.ts'

/** What of an OpenAPI document is read. */
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

interface Operation {
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly 'x-access'?: { readonly kind: string; readonly permission?: string }
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>
}

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly description?: string
  readonly schema: Schema
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>

interface Route extends Operation {
  readonly method: string
  readonly path: string
}

const INDEX = 'reference/api'

/** The pages of the HTTP API: all routes on one, and one page a tag with the routes whole. */
export function writeApi(document: OpenApi): readonly Document[] {
  const routes = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(
      ([method, operation]): Route => ({ ...operation, method: method.toUpperCase(), path }),
    ),
  )
  const tags = [...new Set(routes.map(tagOf))]
  const routesOf = (tag: string): readonly Route[] => routes.filter((route) => tagOf(route) === tag)
  return [
    writeIndex(tags.map((tag) => [tag, routesOf(tag)])),
    ...tags.map((tag) => writeTag(tag, routesOf(tag), document.components.schemas)),
  ]
}

function writeIndex(tags: ReadonlyArray<readonly [tag: string, routes: readonly Route[]]>): Document {
  return {
    slug: INDEX,
    group: 'Use it',
    title: 'HTTP API',
    description: 'All routes of the collector: who may use them, what they take and what they answer.',
    markdown: paragraphs(
      'Everything is JSON. Instants are Unix milliseconds UTC, ids are UUIDs, money is in integer minor units. A running collector describes itself at [`/api/v1/openapi.json`](/api/v1/openapi.json), from which these pages are made.',
      '**Credentials**: browsers send the cookie of their sign-in; programs send `Authorization: Bearer …` with a token of somebody’s or the operator’s. Ingest takes an API key in `X-API-Key`. A network that you may not see answers as if there were none: 404.',
      'A refusal is `{"error": {"code", "message"}}` with one of the [error codes](/docs/reference/errors/); where the input was wrong, `fields` names each place.',
      ...tags.map(([tag, routes]) =>
        paragraphs(
          `## ${tag}`,
          table(
            ['Route', 'Does'],
            routes.map((route) => [
              `<span class="doc-method">${route.method}</span> [\`${route.path}\`](${tagUrl(tag)}#${anchorOf(route)})`,
              cell(route.summary ?? ''),
            ]),
          ),
        ),
      ),
    ),
  }
}

function writeTag(tag: string, routes: readonly Route[], schemas: OpenApi['components']['schemas']): Document {
  const shapes = reach(routes, schemas)
  return {
    slug: `${INDEX}/${slugOf(tag)}`,
    parent: INDEX,
    group: 'Use it',
    title: `API: ${tag}`,
    shortTitle: tag,
    description: `Routes of the HTTP API about ${tag}: access, parameters, bodies and answers.`,
    markdown: paragraphs(
      ...routes.map(writeRoute),
      shapes.length === 0 ? '' : '## Shapes',
      ...shapes.map((name) => paragraphs(`### ${name}`, fence(`type ${name} = ${writeSchema(schemas[name] ?? {})}`))),
    ),
  }
}

function writeRoute(route: Route): string {
  const { method, path, summary, description, parameters = [], requestBody, responses } = route
  return paragraphs(
    `## <a id="${anchorOf(route)}"></a>${plain(summary ?? path)}`,
    `<p class="doc-route"><span class="doc-method">${method}</span> <code>${path}</code></p>`,
    `**For** ${accessOf(route)}`,
    plain(description ?? ''),
    table(
      ['Parameter', 'Takes', 'Means'],
      parameters.map(({ name, in: place, required, description: about, schema }) => [
        codeCell(name),
        [codeCell(writeSchema(schema)), cell(writeLimits(schema))].filter((part) => part !== '').join(', '),
        `${cell(about ?? (name === 'networkId' ? 'The network.' : ''))}${required === true || place === 'path' ? '' : ' Optional.'}`.trim(),
      ]),
    ),
    requestBody === undefined ? '' : `**Body**: ${writeContent(requestBody.content)}`,
    `**Answers**`,
    Object.entries(responses)
      .filter(([status]) => status !== 'default')
      .map(([status, { description: about, content }]) => {
        const what = content === undefined ? 'nothing' : writeContent(content)
        return `- \`${status}\` ${what}. ${plain(about)}`
      })
      .join('\n'),
  )
}

/** The shape by its name, or written out where it has none. */
function writeContent(content: Content): string {
  return Object.entries(content)
    .map(([type, { schema }]) => {
      if (type !== 'application/json') return `\`${type}\``
      const text = writeSchema(schema)
      const [name] = refsOf(schema)
      if (name === undefined) return codeCell(text.replace(/\s+/g, ' '))
      return `[\`${text.replace(/\s+/g, ' ')}\`](#${name.toLowerCase()})`
    })
    .join(' or ')
}

function accessOf({ 'x-access': access }: Route): string {
  switch (access?.kind) {
    case undefined:
      return 'servers that report, with an API key of the network in `X-API-Key`.'
    case 'anyone':
      return 'anyone, without credentials; what changes something is taken from pages of this site alone.'
    case 'any_program':
      return 'any program, without credentials.'
    case 'person':
      return 'somebody signed in in a browser; no token will do.'
    case 'installation':
      return `whoever has the right \`${access.permission}\` on the whole installation.`
    case 'network':
      return `members of the network with the right \`${access.permission}\`.`
    default:
      return 'whoever is signed in, or sends a token.'
  }
}

/** Shapes that routes mention, and those that these mention, in the order in which a reader meets them. */
function reach(routes: readonly Route[], schemas: OpenApi['components']['schemas']): readonly string[] {
  const found = new Set<string>()
  function add(names: readonly string[]): void {
    for (const name of names) {
      if (found.has(name) || schemas[name] === undefined) continue
      found.add(name)
      add(refsOf(schemas[name]))
    }
  }
  for (const { requestBody, responses } of routes) {
    const { default: _error, ...answers } = responses
    add(refsOf([requestBody, answers]))
  }
  return [...found]
}

/** The anchor of a route within the page of its tag. */
export function anchorOf({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method.toLowerCase()}${path.replace(/[^A-Za-z0-9]+/g, '-').replace(/-$/, '')}`
}

const tagOf = ({ tags }: Operation): string => tags?.[0] ?? 'Others'
const slugOf = (tag: string): string => tag.toLowerCase().replace(/[^a-z0-9]+/g, '-')
const tagUrl = (tag: string): string => `/docs/${INDEX}/${slugOf(tag)}/`

function fence(code: string): string {
  return `\`\`\`ts\n${code}\n\`\`\``
}
