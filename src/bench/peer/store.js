'use strict'

const { randomBytes } = require('node:crypto')
const { Pool } = require('pg')
const { Remembered } = require('./remembered')
const { complete } = require('./document')

const pool = new Pool({ max: 8 })
const sources = new Remembered()

const COLUMNS = 'p.id, p.key, p.reference, p.version, p.updated_at, p.archived_at, p.consent, p.document::text AS document'

const UPSERT = (conflict) => `
  INSERT INTO peer_profile AS p (source_id, key, reference, document, created_at, updated_at)
  VALUES ($1, $2, $3, $5::jsonb || $4::jsonb, $6, $6)
  ON CONFLICT (source_id, ${conflict}) DO UPDATE
     SET document = p.document || $4::jsonb, reference = coalesce($3, p.reference), updated_at = $6,
         version = p.version + 1
  RETURNING ${COLUMNS}, p.xmax = 0 AS created`

const FIND = (name) => `SELECT ${COLUMNS} FROM peer_profile AS p WHERE p.source_id = $1 AND p.${name} = $2`

const STATEMENTS = {
  apiKey: 'SELECT workspace_id, permission FROM api_key WHERE secret_sha256 = $1 AND revoked_at IS NULL',
  source: 'SELECT * FROM source WHERE workspace_id = $1 AND key = $2',
  putByKey: UPSERT('key'),
  putByReference: UPSERT('reference'),
  findByKey: FIND('key'),
  findByReference: FIND('reference')
}

async function first (name, values) {
  const { rows } = await pool.query({ name, text: STATEMENTS[name], values })
  return rows[0]
}

function apiKey (digest) {
  return first('apiKey', [digest])
}

function source (workspace, key) {
  return sources.get(`${workspace} ${key}`, async () => {
    const row = await first('source', [workspace, key])
    if (row) {
      const { id, name, type, subtype, environment } = row
      const summary = { id: Number(id), key: row.key, name, type, subtype, environment }
      row.summary = `"source_key":${JSON.stringify(row.key)},"source":${JSON.stringify(summary)}`
      row.shownConsent = JSON.stringify(complete(row.default_consent))
    }
    return row
  })
}

function put (source, body, patch, missing, now) {
  const byKey = body.key != null
  return first(byKey ? 'putByKey' : 'putByReference', [
    source.id, byKey ? body.key : randomBytes(20).toString('hex'), body.reference ?? null,
    JSON.stringify(patch), JSON.stringify(missing), now
  ])
}

function find (source, query) {
  return query.key !== undefined
    ? first('findByKey', [source.id, query.key])
    : first('findByReference', [source.id, query.reference])
}

module.exports = { apiKey, source, put, find }
