'use strict'

const fastify = require('fastify')
const { access } = require('./access')
const { normalise, missing } = require('./document')
const schema = require('./schema')
const store = require('./store')

const app = fastify({
  logger: false,
  bodyLimit: 1024 * 1024,
  ajv: {
    customOptions: {
      allErrors: true, allowUnionTypes: true, coerceTypes: false, removeAdditional: false, useDefaults: false
    }
  }
})

function failure (status, message, errors) {
  return Object.assign(new Error(message), { statusCode: status, errors })
}

app.setErrorHandler((error, request, reply) => {
  if (error.validation) {
    const errors = error.validation.slice(0, 50).map((e) => ({ field: e.instancePath, code: e.keyword, message: e.message }))
    answer(reply, 400, JSON.stringify({ code: 400, message: 'Invalid profile fields', errors }))
  } else if (error.statusCode) {
    answer(reply, error.statusCode, JSON.stringify({ code: error.statusCode, message: error.message, errors: error.errors }))
  } else {
    answer(reply, 500, JSON.stringify({ code: 500, message: 'Internal error' }))
  }
})

// The SDKs send JSON under any content type.
app.removeAllContentTypeParsers()
app.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
  try {
    done(null, JSON.parse(body))
  } catch {
    done(failure(400, 'Invalid JSON'))
  }
})

function answer (reply, status, text) {
  return reply.code(status).header('content-type', 'application/json').send(Buffer.from(text))
}

function serverTime (date) {
  return date.toISOString().slice(0, 19) + '+0000'
}

function profile (row, source) {
  const archived = row.archived_at === null ? 'null' : `"${serverTime(row.archived_at)}"`
  const consent = row.consent === null ? `,"consent_algorithmic":${source.shownConsent}` : ''
  return `{"id":${row.id},"key":${JSON.stringify(row.key)},"reference":${JSON.stringify(row.reference)},` +
    `"archive":${archived},"archived_at":${archived},${source.summary},` +
    `"updated_at":"${serverTime(row.updated_at)}"${consent},${row.document.slice(1)}`
}

app.put('/v1/profile/indexing', { schema: { body: schema } }, async (request, reply) => {
  const caller = await access(request.headers['x-api-key'], 'write')
  const body = request.body
  if (typeof body.source_key !== 'string') {
    throw failure(400, 'Invalid source fields')
  }
  const source = await store.source(caller.workspace_id, body.source_key)
  if (!source) {
    throw failure(400, 'Invalid source fields. Unable to find object: source')
  }
  if (body.key == null && body.reference == null) {
    throw failure(400, 'Invalid profile fields', [{ field: '/key', code: 'required', message: 'is required' }])
  }
  const patch = normalise(body)
  const now = new Date()
  const row = await store.put(source, body, patch, missing(patch, serverTime(now)), now)
  reply.header('etag', `"${row.version}"`)
  const head = row.created ? '{"code":201,"message":"Profile created","data":' : '{"code":200,"message":"Profile edited","data":'
  return answer(reply, 201, head + profile(row, source) + '}')
})

app.get('/v1/profile/indexing', async (request, reply) => {
  const caller = await access(request.headers['x-api-key'], 'read')
  const query = request.query
  if (typeof query.source_key !== 'string') {
    throw failure(400, 'Invalid source fields')
  }
  const source = await store.source(caller.workspace_id, query.source_key)
  if (!source) {
    throw failure(400, 'Invalid source fields. Unable to find object: source')
  }
  const row = await store.find(source, query)
  if (!row) {
    throw failure(400, 'Invalid parameters. Unable to find object: profile')
  }
  reply.header('etag', `"${row.version}"`)
  return answer(reply, 200, '{"code":200,"message":"Profile details","data":' + profile(row, source) + '}')
})

module.exports = app
