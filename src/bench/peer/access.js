'use strict'

const { createHash } = require('node:crypto')
const store = require('./store')
const { Remembered } = require('./remembered')

const FORM = /^ask[rw]?_[0-9a-f]{32}$/

const keys = new Remembered()

function refused (message) {
  return Object.assign(new Error(message), { statusCode: 401 })
}

/** Whom an API key belongs to, when it may do what is asked. */
async function access (secret, permission) {
  if (!secret || !FORM.test(secret)) {
    throw refused('Unauthorized. Invalid secret key')
  }
  const digest = createHash('sha256').update(secret).digest()
  const caller = await keys.get(digest.toString('hex'), () => store.apiKey(digest))
  if (!caller) {
    throw refused('Unauthorized. Invalid secret key')
  }
  if (caller.permission !== 'all' && caller.permission !== permission) {
    throw refused(`Unauthorized. Invalid secret key for permission: ${permission}`)
  }
  return caller
}

module.exports = { access }
