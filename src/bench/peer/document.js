'use strict'

const { createHash } = require('node:crypto')

const NOT_STORED = new Set(['id', 'key', 'reference', 'source', 'source_key', 'archive', 'archived_at', 'updated_at', 'version'])
const PURPOSES = ['parsing', 'revealing', 'embedding', 'searching', 'scoring', 'reasoning']
const SCALARS = ['text_language', 'text', 'experiences_duration', 'educations_duration']
const SECTIONS = ['experiences', 'educations', 'attachments', 'certifications', 'courses', 'tasks', 'skills', 'languages',
  'interests', 'labels', 'tags', 'metadatas']
const LISTS = new Set(SECTIONS)

function flags (sent) {
  const all = {}
  for (const purpose of PURPOSES) {
    all[purpose] = sent?.[purpose] === true
  }
  if (sent?.upskilling !== undefined) {
    all.upskilling = sent.upskilling === true
  }
  return all
}

function consent (sent) {
  return { owner: flags(sent?.owner), controller: flags(sent?.controller) }
}

/** The consent block of a source's default. */
function complete (bits) {
  const party = Object.fromEntries(PURPOSES.map((purpose, i) => [purpose, (bits & (1 << i)) !== 0]))
  return { owner: party, controller: party }
}

function location (sent) {
  return { text: null, lat: null, lng: null, gmaps: null, fields: null, ...sent }
}

function urls (sent) {
  return Array.isArray(sent)
    ? sent
    : { from_resume: [], linkedin: '', twitter: '', facebook: '', github: '', picture: '', ...sent }
}

function info (sent) {
  return {
    full_name: null, first_name: null, last_name: null, date_birth: null, email: null, phone: null,
    picture: null, gender: null, summary: null,
    ...sent,
    location: location(sent?.location),
    urls: urls(sent?.urls)
  }
}

function date (sent) {
  const text = sent !== null && typeof sent === 'object' ? sent.iso8601 : sent
  return typeof text === 'string' ? text : null
}

function sha256 (text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 40)
}

function entries (sent, place) {
  if (sent === null) {
    return []
  }
  const taken = new Set(sent.map((entry) => entry.key).filter(Boolean))
  return sent.map((entry) => {
    const all = {
      key: null, title: null, description: null, [place]: null, certifications: [], courses: [], tasks: [], skills: [],
      ...entry,
      location: location(entry.location),
      date_start: date(entry.date_start),
      date_end: date(entry.date_end)
    }
    if (!all.key) {
      const content = JSON.stringify(all)
      for (let i = 1; !all.key || taken.has(all.key); i++) {
        all.key = sha256(content + i)
      }
      taken.add(all.key)
    }
    return all
  })
}

/** What a PUT merges into the stored document. */
function normalise (body) {
  const patch = {}
  for (const name in body) {
    if (!NOT_STORED.has(name)) {
      patch[name] = body[name] === null && LISTS.has(name) ? [] : body[name]
    }
  }
  if (patch.consent_algorithmic !== undefined) {
    patch.consent_algorithmic = consent(patch.consent_algorithmic)
  }
  if (patch.info !== undefined) {
    patch.info = info(patch.info)
  }
  if (patch.experiences !== undefined) {
    patch.experiences = entries(patch.experiences, 'company')
  }
  if (patch.educations !== undefined) {
    patch.educations = entries(patch.educations, 'school')
  }
  return patch
}

/** What the first write of a profile adds to its patch. */
function missing (patch, now) {
  const rest = {}
  if (patch.created_at === undefined) {
    rest.created_at = now
  }
  for (const name of SCALARS) {
    if (patch[name] === undefined) {
      rest[name] = null
    }
  }
  for (const name of SECTIONS) {
    if (patch[name] === undefined) {
      rest[name] = []
    }
  }
  return rest
}

module.exports = { normalise, missing, complete }
